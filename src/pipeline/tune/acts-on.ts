import { engineNames } from '../../contract/dialect.js';
import { pathOf } from '../../model/endpoint.js';
import { formatVariable, type Variable } from '../../model/evidence.js';
import type { Exclusion } from '../../model/exclusion.js';
import { matchesPath } from '../../model/path-template.js';
import type { RequestSpec } from '../../model/request.js';
import { namesFor } from '../../waf/modsecurity/dialects/engine-names.js';
import { modsecurityFieldNames } from '../../waf/modsecurity/field-names.js';

/** Whether an exclusion acts on a request. */
export function actsOn({ scope }: Pick<Exclusion, 'scope'>, request: Pick<RequestSpec, 'method' | 'path'>): boolean {
  const { method, path } = scope;
  if (method !== undefined && method !== request.method) return false;
  return path === undefined || matchesPath(path, pathOf(request));
}

/**
 * Whether an exclusion takes a variable away from its rules, by itself or with the rule.
 * @param other as any of the engines names it
 */
export function frees(exclusion: Exclusion, other: Variable): boolean {
  const { effect, variable } = exclusion;
  if (effect === 'change-setting') return true;
  if (variable === undefined || modsecurityFieldNames.includes(variable, other)) return true;
  return (
    exclusion.json === true && namesFor(exclusion, engineNames).map(formatVariable).includes(formatVariable(other))
  );
}
