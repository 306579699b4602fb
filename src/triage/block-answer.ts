import type { WafAction } from '../model/evidence.js';
import type { Outcome } from '../model/exchange.js';
import { type AnswerShape, isAlike, shapeOf } from './answer-shape.js';

type Answer = Extract<Outcome, { kind: 'answered' }>;

/** What a client gets where the WAF refuses a request, as far as an attack that was sent to see it has shown. */
export type BlockAnswer =
  /** A status of 400 or above, as usual: what is answered with another one was not refused. */
  | { readonly kind: 'status'; readonly status: number }
  /** A page or a redirect with a status below 400, which tells nothing by itself. */
  | { readonly kind: 'page'; readonly status: number; readonly shape: AnswerShape }
  /** What a harmless request gets: the log says that the attack was refused, and the application answered it. */
  | { readonly kind: 'none' }
  | { readonly kind: 'unknown'; readonly reason: string };

/** An attack that was sent to see how it is refused. */
export interface Refused {
  readonly outcome: Outcome;
  /** What the WAF's log says of it; absent where it has no entry. */
  readonly action: WafAction | undefined;
}

/**
 * What refusals look like, from an attack that the log says was refused.
 * @param harmless what came back for the same request without the attack
 */
export function learnBlockAnswer(harmless: Outcome, { outcome, action }: Refused): BlockAnswer {
  if (outcome.kind === 'failed') return unknown(`the attack canary was not answered: ${outcome.message}`);
  if (action !== 'blocked') return unknown(whyUnrefused(action));
  const { status } = outcome;
  if (status >= 400) return { kind: 'status', status };
  const shape = shapeOf(outcome);
  const isUsual = harmless.kind === 'answered' && harmless.status === status && isAlike(shape, shapeOf(harmless));
  return isUsual ? { kind: 'none' } : { kind: 'page', status, shape };
}

function unknown(reason: string): BlockAnswer {
  return { kind: 'unknown', reason };
}

function whyUnrefused(action: WafAction | undefined): string {
  return action === undefined
    ? "the WAF's log has no entry of the attack canary"
    : 'the WAF did not refuse the attack canary';
}

/** Whether an answer is the page, or the redirect, with which refusals are answered here. */
export function isBlockPage(answer: Answer, known: BlockAnswer): boolean {
  return known.kind === 'page' && known.status === answer.status && isAlike(known.shape, shapeOf(answer));
}
