import { formatVariable } from '../model/evidence.js';
import type { Exclusion } from '../model/exclusion.js';
import type { FieldPath } from '../model/field.js';
import { includesField, type SeenAt } from '../request/field-paths.js';

/** Whether an exclusion takes a place away from its rules, by itself or with the rule. */
export function hides(exclusion: Exclusion, place: SeenAt): boolean {
  if (exclusion.effect !== 'remove-target') return true;
  const { variable, field } = exclusion;
  if (formatVariable(variable) === formatVariable(place.variable)) return true;
  return field !== undefined && place.field !== undefined && includesField(field, place.field);
}

/** Whether an exclusion is for a rule whatever the place, and names no variable. */
export function isForWholeRule({ effect }: Exclusion): boolean {
  return effect !== 'remove-target';
}

/** Whether an exclusion takes a field away from its rules, by itself or with the rule. */
export function hidesField(exclusion: Exclusion, field: FieldPath): boolean {
  if (exclusion.effect !== 'remove-target') return true;
  return exclusion.field !== undefined && includesField(exclusion.field, field);
}
