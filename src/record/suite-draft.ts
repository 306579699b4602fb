import type { Intent } from '../model/case.js';
import type { RequestBody, RequestSpec } from '../model/request.js';

/** A request that can be written into a suite so that the suite loads to it again. */
export interface DraftRequest extends RequestSpec {
  readonly body: Extract<RequestBody, { readonly kind: 'none' | 'form' | 'raw' }>;
}

/** A case that is not in a suite yet. */
export interface CaseDraft {
  /** Unique in the file. */
  readonly id: string;
  readonly because: string;
  readonly tags: readonly string[];
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
