import type { RuleHit, Variable } from '../model/evidence.js';
import type { ExclusionScope, Setting } from '../model/exclusion.js';

/** One way to exclude a hit: variables from its rule, a setting changed, or the rule taken away where there is neither. */
export interface Form {
  /** Taken from the rule together. */
  readonly variables: readonly Variable[];
  readonly setting?: Setting;
  readonly scope: ExclusionScope;
}

/**
 * From narrow to wide: the setting that the rule compares with; the variable at the endpoint; another variable through
 * which the rule may be silenced there; all of them together; the variable at the path; in every request; and the rule
 * at the endpoint. A variable that the log does not tell cannot be excluded, but all that it may be can be together.
 */
export function formsOf(hit: RuleHit, endpoint: ExclusionScope, setting: Setting | undefined): readonly Form[] {
  const { variable, variableSource, alternatives = [] } = hit;
  const isUnknown = variableSource === 'unknown';
  const known = isUnknown ? [] : [variable];
  const each = [...known, ...alternatives];
  const { path } = endpoint;
  return [
    ...(setting === undefined ? [] : [{ variables: [], setting, scope: endpoint }]),
    ...(isUnknown && each.length > 1 ? [] : each.map((one) => ({ variables: [one], scope: endpoint }))),
    ...(each.length > 1 ? [{ variables: each, scope: endpoint }] : []),
    ...(path === undefined ? [] : known.map((one) => ({ variables: [one], scope: { path } }))),
    ...known.map((one) => ({ variables: [one], scope: {} })),
    { variables: [], scope: endpoint },
  ];
}

/** Whether a form takes away more than one that named variables from the rule at an endpoint do. */
export function isWide({ variables, setting, scope }: Form): boolean {
  return setting === undefined && (variables.length === 0 || scope.path === undefined || scope.method === undefined);
}

/** Whether `form` is another one with a wider scope. What did not silence a rule at an endpoint will not elsewhere. */
export function widens(form: Form, tried: Form): boolean {
  const names = ({ variables }: Form) => JSON.stringify(variables);
  return form.setting === undefined && form.variables.length > 0 && names(form) === names(tried);
}
