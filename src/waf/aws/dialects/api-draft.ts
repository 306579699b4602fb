import type { Draft, ExclusionIds } from '../../../model/draft.js';
import type { JsonValue } from '../../../model/request.js';

/** JSON of the API in which parts depend on which exclusions are chosen. */
export type ApiDraft = JsonValue | ApiChoice | readonly ApiDraft[] | ApiDraftObject;

export interface ApiDraftObject {
  readonly [key: string]: ApiDraft;
}

const choice = Symbol('choice');

/** A value that depends on the choice. */
export interface ApiChoice {
  readonly [choice]:
    | { readonly kind: 'any'; readonly of: ExclusionIds; readonly value: ApiDraft; readonly otherwise?: ApiDraft }
    | {
        readonly kind: 'several';
        readonly of: readonly ExclusionIds[];
        readonly value: ApiDraft;
        readonly otherwise: ApiDraft;
      };
}

/** A value that is there where any of the exclusions is chosen, and another one, or none, where none is. */
export function whereAny(of: ExclusionIds, value: ApiDraft, otherwise?: ApiDraft): ApiChoice {
  return { [choice]: { kind: 'any', of, value, ...(otherwise !== undefined && { otherwise }) } };
}

/** A value where exclusions of more than one of the groups are chosen, and another one otherwise. */
export function whereSeveral(of: readonly ExclusionIds[], value: ApiDraft, otherwise: ApiDraft): ApiChoice {
  return { [choice]: { kind: 'several', of, value, otherwise } };
}

export function isChoice(value: ApiDraft): value is ApiChoice {
  return typeof value === 'object' && value !== null && choice in value;
}

export function isApiList(value: ApiDraft): value is readonly ApiDraft[] {
  return Array.isArray(value);
}

export function isApiObject(value: ApiDraft): value is ApiDraftObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isChoice(value);
}

/** A choice between the same after a change. */
export function mapChoice(value: ApiChoice, map: (value: ApiDraft) => ApiDraft): ApiChoice {
  const made = value[choice];
  if (made.kind === 'several') return whereSeveral(made.of, map(made.value), map(made.otherwise));
  return whereAny(made.of, map(made.value), made.otherwise === undefined ? undefined : map(made.otherwise));
}

/** A choice as text, whichever value is written how. */
export function draftChoice(value: ApiChoice, write: (value: ApiDraft) => Draft): Draft {
  const made = value[choice];
  const text = write(made.value);
  if (made.kind === 'several') return { several: made.of, text, otherwise: write(made.otherwise) };
  const chosen: Draft = { when: 'any', of: made.of, text };
  return made.otherwise === undefined ? chosen : [chosen, { when: 'none', of: made.of, text: write(made.otherwise) }];
}
