import { pathOf } from '../model/endpoint.js';
import type { CaseResult } from '../model/report.js';
import { sendPatiently } from '../replay/send-patiently.js';
import { encodeRequest } from '../request/encode-request.js';
import { probeRequest } from '../request/probe-request.js';
import type { BlockAnswer } from '../triage/block-answer.js';
import { type AskedTarget, seeRefusal } from './see-refusal.js';

/** What refusals look like at a path; nothing where it was not asked for. */
export type RefusalsAt = (path: string) => Promise<BlockAnswer> | undefined;

/** Paths that are asked for: the canary is an attack, if a tame one, and a run is no flood of them. */
const mostPaths = 200;

/**
 * Asks once a path how refusals look there, with the attack canary and a request without it: a server may answer them
 * otherwise in one of its locations. To be used where attacks may be sent only.
 */
export function refusalsAt(meeting: AskedTarget): RefusalsAt {
  const asked = new Map<string, Promise<BlockAnswer>>();
  return (path) => {
    const known = asked.get(path);
    if (known !== undefined || asked.size >= mostPaths) return known;
    const answer = ask(path, meeting);
    asked.set(path, answer);
    return answer;
  };
}

async function ask(path: string, meeting: AskedTarget): Promise<BlockAnswer> {
  const harmless = encodeRequest({ ...probeRequest(), path });
  const { outcome } = await sendPatiently(meeting.http, harmless, meeting.ids.next());
  return seeRefusal(meeting, outcome, true, path);
}

/** Where the log is contradicted by an answer that may be a page for what is refused: how it is refused at that path. */
export async function refusalBehind(
  { contradiction, status = 0, request }: CaseResult,
  at: RefusalsAt | undefined,
): Promise<BlockAnswer | undefined> {
  if (contradiction === undefined || status >= 400) return undefined;
  const answer = await at?.(pathOf(request));
  return answer?.kind === 'page' ? answer : undefined;
}
