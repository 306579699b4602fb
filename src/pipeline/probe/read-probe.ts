import type { AnswerReading } from '../../contract/answer-reading.js';
import type { ProbeKnowledge } from '../../contract/probe-knowledge.js';
import type { RuleId } from '../../model/evidence.js';
import type { Exchange, Outcome } from '../../model/exchange.js';
import { refusalFor } from '../../replay/requested-pause.js';
import { isAlike, shapeOf } from '../../triage/answer-shape.js';

export type Answered = Extract<Outcome, { kind: 'answered' }>;

/** What a probe came to. */
export type ProbeAnswer =
  | { readonly kind: 'answered'; readonly answer: Answered; readonly reading: AnswerReading | undefined }
  /** Nothing more may be sent. */
  | { readonly kind: 'stop'; readonly reason: string };

/** What refuses a client for how much it sends or for what it is, and not for what is in a request. */
const ofClient: readonly string[] = ['rate', 'challenge', 'captcha', 'bot', 'ip', 'geo'];

/** Reads what came back: an answer of what counts requests, or asks the client to prove itself, ends all probing. */
export function readProbe(exchange: Exchange, readAnswer: ProbeKnowledge['readAnswer'] | undefined): ProbeAnswer {
  const { outcome } = exchange;
  if (outcome.kind === 'failed') return { kind: 'stop', reason: `a probe had no answer: ${outcome.message}` };
  const reading = readAnswer?.(exchange);
  const reason = demandIn(reading) ?? loadIn(outcome);
  return reason === undefined ? { kind: 'answered', answer: outcome, reading } : { kind: 'stop', reason };
}

function demandIn(reading: AnswerReading | undefined): string | undefined {
  const by = reading?.kind === 'own' ? reading.record.blockedBy : undefined;
  return by !== undefined && ofClient.includes(by.kind) ? by.reason : undefined;
}

function loadIn(outcome: Answered): string | undefined {
  const refusal = refusalFor(outcome, Date.now());
  return refusal && `the target answered a probe with ${refusal.status}, as what counts requests does`;
}

/** How a place answers what it refuses and what it does not. */
export interface KnownAnswers {
  readonly refusal: Answered;
  readonly harmless: Answered;
}

/** Whether an answer is a refusal by the rule, as far as the answer alone tells. */
export function isRefusedBy(
  { answer, reading }: Pick<Extract<ProbeAnswer, { kind: 'answered' }>, 'answer' | 'reading'>,
  known: KnownAnswers,
  ruleId: RuleId,
): boolean {
  if (reading?.kind === 'own') return !isOfAnotherRule(reading, ruleId);
  if (reading?.kind === 'elsewhere') return false;
  return isLike(answer, known.refusal) && !isLike(answer, known.harmless);
}

function isOfAnotherRule({ record: { blockedBy } }: Extract<AnswerReading, { kind: 'own' }>, ruleId: RuleId): boolean {
  return blockedBy?.ruleId !== undefined && blockedBy.ruleId !== ruleId;
}

/** Whether two answers have one status and are the same page. */
export function isLike(one: Answered, other: Answered): boolean {
  return one.status === other.status && isAlike(shapeOf(one), shapeOf(other));
}
