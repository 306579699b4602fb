import type { Exclusion } from '../../src/model/exclusion.js';
import { dialectOf } from '../../src/waf/modsecurity/dialects/dialects.js';
import { namesFor } from '../../src/waf/modsecurity/dialects/engine-names.js';
import type { RuleDialect } from '../../src/waf/modsecurity/dialects/rule-dialect.js';
import { filesOf, needs } from '../waf/modsecurity/dialects/scenario.js';
import { dialectSections } from './dialect-sections.js';

/** The page on dialects: prose by hand, and all that the program says itself. */
export function dialectsPage(): string {
  return `${[
    '# Dialects',
    'Made by `test/docs/dialects.test.ts` from what the dialects write and refuse; it fails when this page says anything else.',
    intro,
    table(
      ['dialect', 'for', 'files'],
      dialectSections.map(({ name, reader, engines }) => [
        `[\`${name}\`](#${name})`,
        reader,
        Object.keys(exampleOf(name, engines))
          .map((file) => `\`${file}\``)
          .join(' '),
      ]),
    ),
    '## What each can say',
    canSay,
    table(['what is excluded', ...columns.map(({ title }) => title)], abilities()),
    ...reasons(),
    '## Names',
    names,
    table(['libmodsecurity 3', 'mod_security2', 'Coraza'], nameRows()),
    ...dialectSections.flatMap(({ name, engines, text }) => [`## ${name}`, text, ...examples(name, engines)]),
  ].join('\n\n')}\n`;
}

const intro = `\`wafproof tune --dialect a,b\` writes the same decisions down for different places. A dialect cannot say everything, so there is
a search of its own for each: what it cannot say is left for the next wider form that it can. \`--engines\` tells the dialects
\`modsecurity\` and \`crs-plugin\` which engines are to read their files: \`modsecurity2\`, \`modsecurity3\`, \`coraza\`, or several,
whose spellings then stand side by side. The others are each for one engine.

What is excluded is proved on the embedded libmodsecurity 3, and \`--on apache,nginx\` proves the pair of \`modsecurity\` on servers too.
A name that a dialect can spell at a path, and that engine only in every request, is excluded there in every request while it is
tried. All files are sorted and stay the same when nothing changed, so that they can be kept in a repository and reviewed. Each
begins with what it is, where it is included, how many findings it clears, and what it costs; each exclusion has its cases and
its price above it. No file has a range of rules, a tag, a pattern that is not anchored at both ends, or a path that is compared
in part.`;

const canSay = `Computed by asking each dialect. Where a field has no narrower form, \`tune\` takes one from a row further down, and says why.`;

const names = `Engines give the parts of a JSON body different names, so an exclusion for one of them does nothing on another:`;

interface Column {
  readonly title: string;
  readonly dialect: RuleDialect;
}

function column(title: string, ...[name, engines]: Parameters<typeof dialectOf>): Column {
  const dialect = dialectOf(name, engines);
  if (dialect === undefined) throw new Error(`no dialect ${name}`);
  return { title, dialect };
}

/** `crs-plugin` says what `modsecurity` says. */
const columns: readonly Column[] = [
  column('`modsecurity` 2', 'modsecurity', ['modsecurity2']),
  column('`modsecurity` 3', 'modsecurity', ['modsecurity3']),
  column('`coraza`', 'coraza', ['coraza']),
  column('`modsecurity` for all three', 'modsecurity', ['modsecurity2', 'modsecurity3', 'coraza']),
  column('`apache-location`', 'apache-location', ['modsecurity2']),
  column('`nginx-location`', 'nginx-location', ['modsecurity3']),
  column('`ingress-nginx`', 'ingress-nginx', ['modsecurity3']),
];

const endpoint = { method: 'POST', path: '/api/comments' };
const path = { path: endpoint.path };

function field(key: string | undefined, scope: Exclusion['scope'], collection = 'ARGS'): Partial<Exclusion> {
  return { effect: 'remove-target', variable: { collection, ...(key !== undefined && { key }) }, scope };
}

const setting = { name: 'allowed_methods', value: 'GET HEAD POST OPTIONS PUT' };

const rows: readonly (readonly [what: string, exclusion: Partial<Exclusion>])[] = [
  ['a field at a method and path', field('comment', endpoint)],
  ['… whose name has a blank', field('user name', endpoint)],
  ['… whose name is not ASCII', field('größe', endpoint)],
  ['… whose name has a comma', field('a,b', endpoint)],
  ['a header, a cookie', field('Referer', endpoint, 'REQUEST_HEADERS')],
  ['the name of a file', field('photo', endpoint, 'FILES')],
  ['the text of an XML document', field('/*', endpoint, 'XML')],
  ['the attributes of an XML document', field('//@*', endpoint, 'XML')],
  ['a body as a whole', field(undefined, endpoint, 'REQUEST_BODY')],
  ['a setting at a method and path', { effect: 'change-setting', setting, scope: endpoint }],
  ['a field at a path', field('comment', path)],
  ['… with any name', field('a,b', path)],
  ['a field in every request', field('comment', {})],
  ['… with any name', field('a,b', {})],
  ['a rule at a method and path', { scope: endpoint }],
  ['… that runs in phase 1', { scope: endpoint, ruleIds: [920_470] }],
  ['a rule in every request', { scope: {} }],
  ['a field without its name', field(undefined, endpoint)],
];

function exclusionOf(more: Partial<Exclusion>): Exclusion {
  const base = { id: 'one', findings: [], ruleIds: [942_100], scope: {} };
  if (more.effect === 'remove-target' && more.variable !== undefined)
    return { ...base, ...more, effect: more.effect, variable: more.variable };
  if (more.effect === 'change-setting' && more.setting !== undefined)
    return { ...base, ...more, effect: more.effect, setting: more.setting };
  return { ...base, ruleIds: more.ruleIds ?? base.ruleIds, scope: more.scope ?? base.scope, effect: 'remove-rule' };
}

function abilities(): readonly (readonly string[])[] {
  return rows.map(([what, more]) => [
    what,
    ...columns.map(({ dialect }) => (dialect.obstacle(exclusionOf(more)) === undefined ? 'yes' : '–')),
  ]);
}

/** What each dialect answers to those rows that it has no word for. */
function reasons(): readonly string[] {
  const said = columns.map(({ title, dialect }) => {
    const obstacles = rows.flatMap(([, more]) => dialect.obstacle(exclusionOf(more)) ?? []);
    return [title, [...new Set(obstacles)].join('; ')];
  });
  return ['In their own words:', table(['dialect', 'refuses because'], said)];
}

function nameRows(): readonly (readonly string[])[] {
  const keys = [
    'json.title',
    'json.a.b',
    'json.tags.array_1',
    'json.items.array_0.note',
    'json.array_0.k',
    'json.a.empty-key',
    'json',
  ];
  return keys.map((key) => {
    const one = exclusionOf({ ...field(key, endpoint), json: true });
    const cells = (['modsecurity3', 'modsecurity2', 'coraza'] as const).map(
      (engine) => namesFor(one, [engine])[0]?.key,
    );
    return cells.map((cell) => (cell === undefined || cell === '' ? 'none' : `\`ARGS:${cell}\``));
  });
}

function table(head: readonly string[], lines: readonly (readonly string[])[]): string {
  const row = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [row(head), row(head.map(() => '---')), ...lines.map(row)].join('\n');
}

/** A field, a name that few can spell, and a rule. */
const shown = needs.filter(({ name }) => /^a (?:field of a form|name with a blank|rule at an endpoint)$/.test(name));

function exampleOf(name: string, engines: Parameters<typeof dialectOf>[1]) {
  return filesOf(column('', name, engines).dialect, shown);
}

function examples(name: string, engines: Parameters<typeof dialectOf>[1]): readonly string[] {
  return Object.entries(exampleOf(name, engines)).flatMap(([file, text]) => [
    `\`${file}\`:`,
    `\`\`\`${languageOf(file)}\n${text}\`\`\``,
  ]);
}

function languageOf(file: string): string {
  if (file.endsWith('.yaml')) return 'yaml';
  return file === 'Caddyfile' ? 'text' : 'apache';
}
