import type { ConfigurationDraft } from '../../model/draft.js';
import type { PricedPart } from '../price-sentence.js';

/** What is to be known of exclusions to choose some of them. Places are those in `exclusions`. */
export interface ChoiceData {
  readonly exclusions: readonly ChoiceExclusion[];
  /** Cases that pass with all of them, by what they need. */
  readonly clearing: readonly ClearedCases[];
  /** False positives that are not among them. */
  readonly stillBlocked: ListedCases;
  readonly attacks: ChoiceAttacks;
  /** `3 of 412 legitimate requests are blocked.` */
  readonly answer: string;
  /** What all of them come to. */
  readonly decision: string;
  /** Who has proved them all together. */
  readonly proof: string;
  readonly tool: string;
  /** Dialects that can be written for some of them. */
  readonly dialects: readonly ChoiceDialect[];
}

/** One exclusion. */
export interface ChoiceExclusion extends PricedPart {
  /** As an address has it: the beginning of its id that no other has. */
  readonly key: string;
  readonly id: string;
  readonly rules: string;
  /** The price in words. */
  readonly price: string;
  /** Why it is wider than a field at an endpoint. */
  readonly wider: string;
  /** The first of its cases, with the reason for each. */
  readonly cases: ListedCases;
  /** An attack of each class that it lets through, by place in the classes. */
  readonly examples: readonly (readonly [place: number, example: string])[];
  /** Others that free the same field. */
  readonly beside: readonly number[];
  readonly findings: readonly string[];
}

/** Cases that need the same exclusions, and surely pass with them. */
export interface ClearedCases extends ListedCases {
  readonly needs: readonly number[];
}

/** The first of some cases. */
export interface ListedCases {
  readonly count: number;
  readonly first: readonly string[];
}

/** The attacks that all exclusions let through. */
export interface ChoiceAttacks {
  readonly lost: number;
  readonly before?: number;
  readonly classes: readonly string[];
  /** The place of each attack's class. */
  readonly classOf: readonly number[];
}

/** A dialect's files, for any choice. */
export interface ChoiceDialect {
  readonly name: string;
  readonly draft: ConfigurationDraft;
}
