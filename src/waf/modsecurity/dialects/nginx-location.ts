import type { Exclusion } from '../../../model/exclusion.js';
import { isTemplate, matchesPath } from '../../../model/path-template.js';
import { groupBy } from '../../../util/group-by.js';
import { isVisible } from '../../../util/printable.js';
import { unreadObstacle } from './body-rules.js';
import { apart, byEndpoint, explainEndpoint } from './endpoint-rules.js';
import { compareText, head } from './explain.js';
import { directivesOf, piecesOf } from './nginx-rules.js';
import { configureTimeObstacle, runtimeObstacle, scopeObstacle } from './obstacles.js';
import { decodePath, isNormalised, pathPattern, utf8Text } from './paths.js';
import type { EndpointBlock, EngineName, RuleDialect, RuleNotes } from './rule-dialect.js';
import { writtenOf } from './written.js';

const engines: readonly EngineName[] = ['modsecurity3'];

/** What every location includes, beside its exclusions. */
const included = 'wafproof-upstream.conf';

const what = [
  'Locations of nginx with libmodsecurity 3, each with the exclusions of one path. To be included in the server { } block.',
  `Each of them includes ${included} from the folder of nginx.conf. Write it once: it has what the location has that handles`,
  'these requests now, such as proxy_pass; without that nginx would look for files. A location of yours for the same path goes.',
];

/**
 * Locations of nginx with exclusions in them. What is for one method is a rule that runs for each request; what is for a
 * path changes the rules of the location, and can spell any name.
 */
export function nginxLocationDialect(): RuleDialect {
  return {
    name: 'nginx-location',
    obstacle,
    write: (exclusions, notes) => {
      const blocks = [...groupBy(exclusions, ({ scope }) => locationOf(scope.path ?? ''))]
        .sort(([a], [b]) => compareText(a, b))
        .map(([place, group]) => location({ place, group, all: exclusions }, notes));
      const text = [head({ what, exclusions, all: exclusions }, notes), apart(blocks)];
      return writtenOf({ files: [{ name: 'wafproof-locations.conf', text }], blocks, exclusions }, notes);
    },
  };
}

function obstacle(exclusion: Exclusion): string | undefined {
  const { effect, scope } = exclusion;
  const { path, method } = scope;
  if (path === undefined) return 'a location of nginx is for a path';
  if (effect === 'change-setting') return 'what a location sets, crs-setup.conf may set again';
  if (!isNormalised(decodePath(path))) return 'nginx takes such a path for another one when it looks for a location';
  const onScope =
    scopeObstacle(scope, engines) ?? (effect === 'leave-body-unread' ? unreadObstacle(exclusion, engines) : undefined);
  if (onScope !== undefined || effect !== 'remove-target') return onScope;
  if (method !== undefined) return runtimeObstacle(exclusion, engines);
  return configureTimeObstacle(exclusion, engines);
}

/** What is for one location, and all that is to be written. */
interface Here {
  readonly place: string;
  readonly group: readonly Exclusion[];
  readonly all: readonly Exclusion[];
}

/** Comments stand outside of the quoted text; a line end before its closing quote is what the rules end with. */
function location({ place, group, all }: Here, notes: RuleNotes): EndpointBlock {
  const here = [...group, ...otherwiseLost(group, all)];
  const endpoints = byEndpoint(here);
  const pieces = piecesOf(place, here, ({ scope }) => scope.method !== undefined);
  const text = [
    ...endpoints.map((one) => explainEndpoint(one.scope, one.group, notes, engines)),
    `location ${place} {\n`,
    directivesOf(pieces, [["  modsecurity_rules '\n", { indent: '    ', text: [{ here: 'pack' }, '\n'] }, "  ';\n"]]),
    `  include ${included};\n}\n`,
  ];
  return { scopes: endpoints.map(({ scope }) => scope), text, exclusions: group };
}

/** nginx prefers an exact location to a pattern: it needs what stands in the patterns that its path matches. */
function otherwiseLost(group: readonly Exclusion[], all: readonly Exclusion[]): readonly Exclusion[] {
  const { path = '' } = group[0]?.scope ?? {};
  if (isTemplate(path)) return [];
  return all.filter(({ scope }) => {
    return scope.path !== undefined && isTemplate(scope.path) && matchesPath(decodePath(scope.path), decodePath(path));
  });
}

/** `= /path`, or a pattern where that cannot be seen or is a template. nginx compares the decoded path. */
function locationOf(path: string): string {
  const text = utf8Text(decodePath(path));
  if (isTemplate(path) || text === undefined || !isVisible(text) || text.includes('\n')) {
    return `~ "^${pathPattern(path, decodePath)}\\z"`;
  }
  return /^[\w/.~-]+$/.test(text) ? `= ${text}` : `= "${text.replace(/["\\]/g, '\\$&')}"`;
}
