import type { Joined } from '../contract/joined.js';
import type { Waf } from '../contract/waf.js';
import type { Joiner } from '../evidence/joiner.js';
import { infoSuffix } from '../model/correlation.js';
import { fail, type WafproofError } from '../model/error.js';
import type { Outcome } from '../model/exchange.js';
import type { WafInfo } from '../model/report.js';
import type { CorrelationIds } from '../replay/correlation-ids.js';
import type { HttpTransportOptions } from '../replay/http-transport.js';
import { probeTarget } from '../replay/probe-target.js';
import { askUntilFound } from './ask-until-found.js';
import { described } from './find-waf.js';
import { type AnswerReader, toldByAnswer } from './told-by-answer.js';

/** What it takes to ask a target before a run. */
export interface Meeting {
  readonly http: HttpTransportOptions;
  readonly ids: CorrelationIds;
  readonly waf: Waf;
  readonly joiner: Joiner;
  /** What reads answers. */
  readonly answers: AnswerReader;
  /** The log comes minutes later: nothing waits for it before all is sent. */
  readonly isSlow: boolean;
  /** What is in the log, where nothing of ours is. */
  describeLog(): Promise<string | undefined>;
  /** For how long a log may take until it shows anything, in milliseconds. */
  readonly patienceMs: number;
  readonly signal: AbortSignal;
}

/** What is known of a target that has been asked. */
interface Met {
  /** Settles at once, or when the record is there of a log that comes minutes later. It never rejects. */
  readonly info: Promise<WafInfo>;
  /** What came back for a harmless request. */
  readonly harmless: Outcome;
  /** How far the log's clock is ahead of this one, in milliseconds, where it tells the time. */
  readonly skewMs?: number;
}

interface Probed {
  readonly outcome: Outcome;
  /** Milliseconds since 1970. */
  readonly answeredAt: number;
  readonly joined: Joined;
}

/**
 * Sends one harmless request and waits for its log entry: without it no case could be told from one that the WAF never
 * saw. Where the log may not be up yet, more are sent. A WAF with no rules loaded looks exactly like one with no false
 * positives, so that is looked at too. A log that comes minutes later is not waited for: each case tells whether it came.
 * @throws WafproofError where the target or its log is silent
 */
export async function meetTarget(meeting: Meeting): Promise<Met> {
  const { waf, patienceMs, signal, isSlow } = meeting;
  if (isSlow) return meetSlowly(meeting);
  const { outcome, answeredAt, joined } = await askUntilFound(
    async (_: number, answered: () => void) => (await probe(meeting, answered)).entry,
    patienceMs,
    signal,
  );
  if (joined.kind === 'missing') throw await noEvidence(joined.reason, meeting);
  const silence = waf.whySilent(joined.record);
  if (silence !== undefined) throw fail('WAF_SILENT', silence);
  const skewMs = Date.parse(joined.record.at ?? '') - answeredAt;
  const info = Promise.resolve(described(waf, joined.record.waf));
  return { info, harmless: outcome, ...(!Number.isNaN(skewMs) && { skewMs }) };
}

async function meetSlowly(meeting: Meeting): Promise<Met> {
  const { waf } = meeting;
  const { outcome, entry } = await probe(meeting, () => undefined);
  const info = entry.then(({ joined }) =>
    described(waf, joined.kind === 'found' ? joined.record.waf : { kind: waf.kind }),
  );
  return { info, harmless: outcome };
}

/** @returns when the answer is there; its log entry may come later */
async function probe({ http, ids, joiner, answers }: Meeting, answered: () => void) {
  const id = ids.next(infoSuffix);
  const expected = joiner.expect(id);
  const exchange = await probeTarget(http, id);
  const { outcome } = exchange;
  const answeredAt = Date.now();
  answered();
  const arrival = expected.arrival(undefined, toldByAnswer(answers, exchange));
  const entry: Promise<Probed> = arrival.then((joined) => ({ outcome, answeredAt, joined }));
  return { outcome, entry };
}

async function noEvidence(reason: string, meeting: Meeting): Promise<WafproofError> {
  const holds = await meeting.describeLog();
  return fail('EVIDENCE_NONE', { reason, ...(holds !== undefined && { holds }) });
}
