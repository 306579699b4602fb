import type { Cause, Grade, Layer } from '../model/triage.js';
import type { Sign } from './sign.js';

/**
 * Kinds of evidence, the weightiest first. A refusal of one kind is decided by that kind alone: nothing is added up.
 * - `log`: a line of a log that is of this very request.
 * - `header`: a header that is there only where this system refuses.
 * - `page`: a page that only this system writes, by two positions at least.
 * - `code`: an error code in JSON or XML, or a text that stands for one.
 * - `hosting`: a text of hosters and of people who run the system, which may have been copied.
 * - `stock`: the usual page of a server, which tells who wrote it and not why.
 * - `status`: a status or header beside which little stands.
 * - `common`: what a status or a word means, whoever sends it.
 */
export const evidenceKinds = ['log', 'header', 'page', 'code', 'hosting', 'stock', 'status', 'common'] as const;
export type EvidenceKind = (typeof evidenceKinds)[number];

/** Who and why, in short: `waf/waf-rule`. */
export type LayerAndCause = `${Layer}/${Cause}`;

/** One way in which a system refuses: all of its signs, and what they say. */
export interface RefusalPattern {
  /** A word that is unique in its system. */
  readonly id: string;
  readonly by: EvidenceKind;
  /** Each of them has to be seen. */
  readonly all: readonly [Sign, ...Sign[]];
  /** `unknown` where it shows who wrote the answer, and not why. */
  readonly cause: Cause;
  /** Where it is not the layer of the system; `unknown` where the author of a page may have written it for somebody else. */
  readonly layer?: Layer;
  readonly grade: Grade;
  /** What it means, in a sentence without its full stop. */
  readonly says: string;
  /** Other patterns of the system that it stands before where they hold too, because it says more. */
  readonly instead?: readonly string[];
  /** What else may stand behind it, the likeliest first. */
  readonly or?: readonly LayerAndCause[];
  /** What to change and where; absent where the system or the cause says it. */
  readonly fix?: string;
  /** The log line or request that would decide. */
  readonly next?: string;
  /** Where this is documented, where it is not the source of the system. */
  readonly source?: string;
  /** The captures in the tests that prove it. */
  readonly seen?: readonly string[];
}

/** For each cause, what to change and where, the command that looks, and the request that confirms. */
export type Fixes = Partial<Readonly<Record<Cause, string>>>;

/** What is known of one product: how it shows, and how it refuses. */
export interface System {
  readonly id: string;
  /** As people call it. */
  readonly name: string;
  /** Where it usually stands. */
  readonly layer: Layer;
  /** Where its answers are documented, or which version of it was seen to answer so. */
  readonly source: string;
  /** Signs that a request came past it, of which any is enough. They never say that it refused. */
  readonly rides: readonly Sign[];
  readonly refusals: readonly RefusalPattern[];
  /** What to change where it refuses for a cause, and how to see it. */
  readonly fixes?: Fixes;
  /** Headers, or patterns in the page, that hold an id by which the owner finds the refusal. */
  readonly references?: readonly Reference[];
}

/** Where an answer shows the id of a refusal. */
export type Reference =
  | { readonly header: string; readonly as: string }
  /** The first group of the pattern is the id. */
  | { readonly page: RegExp; readonly as: string };
