import { actsOn } from '../exclude/acts-on.js';
import type { Exclusion } from '../model/exclusion.js';
import type { FieldPath } from '../model/field.js';
import type { CaseResult } from '../model/report.js';
import type { RequestSpec } from '../model/request.js';
import { type TextPlace, textPlace } from '../request/text-place.js';

/** A request of a case with a place for an attack: the place that an exclusion frees, and nothing beside it. */
export interface AttackPlace extends TextPlace {
  /** Places of one kind are alike to all rules. */
  readonly kind: string;
}

/** What decides which rules look at a place. */
export type KindOf = (request: RequestSpec, field: FieldPath) => string;

/** The place in the request of the first case that an exclusion acts on and that has one for text. */
export function findPlace(exclusion: Exclusion, cases: readonly CaseResult[], kindOf: KindOf): AttackPlace | undefined {
  if (exclusion.effect === 'change-setting' || exclusion.effect === 'raise-limit') return undefined;
  for (const result of cases) {
    if (!actsOn(exclusion, result.request)) continue;
    for (const field of freedFields(exclusion, result)) {
      const place = textPlace(result.request, field);
      if (place !== undefined) return { ...place, kind: kindIn(exclusion, kindOf(place.carry(''), field)) };
    }
  }
  return undefined;
}

function freedFields(exclusion: Exclusion, { hits }: CaseResult): readonly FieldPath[] {
  if (exclusion.effect === 'remove-target') return exclusion.field === undefined ? [] : [exclusion.field];
  if (changesReading(exclusion)) return [{ kind: 'body-syntax' }];
  return hits.flatMap(({ ruleId, field }) =>
    field !== undefined && exclusion.ruleIds.includes(ruleId) ? [field] : [],
  );
}

/** Bodies that cannot be read differ in why: what is true of one is not of another. */
function kindIn(exclusion: Exclusion, kind: string): string {
  return changesReading(exclusion) ? `${kind} ${exclusion.id}` : kind;
}

function changesReading({ effect }: Exclusion): boolean {
  return effect === 'read-body-as' || effect === 'leave-body-unread';
}
