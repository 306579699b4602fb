import { formatVariable, type RuleHit } from '../model/evidence.js';
import type { Finding } from '../model/report.js';
import { fieldKey, generaliseField, isGeneralField } from '../request/field-paths.js';

/** The rule and the variable of a finding or a hit. */
export function keyOfFinding({ ruleId, variable }: Pick<Finding, 'ruleId' | 'variable'>): string {
  return JSON.stringify([ruleId, formatVariable(variable)]);
}

/** The same for a hit at one element of an array and a finding that is about all of them. */
export function keyOfElements({ ruleId, field }: Pick<Finding, 'ruleId' | 'field'>): readonly string[] {
  const general = field && generaliseField(field);
  return general !== undefined && isGeneralField(general) ? [JSON.stringify([ruleId, fieldKey(general)])] : [];
}

/** All keys by which a hit is an example of a finding. */
export function keysOfHit(hit: RuleHit): readonly string[] {
  return [keyOfFinding(hit), ...keyOfElements(hit)];
}
