import type { Variable } from '../../model/evidence.js';
import type { FieldToMatch } from './acl/field-to-match.js';
import type { AclStatement } from './acl/statement.js';
import type { AclRule, AclSource } from './acl/web-acl.js';

/** The component that a rule looks at, where it is one, by the rule's name as logs spell it. */
export function rulePlaces({ acl, resources }: Pick<AclSource, 'acl' | 'resources'>): ReadonlyMap<string, Variable> {
  const groups = [...resources.ruleGroups.values()];
  return new Map([
    ...acl.rules.flatMap((rule) => placeOf(rule.name, rule)),
    ...groups.flatMap(({ name, rules }) => rules.flatMap((rule) => placeOf(`${name}#${rule.name}`, rule))),
  ]);
}

function placeOf(name: string, { statement }: AclRule): readonly [string, Variable][] {
  const variables = new Map(inspected(statement).map((variable) => [JSON.stringify(variable), variable]));
  const [only] = variables.values();
  return variables.size === 1 && only !== undefined ? [[name, only]] : [];
}

/** What must not match is not what a rule refuses for. */
function inspected(statement: AclStatement): readonly Variable[] {
  switch (statement.kind) {
    case 'and':
    case 'or':
      return statement.statements.flatMap(inspected);
    case 'byte-match':
    case 'regex-match':
    case 'regex-set':
    case 'size':
    case 'sqli':
    case 'xss':
      return variableOf(statement.inspect.field);
    default:
      return [];
  }
}

/** As the API calls the component. */
function variableOf(field: FieldToMatch): readonly Variable[] {
  switch (field.kind) {
    case 'single-header':
      return [{ collection: 'SingleHeader', key: field.name }];
    case 'single-query-argument':
      return [{ collection: 'SingleQueryArgument', key: field.name }];
    case 'unknown':
      return [];
    default:
      return [{ collection: names[field.kind] }];
  }
}

const names: Readonly<
  Record<Exclude<FieldToMatch['kind'], 'single-header' | 'single-query-argument' | 'unknown'>, string>
> = {
  method: 'Method',
  'uri-path': 'UriPath',
  'query-string': 'QueryString',
  'all-query-arguments': 'AllQueryArguments',
  headers: 'Headers',
  cookies: 'Cookies',
  'header-order': 'HeaderOrder',
  body: 'Body',
  'json-body': 'JsonBody',
  ja3: 'JA3Fingerprint',
  ja4: 'JA4Fingerprint',
  'uri-fragment': 'UriFragment',
};
