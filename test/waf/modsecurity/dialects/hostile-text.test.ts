import fc from 'fast-check';
import { load } from 'js-yaml';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ReportFile } from '../../../../src/contract/reporter.js';
import type { Exclusion } from '../../../../src/model/exclusion.js';
import { dialectNames, dialectOf } from '../../../../src/waf/modsecurity/dialects/dialects.js';
import { engineNames, type RuleNotes } from '../../../../src/waf/modsecurity/dialects/rule-dialect.js';
import { buildTimeoutMs } from '../../../coraza/caddy-build.js';
import { attack } from '../lab/server-fixture.js';
import { type Server, statuses } from './servers.js';
import { leaveOutSetting, settings } from './settings.js';

/** Texts that end a comment, a quote, a scalar, a block or a snippet, or that stand for something else in one. */
const breakers = [
  'x\nSecRuleEngine Off\n',
  'x\r\nSecRuleEngine Off\r\n',
  'x\u2028SecRuleEngine Off',
  '\\',
  'x\\\n',
  '" "id:1,phase:1,pass,ctl:ruleEngine=Off',
  "'; modsecurity off; #",
  "'",
  '`\n}\n}\n',
  '`',
  '{$HOME}',
  '{args[0]}',
  '{block}',
  '}',
  '"}',
  '%{tx.1}',
  '$' + '{HOME}',
  '# ',
  ': |\n  x: y',
  '&a *a !!js/function x',
  '</LocationMatch>\n<Location />',
  '</If>',
  "' || true || '",
  ',ctl:ruleEngine=Off',
  ';ARGS',
  '|ARGS',
  '/)|(?:.*)/',
  'a/)/',
  '\u0000',
  '\u001b[2J',
  '\u202e',
  '\ufeff',
  '\ud800',
  'é`ö',
  'x'.repeat(5000),
];

const text = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...breakers) },
  fc.tuple(fc.constantFrom(...breakers), fc.string({ maxLength: 8 })).map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.string({ unit: fc.constantFrom(...'"\'`\\/{}()[]|,;:#%&$*.-\n\t aZ0é'), maxLength: 12 }),
);
const exclusions: fc.Arbitrary<Exclusion> = fc
  .record({
    collection: fc.oneof(
      fc.constantFrom('ARGS', 'REQUEST_COOKIES', 'REQUEST_HEADERS', 'XML', 'FILES', 'REQUEST_BODY'),
      text,
    ),
    key: fc.option(fc.oneof(text, fc.constantFrom('/*', 'json.a.array_*.b', 'q'))),
    path: fc.oneof(
      text.map((one) => `/${one}`),
      text.map((one) => `/{number}/${one}`),
      fc.constant('/a'),
    ),
    method: fc.option(fc.oneof(text, fc.constantFrom('POST', 'M-SEARCH'))),
    isEverywhere: fc.boolean(),
    effect: fc.constantFrom('remove-target' as const, 'remove-rule' as const, 'change-setting' as const),
    name: fc.oneof(text, fc.constant('allowed_methods')),
    value: text,
    widerBecause: text,
    isJson: fc.boolean(),
  })
  .map(({ collection, key, path, method, isEverywhere, effect, name, value, widerBecause, isJson }): Exclusion => {
    const base = {
      id: widerBecause,
      findings: ['f'],
      ruleIds: [942_100, 942_190],
      scope: isEverywhere ? {} : { path, ...(method !== null && { method }) },
      widerBecause,
    };
    if (effect === 'remove-rule') return { ...base, effect };
    if (effect === 'change-setting') return { ...base, effect, setting: { name, value } };
    const variable = { collection, ...(key !== null && { key }) };
    return { ...base, effect, variable, ...(isJson && { json: true as const, elements: 2 }) };
  });

function notesWith(reason: string): RuleNotes {
  return { firstId: 10_000, engine: reason, reasons: new Map([['f', [reason, `${reason} (${reason})`]]]) };
}

/** Pieces of the only lines that a file may have beside comments. */
const byte = String.raw`(?:\w|\\x[0-9a-f]{2})`;
const character = String.raw`(?:\w|\\x[0-9a-f]{2}|\\x\{[0-9a-f]{6}\}|[^\u0000-\u00a0])`;
const pathPiece = String.raw`(?:[\w/~()|?:+^{},-]|\[[\w^/-]+\]|\\\.|\\x[0-9a-f]{2}|\\x\{[0-9a-f]{6}\}|[^\u0000-\u00a0])`;
const pattern = String.raw`/\(\?(?:-i:\\A${byte}+|i:\\A${byte}+|-i:\\A(?:${byte}|\[0-9\]\+)+|-im:\^(?:${character}|\[0-9\]\+)+)\\z\)/`;
const plain = String.raw`[A-Za-z0-9_[\].:/$*-]+`;
const version2 = String.raw`(?:(?![",;\\| ])[!-~]|\\x[0-9a-f]{2})+`;
const target = String.raw`[A-Z][A-Z0-9_]*(?::(?:${plain}|${pattern}|//@\*))?`;
const action = [
  String.raw`ctl:ruleRemoveById=\d+`,
  String.raw`ctl:ruleRemoveTargetById=\d+;(?:${target}|[A-Z][A-Z0-9_]*:${version2})`,
  String.raw`ctl:'ruleRemoveTargetById=\d+;[A-Z][A-Z0-9_]*:(?:(?![",;'\\])[ -~])+'`,
  String.raw`setvar:'tx\.\w+=[\w .|/+*:;=-]*'`,
].join('|');
const number = String.raw`id:\d+,phase:1,pass,t:none,nolog`;
const allowed = [
  String.raw`SecRule REQUEST_METHOD "@(?:streq [A-Za-z]+|rx \\A${byte}+\\z)" "${number},chain"`,
  String.raw`SecRule REQUEST_FILENAME "@(?:streq [\w/.~-]+|rx \\A${pathPiece}+\\z)" "(?:${number}|t:none)(?:,(?:${action}))+"`,
  String.raw`SecRuleUpdateTargetById \d+ "!${target}"`,
  String.raw`SecRuleRemoveById \d+`,
  String.raw`SecRule &?TX:wafproof-plugin_enabled "@eq 0" "${number},(?:setvar:tx\.wafproof-plugin_enabled=1|skipAfter:END-WAFPROOF-PLUGIN-BEFORE)"`,
  'SecMarker "END-WAFPROOF-PLUGIN-BEFORE"',
  String.raw`<LocationMatch "\^${pathPiece}+\$">`,
  String.raw`<If "%\{REQUEST_METHOD\} == '[A-Za-z]+'">`,
  '</If>',
  '</LocationMatch>',
  String.raw`location = (?:[\w/.~-]+|"(?:[^"\\\p{Cc}\p{Cf}\p{Cs}]|\\["\\])+") \{`,
  String.raw`location ~ "\^${pathPiece}+\\z" \{`,
  "modsecurity_rules '",
  "';",
  'include wafproof-upstream\\.conf;',
  'metadata:',
  'annotations:',
  String.raw`nginx\.ingress\.kubernetes\.io/(?:enable-modsecurity|enable-owasp-core-rules): "true"`,
  String.raw`nginx\.ingress\.kubernetes\.io/(?:modsecurity|configuration)-snippet: \|`,
  String.raw`\(wafproof\) \{`,
  String.raw`coraza_waf \{`,
  'load_owasp_crs',
  'directives `',
  '`',
  '\\}',
  'Include @(?:coraza\\.conf-recommended|crs-setup\\.conf\\.example|owasp_crs/\\*\\.conf)',
  'SecRuleEngine On',
].map((line) => new RegExp(`^\\s*(?:${line})$`, 'u'));

const all = dialectNames.flatMap((name) =>
  [...engineNames.map((engine) => [engine]), engineNames].map((engines) => ({ name, engines })),
);

test.each(all)('no text breaks out of what $name writes for $engines', ({ name, engines }) => {
  const dialect = dialectOf(name, engines);
  fc.assert(
    fc.property(fc.array(exclusions, { minLength: 1, maxLength: 6 }), text, (some, reason) => {
      const possible = some.filter((one) => dialect?.obstacle(one) === undefined);
      const written = dialect?.write(possible, notesWith(reason)).files ?? [];
      expect(written.length).toBeGreaterThan(0);
      for (const file of written) expectWhole(file);
    }),
    { numRuns: 200 },
  );
});

/** A file has the lines that it may have, and those that read it find no other structure in it. */
function expectWhole({ name, content }: ReportFile): void {
  expect(content).not.toMatch(/[\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|(?![\n\t])\p{Cc}/u);
  const lines = content.replaceAll(/\\\n\s*/g, '').split('\n');
  expect(lines.filter((line) => !isComment(line) && !allowed.some((one) => one.test(line)))).toEqual([]);
  if (name === 'ingress-patch.yaml') expect(Object.keys(Object(load(content)))).toEqual(['metadata']);
  if (name === 'Caddyfile') {
    expect(content).not.toMatch(/\{(?:\$|args|block)/);
    expect(content.split('`')).toHaveLength(3);
  }
}

function isComment(line: string): boolean {
  return /^\s*(?:#(?:.*[^\\])?)?$/.test(line);
}

describe.each(Object.entries(settings))('%s', (_name, { on, dialect, start }) => {
  describe.skipIf(leaveOutSetting(on))(`on ${on}`, () => {
    let server: Server;

    beforeAll(async () => {
      const some = breakers.flatMap((one, i) => hostileExclusions(one, i));
      const possible = some.filter((one) => dialect.obstacle(one) === undefined);
      expect(possible.length).toBeGreaterThan(20);
      const written = dialect.write(possible, notesWith(breakers.join(' '))).files;
      server = await start(Object.fromEntries(written.map(({ name, content }) => [name, content])));
    }, buildTimeoutMs);

    afterAll(() => server?.close());

    test('is loaded with hostile names, paths, methods and reasons, and still blocks', async () => {
      expect(server.said()).not.toMatch(/Error parsing rule targets/);
      expect(await statuses(server, [{}, attack])).toEqual([200, 403]);
    });
  });
});

function hostileExclusions(one: string, i: number): readonly Exclusion[] {
  const shared = { findings: ['f'], ruleIds: [942_100], widerBecause: one };
  const variable = { collection: 'ARGS', key: one };
  return [
    { ...shared, id: `${i} a`, effect: 'remove-target', variable, scope: { method: 'POST', path: '/a' } },
    { ...shared, id: `${i} b`, effect: 'remove-target', variable, scope: { path: `/b/${i}` } },
    { ...shared, id: `${i} c`, effect: 'remove-target', variable, scope: {} },
    { ...shared, id: `${i} d`, effect: 'remove-rule', scope: { method: 'POST', path: `/d${one}` } },
    { ...shared, id: `${i} e`, effect: 'remove-rule', scope: { method: one, path: `/e/${i}` } },
  ];
}
