import { infoSuffix } from '../model/correlation.js';
import type { Outcome } from '../model/exchange.js';
import { sendPatiently } from '../replay/send-patiently.js';
import { encodeRequest } from '../request/encode-request.js';
import { attackCanary, probeParameter, probeRequest } from '../request/probe-request.js';
import { type BlockAnswer, learnBlockAnswer } from '../triage/block-answer.js';
import type { Meeting } from './meet-target.js';
import { toldByAnswer } from './told-by-answer.js';

/** What it takes to ask a target one thing. */
export type AskedTarget = Pick<Meeting, 'http' | 'ids' | 'joiner' | 'answers'>;

/** Where nothing may be sent that shows it. */
const notAllowed: BlockAnswer = {
  kind: 'unknown',
  reason: 'attacks are not allowed for this target ("attacks: true" in the config), so none was sent to see it',
};

/**
 * Sends the attack canary, where attacks may be sent, to see how the target answers what its WAF refuses: by the status
 * alone a page with status 200 could not be told from the application's own.
 * @param harmless what came back for a harmless request
 * @param path where it is sent
 */
export async function seeRefusal(
  { http, ids, joiner, answers }: AskedTarget,
  harmless: Outcome,
  attacks: boolean,
  path = '/',
): Promise<BlockAnswer> {
  if (!attacks) return notAllowed;
  const id = ids.next(infoSuffix);
  const expected = joiner.expect(id);
  const canary = encodeRequest({ ...probeRequest([[probeParameter, attackCanary]]), path });
  const { outcome, durationMs } = await sendPatiently(http, canary, id);
  if (outcome.kind === 'failed') expected.forget();
  const told = toldByAnswer(answers, { correlationId: id, outcome, durationMs });
  const joined = outcome.kind === 'failed' ? undefined : await expected.arrival(undefined, told);
  const action = joined?.kind === 'found' ? joined.record.action : undefined;
  return learnBlockAnswer(harmless, { outcome, action });
}
