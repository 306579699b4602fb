import type { CaseClient, Expectation, Intent, RandomForm } from '../model/case.js';
import type { FormSource } from '../model/form-source.js';
import type { Place } from '../model/place.js';
import type { Content } from '../model/request.js';
import type { YamlScalar } from '../yaml/yaml-node.js';

/** Where a value of a request comes from. */
export type ValueSource =
  | { readonly kind: 'literal'; readonly content: Content; readonly at: Place }
  | { readonly kind: 'file'; readonly path: string; readonly shown: string; readonly at: Place }
  | { readonly kind: 'env'; readonly name: string; readonly at: Place }
  | { readonly kind: 'session'; readonly name: string; readonly at: Place }
  | { readonly kind: 'random'; readonly form: RandomForm; readonly length: number; readonly at: Place }
  | EachSource;

/** `!each`: one request for each value of a corpus, or of a sample of it. */
export interface EachSource {
  readonly kind: 'each';
  readonly corpus: string;
  readonly folder: string;
  readonly take: number;
  readonly seed: number;
  readonly at: Place;
}

/** A name with its value; without one it is not sent, and not taken from the defaults either. */
export interface PairPlan {
  readonly name: string;
  readonly value: ValueSource | undefined;
}

export interface PartPlan {
  readonly name: string;
  readonly filename: ValueSource | undefined;
  readonly type: string | undefined;
  readonly content: ValueSource;
}

export type JsonPlan =
  | { readonly kind: 'scalar'; readonly value: YamlScalar }
  | { readonly kind: 'value'; readonly source: ValueSource }
  | { readonly kind: 'list'; readonly items: readonly JsonPlan[] }
  | { readonly kind: 'object'; readonly entries: readonly (readonly [key: string, value: JsonPlan])[] };

export type BodyPlan =
  | { readonly kind: 'none' }
  | { readonly kind: 'form'; readonly fields: readonly PairPlan[] }
  | { readonly kind: 'json'; readonly value: JsonPlan }
  | { readonly kind: 'multipart'; readonly parts: readonly PartPlan[] }
  | { readonly kind: 'raw'; readonly content: ValueSource };

/** A request as a suite writes it down, before values are fetched. */
export interface RequestPlan {
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly query: readonly PairPlan[];
  readonly headers: readonly PairPlan[];
  readonly cookies: readonly PairPlan[];
  readonly body: BodyPlan;
}

/** A case as a suite writes it down, merged with the defaults. */
export interface CasePlan {
  readonly id: string;
  readonly idAt: Place;
  readonly suite: string;
  readonly title: string | undefined;
  readonly because: string | undefined;
  readonly endpoint: string | undefined;
  readonly intent: Intent;
  readonly tags: readonly string[];
  readonly at: Place;
  readonly expect: Expectation;
  readonly client: CaseClient | undefined;
  readonly skip: string | undefined;
  readonly onlyAt: Place | undefined;
  readonly from: FormSource | undefined;
  readonly browser: true | undefined;
  readonly request: RequestPlan;
}
