import type { Joined } from '../contract/joined.js';
import type { Waf } from '../contract/waf.js';
import type { Fits } from '../evidence/fit.js';
import type { EngineOptions } from '../model/options.js';
import type { LogPlace, TargetOptions } from '../model/target-options.js';
import { reasonOf } from '../util/reason-of.js';
import { surroundings } from './open-places.js';
import { startJoiner } from './start-joiner.js';

/** What the log of a target has of requests that were sent before this process began. */
export interface PastLog {
  /** When they were sent: milliseconds since 1970. */
  readonly from: number;
  readonly until: number;
  /**
   * The record of one of them, by its correlation id. To be asked once for each.
   * @param fits tells how a record with the id fits the request
   */
  find(id: string, fits: Fits): Promise<Joined>;
  close(): Promise<void>;
}

export interface PastQuestion {
  readonly waf: Waf;
  readonly target: TargetOptions;
  readonly engine: Partial<EngineOptions> | undefined;
  /** When the first of them was sent at the earliest. */
  readonly since: Date;
}

/** Clocks of servers differ from ours; what is read too much is told apart by its id. */
const clockSlackMs = 24 * 3_600_000;

/** Reads a log from the past on, as far as it is kept. What cannot be read is missing, with the reason. */
export async function askPastLog(ids: readonly string[], question: PastQuestion): Promise<PastLog> {
  const target = withPast(question);
  const sent = { from: question.since.getTime(), until: Date.now() };
  if (ids.length === 0) return { ...sent, ...missing("the WAF's log was not asked for it") };
  if (target === undefined)
    return { ...sent, ...missing("the WAF's log comes on standard input, which has nothing of the past") };
  try {
    const log = await question.waf.open(target, surroundings(commonStart(ids), question.engine));
    const joiner = startJoiner(log, target);
    const expected = new Map(ids.map((id) => [id, joiner.expect(id)]));
    const absent = missing("the WAF's log was not asked for it");
    return {
      ...sent,
      find: async (id, fits) => inPast((await expected.get(id)?.arrival(fits)) ?? (await absent.find(id, fits))),
      close: () => joiner.close(),
    };
  } catch (error) {
    return { ...sent, ...missing(reasonOf(error)) };
  }
}

/** How long an entry was waited for says nothing here: the request was sent long ago. */
function inPast(joined: Joined): Joined {
  const isAbsent = joined.kind === 'missing' && joined.unreadable !== true && joined.seen !== true;
  return isAbsent ? { kind: 'missing', reason: "the WAF's log has no entry of it" } : joined;
}

/** Nothing where its logs come from standard input only, which brings what is written from now on. */
function withPast({ target, since }: PastQuestion): TargetOptions | undefined {
  const { log, ...others } = target.waf;
  const kept = placesOf(log).filter((place) => place !== '-');
  if (log !== undefined && kept.length === 0) return undefined;
  const past = new Date(since.getTime() - clockSlackMs).toISOString();
  return { ...target, waf: { ...others, ...(log !== undefined && { log: kept }), since: past } };
}

function placesOf(log: LogPlace | readonly LogPlace[] | undefined): readonly LogPlace[] {
  return log === undefined ? [] : [log].flat();
}

function missing(reason: string): Pick<PastLog, 'find' | 'close'> {
  return { find: async () => ({ kind: 'missing', reason }), close: async () => undefined };
}

function commonStart([first = '', ...others]: readonly string[]): string {
  let length = first.length;
  for (const other of others) while (!other.startsWith(first.slice(0, length))) length--;
  return first.slice(0, length);
}
