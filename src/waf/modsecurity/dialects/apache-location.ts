import { type Draft, whenAny } from '../../../model/draft.js';
import type { Exclusion, ExclusionScope, RaiseLimit } from '../../../model/exclusion.js';
import { sortedIds } from '../../../util/compare-ids.js';
import { groupBy } from '../../../util/group-by.js';
import { raisedLimits } from './body-rules.js';
import { apart, byEndpoint, explainEndpoint } from './endpoint-rules.js';
import { compareText, head } from './explain.js';
import { scopeObstacle } from './obstacles.js';
import { decodePath, isNormalised, pathPattern } from './paths.js';
import type { PhaseOf } from './phase-of.js';
import type { EndpointBlock, RuleDialect, RuleNotes } from './rule-dialect.js';
import { writtenOf } from './written.js';

const name = 'apache-location';

const what = [
  'Sections of Apache with mod_security2, each of which removes rules from requests of one endpoint.',
  'To be included in the server, or the virtual host, that loads the Core Rule Set; before or after it makes no difference.',
];

/**
 * Sections `<LocationMatch>` of Apache. mod_security2 removes whole rules there, and ignores or refuses all other
 * exclusions.
 * @param phaseOf the phase of a rule; nothing where it is not known
 */
export function apacheLocationDialect(phaseOf: PhaseOf): RuleDialect {
  return {
    name,
    obstacle: (exclusion) => obstacle(exclusion, phaseOf),
    write: (exclusions, notes) => {
      const blocks = [...groupBy(exclusions, ({ scope }) => `${locationPattern(scope)} ${scope.method ?? ''}`)]
        .sort(([a], [b]) => compareText(a, b))
        .map(([place, group]) => section(place, group, notes));
      const text = [head({ what, exclusions, all: exclusions }, notes), apart(blocks)];
      return writtenOf({ files: [{ name: 'wafproof-locations.conf', text }], blocks, exclusions }, notes);
    },
  };
}

function obstacle(exclusion: Exclusion, phaseOf: PhaseOf) {
  const { effect, scope, ruleIds } = exclusion;
  const { path, method } = scope;
  if (effect === 'raise-limit') return limitObstacle(exclusion);
  if (effect !== 'remove-rule') return 'a section of Apache can only remove whole rules, and raise limits';
  if (path === undefined) return 'a section of Apache is for a path';
  if (method !== undefined && !/^[A-Za-z]+$/.test(method)) return 'a section of Apache cannot spell the method';
  if (!isNormalised(decode(path))) return 'Apache takes such a path for another one when it looks for sections';
  const early = ruleIds.find((id) => phaseOf(id) === 1);
  if (early !== undefined) return `rule ${early} runs before Apache knows the section of a request`;
  const unknown = ruleIds.find((id) => phaseOf(id) === undefined);
  if (unknown !== undefined)
    return `the rule set here has no rule ${unknown}, which may run before Apache knows the section`;
  return scopeObstacle(scope, ['modsecurity2']);
}

/** The length of a request is compared before Apache knows its section. */
function limitObstacle({ scope, limit }: Exclusion & RaiseLimit): string | undefined {
  const { path, method } = scope;
  if (path === undefined) return 'a section of Apache is for a path';
  if (limit === 'matching') return 'mod_security2 gives a rule the limit for regular expressions that it is read with';
  if (limit === 'body') return 'the length of a body is compared before Apache knows the section of a request';
  if (method !== undefined) return 'a section of Apache raises a limit whatever the method';
  if (!isNormalised(decode(path))) return 'Apache takes such a path for another one when it looks for sections';
  return scopeObstacle(scope, ['modsecurity2']);
}

/** `<Limit>` is ignored by mod_security2, so that the method is a condition of its own. */
function section(place: string, exclusions: readonly Exclusion[], notes: RuleNotes): EndpointBlock {
  const endpoints = byEndpoint(exclusions);
  const scope = endpoints[0]?.scope ?? {};
  const inner = changes(exclusions, place);
  const text = [
    ...endpoints.map((one) => explainEndpoint(one.scope, one.group, notes, ['modsecurity2'])),
    `<LocationMatch "^${locationPattern(scope)}$">\n`,
    scope.method === undefined
      ? { indent: '  ', text: inner }
      : [`  <If "%{REQUEST_METHOD} == '${scope.method}'">\n`, { indent: '    ', text: inner }, '  </If>\n'],
    '</LocationMatch>\n',
  ];
  return { scopes: endpoints.map((one) => one.scope), text, exclusions };
}

/** Each rule once, whichever exclusions take it away. */
function changes(exclusions: readonly Exclusion[], place: string): Draft {
  const removed = exclusions.filter(({ effect }) => effect === 'remove-rule');
  const removals = sortedIds(removed.flatMap(({ ruleIds }) => ruleIds)).map((id) =>
    whenAny(
      removed.filter(({ ruleIds }) => ruleIds.includes(id)),
      `SecRuleRemoveById ${id}\n`,
    ),
  );
  const limits: Draft = { list: raisedLimits(exclusions, place), between: '\n' };
  return [
    removals,
    whenAny(
      exclusions.filter(({ effect }) => effect === 'raise-limit'),
      [limits, '\n'],
    ),
  ];
}

function locationPattern({ path = '' }: ExclusionScope): string {
  return pathPattern(path, decode);
}

/** Sections are chosen by the decoded path, in which an encoded slash stays as it is (`AllowEncodedSlashes NoDecode`). */
function decode(path: string): string {
  return path
    .split(/(%2f)/i)
    .map((part, i) => (i % 2 === 1 ? part : decodePath(part)))
    .join('');
}
