import type { Intent } from '../model/case.js';
import type { FormSource } from '../model/form-source.js';
import type { Content, JsonValue } from '../model/request.js';

/** A value as a suite names it: a text, or what is put in its place when the suite is loaded or sent. */
export type DraftValue = string | { readonly env: string } | { readonly session: string };

export type DraftPair = readonly [name: string, value: DraftValue];

/** JSON in which a text may be a value from elsewhere. */
export type DraftJson =
  | Exclude<JsonValue, object>
  | DraftReference
  | readonly DraftJson[]
  | { readonly object: readonly (readonly [key: string, value: DraftJson])[] };

/** A value from elsewhere. */
export type DraftReference = Exclude<DraftValue, string>;

export interface DraftPart {
  readonly name: string;
  readonly filename?: string;
  readonly type?: string;
  readonly content: Content | DraftReference;
}

export type DraftBody =
  | { readonly kind: 'none' }
  | { readonly kind: 'form'; readonly fields: readonly DraftPair[] }
  | { readonly kind: 'json'; readonly value: DraftJson }
  | { readonly kind: 'multipart'; readonly parts: readonly DraftPart[] }
  | { readonly kind: 'raw'; readonly content: Content };

/** A request that can be written into a suite so that the suite loads to it again. */
export interface DraftRequest {
  readonly method: string;
  readonly path: string;
  readonly query: readonly DraftPair[];
  readonly headers: readonly DraftPair[];
  readonly cookies: readonly DraftPair[];
  readonly body: DraftBody;
  /** Names of headers, in lower case, that must not be added. */
  readonly omittedHeaders: readonly string[];
  /** The form that it submits: `body` has what is not as the page has it. */
  readonly from?: FormSource;
  /** The endpoint that it is of, with placeholders, where its path alone does not tell what in it is an id. */
  readonly endpoint?: string;
}

/** A case that is not in a suite yet. */
export interface CaseDraft {
  /** Unique in the file. */
  readonly id: string;
  readonly title?: string;
  readonly because?: string;
  readonly tags: readonly string[];
  /** The tests that sent it, where a runner did. */
  readonly tests?: readonly string[];
  readonly request: DraftRequest;
}

/** A suite file that is not written yet. It has at least one case. */
export interface SuiteDraft {
  /** Where it belongs in the output folder, with slashes. */
  readonly file: string;
  readonly title: string;
  /** What it was made from, for the comment at its head. */
  readonly source: string;
  readonly intent: Intent;
  readonly cases: readonly CaseDraft[];
}
