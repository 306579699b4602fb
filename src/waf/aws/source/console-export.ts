import { fail } from '../../../model/error.js';
import { isSourceList, isSourceObject, keysOf, type SourceValue } from './source-value.js';

/**
 * Refuses what the console's own back end sends: rules in snake case, such as `managed_rule_set_statement`. AWS documents
 * none of it, and Terraform's format, which looks like it, has other names.
 *
 * @throws WafproofError `ACL_INVALID`
 */
export function refuseConsoleExport(json: SourceValue, file: string): void {
  const rules = isSourceObject(json) ? (json['rules'] ?? json['Rules'] ?? json) : json;
  const list = isSourceList(rules) ? rules : [rules];
  const statement = list.map(snakeStatementOf).find((key) => key !== undefined);
  if (statement === undefined) return;
  const reason = `it is an export of the console ("${statement}"), whose format AWS does not document`;
  throw fail('ACL_INVALID', { reason }, { place: { file } });
}

function snakeStatementOf(rule: SourceValue): string | undefined {
  const statement = isSourceObject(rule) ? (rule['statement'] ?? rule['Statement']) : undefined;
  return isSourceObject(statement)
    ? keysOf(statement).find((key) => /^[a-z][a-z0-9]*_[a-z_]*statement$/.test(key))
    : undefined;
}
