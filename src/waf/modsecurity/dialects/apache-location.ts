import type { Exclusion, ExclusionScope, RaiseLimit } from '../../../model/exclusion.js';
import { sortedIds } from '../../../util/compare-ids.js';
import { groupBy } from '../../../util/group-by.js';
import { argumentsKey, highestLimits, limitLines } from './body-rules.js';
import { explainEndpoint, linesOf } from './endpoint-rules.js';
import { compareText, fileText, head, inOrder } from './explain.js';
import { scopeObstacle } from './obstacles.js';
import { decodePath, isNormalised, pathPattern } from './paths.js';
import type { PhaseOf } from './phase-of.js';
import { type EndpointBlock, type RuleDialect, type RuleNotes, sectionsOf } from './rule-dialect.js';
import { assignRuleIds } from './rule-id-range.js';

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
      const places = [...groupBy(exclusions, ({ scope }) => `${locationPattern(scope)} ${scope.method ?? ''}`)];
      const ids = assignRuleIds(
        places.map(([place]) => place),
        notes.firstId,
      );
      const blocks = places
        .sort(([a], [b]) => compareText(a, b))
        .map(([place, group]) => section(group[0]?.scope ?? {}, group, { ...notes, idOf: () => ids.get(place) ?? 0 }));
      const lines = [...head(what, exclusions, notes), ...linesOf(blocks)];
      const file = { name: 'wafproof-locations.conf', content: fileText(lines) };
      return { files: [file], sections: sectionsOf(file, blocks) };
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
function section(
  scope: ExclusionScope,
  exclusions: readonly Exclusion[],
  notes: RuleNotes & { idOf(): number },
): EndpointBlock {
  const removed = exclusions.filter(({ effect }) => effect === 'remove-rule');
  const removals = [
    ...sortedIds(removed.flatMap(({ ruleIds }) => ruleIds)).map((id) => `SecRuleRemoveById ${id}`),
    ...highestLimits(exclusions).flatMap((limit) => limitLines(limit, new Map([[argumentsKey, notes.idOf()]]))),
  ];
  const inner =
    scope.method === undefined
      ? removals
      : [`<If "%{REQUEST_METHOD} == '${scope.method}'">`, ...removals.map((line) => `  ${line}`), '</If>'];
  const lines = [
    ...explainEndpoint(scope, inOrder(exclusions), notes, ['modsecurity2']),
    `<LocationMatch "^${locationPattern(scope)}$">`,
    ...inner.map((line) => `  ${line}`),
    '</LocationMatch>',
  ];
  return { scopes: [scope], lines };
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
