import type { Browser } from '../contract/browser.js';
import type { LogRecord } from '../contract/log-record.js';
import type { ExpectedRecord, Joiner } from '../evidence/joiner.js';
import { fail, WafproofError } from '../model/error.js';
import { formatVariable } from '../model/evidence.js';
import type { SessionOptions } from '../model/session-options.js';
import type { CorrelationIds } from '../replay/correlation-ids.js';
import { Sessions } from '../replay/session/sessions.js';
import type { SiteOptions } from '../replay/session/site.js';
import { nameSome } from '../util/name-some.js';

interface Opening extends Omit<SiteOptions, 'nextId'> {
  readonly ids: CorrelationIds;
  readonly joiner: Joiner;
  /** The log tells of a request so late that nobody waits for it. */
  readonly isSlow: boolean;
  readonly browser: Browser;
}

/** The last requests are those that failed. */
const lastOnes = 5;

/**
 * Opens the sessions of a target. Where that fails, the log may tell that a WAF has refused it: that is another matter than a
 * password that is wrong.
 * @throws WafproofError `SESSION_FAILED`, `SESSION_BLOCKED`, and what `Sessions.open` throws
 */
export async function openSessions(
  { ids, joiner, isSlow, browser, ...site }: Opening,
  session: SessionOptions | undefined,
): Promise<Sessions> {
  const expected = new Map<string, ExpectedRecord>();
  let isOpening = true;
  const nextId = () => {
    const id = ids.next();
    if (isOpening) expected.set(id, joiner.expect(id));
    return id;
  };
  try {
    return await Sessions.open({ ...site, nextId }, browser, session);
  } catch (error) {
    const isFailed = error instanceof WafproofError && error.code === 'SESSION_FAILED';
    throw isFailed && !isSlow ? ((await blockedIn(expected, error)) ?? error) : error;
  } finally {
    isOpening = false;
    for (const one of expected.values()) one.forget();
  }
}

async function blockedIn(
  expected: ReadonlyMap<string, ExpectedRecord>,
  failure: WafproofError,
): Promise<WafproofError | undefined> {
  const last = [...expected].slice(-lastOnes);
  const found = await Promise.all(last.map(async ([id, one]) => ({ id, joined: await one.arrival() })));
  for (const { id, joined } of found.toReversed()) {
    if (joined.kind !== 'found' || joined.record.action !== 'blocked') continue;
    const [{ message, place }] = failure.problems;
    const data = {
      id,
      rules: rulesOf(joined.record),
      reason: message.replace(/^the session could not be opened: /, ''),
    };
    return fail('SESSION_BLOCKED', data, { cause: failure, ...(place !== undefined && { place }) });
  }
  return undefined;
}

/** Names of rules and fields alone: what stands in a field is a secret. */
function rulesOf({ hits }: LogRecord): string {
  const named = hits.map(({ ruleId, variable }) =>
    variable === undefined ? `${ruleId}` : `${ruleId} at ${formatVariable(variable)}`,
  );
  return nameSome([...new Set(named)]);
}
