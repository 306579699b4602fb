import type { Exchange } from '../model/exchange.js';
import type { WireRequest } from '../model/request.js';
import type { AnswerReading } from './answer-reading.js';

/** How many requests of one client a rule lets through in a time. */
export interface RateLimit {
  readonly requests: number;
  readonly windowSeconds: number;
}

/** What is known of the rules before a target. */
export interface RulesBeforeTarget {
  /** The limits of rules that count requests; none where there is no such rule. */
  readonly limits: readonly RateLimit[];
  /** Why a rule may do something else with one of two requests that differ in their paths; nothing where none does. */
  tellApart(one: WireRequest, other: WireRequest): string | undefined;
}

/** What must be known of a WAF to find by its answers alone what it refuses. */
export interface ProbeKnowledge {
  /** Absent where nothing says which rules there are. */
  readonly rules?: RulesBeforeTarget;
  /** What an answer tells by itself of who made it. */
  readAnswer(exchange: Exchange): AnswerReading | undefined;
}
