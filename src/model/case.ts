import type { FormSource } from './form-source.js';
import type { Place } from './place.js';
import type { RequestSpec } from './request.js';

/** What a case stands for: a request that must pass, or an attack that must not. */
export type Intent = 'legitimate' | 'attack';

/** What the author of a case expects beyond its intent. */
export interface Expectation {
  /** The HTTP status that the application gives when nothing refuses the request. */
  readonly status?: number;
  /** The verdict that counts as right for this case. */
  readonly verdict?: VerdictKind;
}

/**
 * A value that only a session can tell, at the time of sending (`!session csrf_token`). `token` stands for it in the
 * request: a text that no payload contains by chance.
 */
export interface SessionValue {
  readonly name: string;
  readonly token: string;
}

/** What random values look like. */
export const randomForms = ['uuid', 'base64', 'hex', 'token'] as const;

export type RandomForm = (typeof randomForms)[number];

/**
 * A value that is made anew for each sending (`!random hex 32`). `token` stands for it in the request, as with
 * `SessionValue`; `length` counts characters.
 */
export interface RandomValue {
  readonly form: RandomForm;
  readonly length: number;
  readonly token: string;
}

/** A value that came from the environment (`!env NAME`) and must never leave the process. */
export interface Secret {
  readonly name: string;
  readonly value: string;
}

/** Who sends a case, for rules that look at that. What is absent is not known. */
export interface CaseClient {
  readonly ip?: string;
  /** ISO 3166-1, two capital letters. */
  readonly country?: string;
  /** The number of its autonomous system; 0: of none. */
  readonly asn?: number;
}

/** One request with an intent. */
export interface Case {
  /** `<suite file without folder and .yaml>/<case id>`, with `#n` where a corpus expands it. */
  readonly id: string;
  /** The `suite:` title of its file. */
  readonly suite: string;
  readonly title?: string;
  /** Why such a request is made: what a reviewer of an exclusion wants to know. */
  readonly because?: string;
  /** The endpoint that it is of, with placeholders for what is generated, where its path alone does not tell: `/posts/{name}`. */
  readonly endpoint?: string;
  readonly intent: Intent;
  readonly tags: readonly string[];
  readonly at: Place;
  readonly request: RequestSpec;
  /** The form that it submits, whose fields `request` has not: what the case itself fills in is there. */
  readonly from?: FormSource;
  /** It is entered into that form in a browser, whose page makes the request. */
  readonly browser?: true;
  readonly expect: Expectation;
  readonly client?: CaseClient;
  /** The reason why the case is left out, if it is. */
  readonly skip?: string;
  readonly secrets: readonly Secret[];
  readonly sessionValues: readonly SessionValue[];
  /** Absent where the case has none. */
  readonly randomValues?: readonly RandomValue[];
}

/** The names of all verdicts; `Verdict` has the details of each. */
export const verdictKinds = [
  'let-through',
  'false-positive',
  'attack-blocked',
  'attack-missed',
  'denied-elsewhere',
  'unattributed-block',
  'inconclusive',
] as const;

/** What one exchange means, in a word. */
export type VerdictKind = (typeof verdictKinds)[number];
