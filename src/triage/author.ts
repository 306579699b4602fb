import type { BlockedBy, Evidence } from '../model/evidence.js';
import type { Outcome } from '../model/exchange.js';
import { type BlockAnswer, isBlockPage } from './block-answer.js';

type Answer = Extract<Outcome, { kind: 'answered' }>;

/** Who answered a request of which the log says that the WAF refused it. */
export type Author =
  | { readonly kind: 'waf' }
  | { readonly kind: 'application' }
  | { readonly kind: 'unknown'; readonly reason: string };

/** By which statuses an engine refuses a body that it cannot read, without any rule. */
const parserStatuses: readonly number[] = [400, 408, 413, 500];

/** Whether an engine answers with that status where it refuses a body that it cannot read. */
export function mayBeOfParser(status: number): boolean {
  return parserStatuses.includes(status);
}

/** @param known what refusals look like; absent where the status is the engine's own */
export function authorOf(
  answer: Answer,
  { blockedBy }: Pick<Evidence, 'blockedBy'>,
  known: BlockAnswer | undefined,
): Author {
  const { status } = answer;
  if (known === undefined) return { kind: 'waf' };
  if (blockedBy?.assumed === true && !mayBeOfParser(status)) return { kind: 'application' };
  if (status >= 400 || isBlockPage(answer, known)) return { kind: 'waf' };
  if (known.kind !== 'none' && blockedBy?.status === status) return { kind: 'waf' };
  return known.kind === 'unknown'
    ? { kind: 'unknown', reason: whyUnknown(status, blockedBy, known.reason) }
    : { kind: 'application' };
}

function whyUnknown(status: number, blockedBy: BlockedBy | undefined, reason: string): string {
  return `answered ${status}, but the log says that ${refuser(blockedBy)}; whether refusals look like that here is not known: ${reason}`;
}

/**
 * What in the evidence does not agree with the answer, in words; nothing where they agree, and where nobody can tell.
 */
export function contradictionIn(
  answer: Answer,
  evidence: Evidence,
  known: BlockAnswer | undefined,
): string | undefined {
  const { action, blockedBy } = evidence;
  if (action !== 'blocked' || known === undefined) return undefined;
  const { status } = answer;
  const author = authorOf(answer, evidence, known);
  if (author.kind === 'unknown') return `the log says that ${refuser(blockedBy)}, and the client got ${status}`;
  if (author.kind === 'application' && blockedBy?.assumed !== true)
    return `the log says that ${refuser(blockedBy)}, but the application answered ${status}: nothing was blocked`;
  const isUsual = known.kind !== 'unknown' && known.kind !== 'none' && known.status === status;
  if (author.kind !== 'waf' || isUsual || blockedBy?.status === undefined || blockedBy.status === status)
    return undefined;
  return `the log says that ${refuser(blockedBy)}, and the client got ${status}`;
}

/** That the engine could not read a body, where it took that down and the application answered all the same. */
export function unreadIn({ status }: Answer, { unread, blockedBy }: Evidence): string | undefined {
  const why = unread ?? (isNoteOnly(status, blockedBy) ? (blockedBy?.reason ?? 'it does not say why') : undefined);
  if (why === undefined) return undefined;
  return `the engine could not read the body (${why}) and let the request pass: its rules have not seen what it holds`;
}

function isNoteOnly(status: number, blockedBy: BlockedBy | undefined): boolean {
  return blockedBy?.assumed === true && blockedBy.kind === 'body-parser' && !mayBeOfParser(status);
}

/** `rule 949110 refused it with 403` */
function refuser(blockedBy: BlockedBy | undefined): string {
  const { ruleId, reason, status } = blockedBy ?? {};
  const who = ruleId === undefined ? 'the WAF' : `rule ${ruleId}`;
  const why = ruleId === undefined && reason !== undefined ? ` (${reason})` : '';
  return `${who} refused it${status === undefined ? '' : ` with ${status}`}${why}`;
}
