import type { Joined } from '../contract/joined.js';
import type { LogRecord } from '../contract/log-record.js';
import type { Waf } from '../contract/waf.js';
import type { EngineOptions } from '../model/options.js';
import type { LogPlace, TargetOptions } from '../model/target-options.js';
import { reasonOf } from '../util/reason-of.js';
import { using } from '../util/using.js';
import { surroundings } from './open-places.js';
import { startJoiner } from './start-joiner.js';

/** What the log of a target has of requests that were sent before this process began, by their correlation ids. */
export type PastLog = ReadonlyMap<string, Joined<LogRecord>>;

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
  if (ids.length === 0) return new Map();
  if (target === undefined) return missing(ids, "the WAF's log comes on standard input, which has nothing of the past");
  try {
    const log = await question.waf.open(target, surroundings(commonStart(ids), question.engine));
    return await using(Promise.resolve(startJoiner(log, target)), async (joiner) => {
      const arrivals = ids.map(async (id) => [id, inPast(await joiner.expect(id).arrival())] as const);
      return new Map(await Promise.all(arrivals));
    });
  } catch (error) {
    return missing(ids, reasonOf(error));
  }
}

/** How long an entry was waited for says nothing here: the request was sent long ago. */
function inPast(joined: Joined): Joined {
  const isAbsent = joined.kind === 'missing' && joined.unreadable !== true;
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

function missing(ids: readonly string[], reason: string): PastLog {
  return new Map(ids.map((id) => [id, { kind: 'missing', reason }]));
}

function commonStart([first = '', ...others]: readonly string[]): string {
  let length = first.length;
  for (const other of others) while (!other.startsWith(first.slice(0, length))) length--;
  return first.slice(0, length);
}
