import { describe, expect, test } from 'vitest';
import type { Variable } from '../../../../src/model/evidence.js';
import type { Exclusion, Setting } from '../../../../src/model/exclusion.js';
import { dialectNames, dialectOf } from '../../../../src/waf/modsecurity/dialects/dialects.js';
import { type EngineName, engineNames } from '../../../../src/waf/modsecurity/dialects/rule-dialect.js';
import type { Removal } from '../../../exclude/exclusions.js';
import { filesOf, narrowest, needs } from './scenario.js';

const endpoint = { method: 'POST', path: '/api/comments' };
const scopes: readonly Exclusion['scope'][] = [endpoint, { path: endpoint.path }, {}];

function exclusion(variable: Variable | undefined, scope: Exclusion['scope'], more: Partial<Removal> = {}): Exclusion {
  const base = { id: 'one', findings: [], ruleIds: more.ruleIds ?? [942_100], scope };
  if (variable === undefined) return { ...base, effect: 'remove-rule' };
  return { ...base, effect: 'remove-target', variable, ...more };
}

function settingOf(setting: Setting, scope: Exclusion['scope']): Exclusion {
  return { id: 'one', findings: [], ruleIds: [911_100], scope, effect: 'change-setting', setting };
}

const readers: readonly (readonly EngineName[])[] = [...engineNames.map((engine) => [engine]), engineNames];
const every = dialectNames.flatMap((name) =>
  readers.map((engines) => ({ name, engines, label: `${name} for ${engines.join(', ')}` })),
);

function dialect({ name, engines }: (typeof every)[number]) {
  const found = dialectOf(name, engines);
  if (found === undefined) throw new Error(`no dialect ${name}`);
  return found;
}

/** Directives of a file without its comments; continued lines are joined. */
function directives(text: string): readonly string[] {
  return text
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}

describe.each(every)('$label', (one) => {
  const written = dialect(one);
  const texts = Object.values(filesOf(written));
  const lines = texts.flatMap(directives);

  test.each([
    'ARGS',
    'ARGS_GET',
    'ARGS_POST',
    'ARGS_NAMES',
    'REQUEST_COOKIES',
    'REQUEST_COOKIES_NAMES',
    'REQUEST_HEADERS',
    'FILES',
    'XML',
    'TX',
  ])('refuses %s without a name, and with an empty one', (collection) => {
    for (const scope of scopes) {
      expect(written.obstacle(exclusion({ collection }, scope))).toBeDefined();
      expect(written.obstacle(exclusion({ collection, key: '' }, scope))).toBeDefined();
    }
  });

  test('refuses a whole body unless at a method and path', () => {
    expect(written.obstacle(exclusion({ collection: 'REQUEST_BODY' }, { path: endpoint.path }))).toBeDefined();
    expect(written.obstacle(exclusion({ collection: 'REQUEST_BODY' }, {}))).toBeDefined();
  });

  test('refuses to take a rule, or to change a setting, everywhere', () => {
    const setting = { name: 'allowed_methods', value: 'GET PUT' };
    expect(written.obstacle(exclusion(undefined, {}))).toBeDefined();
    expect(written.obstacle(settingOf(setting, {}))).toBeDefined();
  });

  test.each(["GET' PUT", 'GET"', 'GET,ctl:ruleEngine=Off', '%{tx.1}', 'a\nb', 'a`b', '${' + 'x}', 'a\\'])(
    'refuses the setting %j',
    (value) => {
      const setting = { name: 'allowed_methods', value };
      expect(written.obstacle(settingOf(setting, endpoint))).toBeDefined();
    },
  );

  test.each(['REQUEST_COOKIES|ARGS', 'args', 'ARGS" "x', ''])('refuses the collection %j', (collection) => {
    for (const scope of scopes) expect(written.obstacle(exclusion({ collection, key: 'q' }, scope))).toBeDefined();
  });

  test('refuses names and paths that are too long for a configuration', () => {
    const long = { collection: 'ARGS', key: 'n'.repeat(5000) };
    for (const scope of scopes) expect(written.obstacle(exclusion(long, scope))).toBeDefined();
    expect(written.obstacle(exclusion(undefined, { method: 'POST', path: `/${'a'.repeat(2000)}` }))).toBeDefined();
    expect(written.obstacle(exclusion(undefined, { method: 'M'.repeat(500), path: '/' }))).toBeDefined();
  });

  test('writes no range, no tag, no message, and no list of rules', () => {
    for (const line of lines) {
      expect(line).not.toMatch(/RemoveBy(?:Tag|Msg)|RemoveTargetBy(?:Tag|Msg)|UpdateTargetBy(?:Tag|Msg)/i);
      for (const [, ids] of line.matchAll(/(?:RemoveById|RemoveTargetById|UpdateTargetById)[ =]([^;"', ]*)/gi)) {
        expect(ids).toMatch(/^\d+$/);
      }
      expect(line).not.toMatch(/SecRuleRemoveById \d+ \S/);
    }
  });

  test('writes no pattern without an anchor at both ends', () => {
    const text = lines.join('\n').replaceAll('XML:/*', '');
    for (const [, pattern] of text.matchAll(/[A-Z]:\/((?:[^/\\]|\\.)*)\/["']?/g)) {
      expect(pattern).toMatch(/^\(\?(?:-i|-im|i):(?:\\A|\^).*\\z\)$/);
    }
    for (const [, pattern] of text.matchAll(/@rx (.*?)"/g)) expect(pattern).toMatch(/^\\A.*\\z$/);
  });

  test('compares paths as a whole', () => {
    const operators = lines.flatMap((line) => [...line.matchAll(/"(@\w+)/g)].map(([, operator]) => operator));
    expect(operators.filter((operator) => !/^@(?:streq|rx|eq)$/.test(operator ?? ''))).toEqual([]);
    expect(lines.filter((line) => /REQUEST_URI|REQUEST_BASENAME/.test(line))).toEqual([]);
  });

  test('lets every rule pass, in phase 1, with a number that no other has', () => {
    const heads = lines.filter((line) => /\bid:\d+/.test(line));
    for (const line of heads) expect(line).toMatch(/"id:\d+,phase:1,pass,t:none,nolog[,"]/);
    const ids = heads.map((line) => /\bid:(\d+)/.exec(line)?.[1]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('acts on the last link of a chain only', () => {
    for (const line of lines.filter((text) => /,chain"/.test(text))) expect(line).not.toMatch(/ctl:|setvar:/);
  });

  test('never switches anything off', () => {
    const text = lines.join('\n');
    expect(text).not.toMatch(
      /ctl:(?!'?ruleRemove(?:Target)?ById=)|requestBodyAccess|allow\b(?!ed)|SecRuleEngine (?!On)/,
    );
    expect(text).not.toMatch(/<Limit/i);
  });

  test('takes no whole rule where a variable can be named', () => {
    const removed = needs.map((need) => narrowest(written, need)).filter(({ effect }) => effect === 'remove-rule');
    const asked = new Set(removed.flatMap(({ ruleIds }) => ruleIds));
    for (const [, id] of lines.join('\n').matchAll(/(?:ctl:ruleRemoveById=|SecRuleRemoveById )(\d+)/g)) {
      expect(asked).toContain(Number(id));
    }
  });
});

describe('where exclusions stand', () => {
  const nameOf = (line: string) => /^\s*(Sec\w+|Include \S+)/.exec(line)?.[1] ?? '';

  test('in a pair of files, what runs is before the rules, and what changes them is after', () => {
    const [before = '', after = ''] = Object.values(
      filesOf(dialect({ name: 'modsecurity', engines: ['modsecurity3'], label: '' })),
    );
    expect(new Set(directives(before).map(nameOf))).toEqual(new Set(['SecRule']));
    expect(new Set(directives(after).map(nameOf))).toEqual(new Set(['SecRuleUpdateTargetById']));
  });

  test('in a Caddyfile, around the rules in the same way', () => {
    const coraza = dialect({ name: 'coraza', engines: ['coraza'], label: '' });
    const exclusions = [
      narrowest(coraza, needs[0] ?? { name: '', forms: [], passes: [], stays: [] }),
      exclusion({ collection: 'ARGS', key: 'a b' }, {}),
    ];
    const [file] = coraza.write(exclusions, { firstId: 1, engine: 'x', reasons: new Map() }).files;
    expect(
      directives(file?.content ?? '')
        .map(nameOf)
        .filter((name) => name !== ''),
    ).toEqual([
      'Include @coraza.conf-recommended',
      'Include @crs-setup.conf.example',
      'SecRuleEngine',
      'SecRule',
      'SecRule',
      'Include @owasp_crs/*.conf',
      'SecRuleUpdateTargetById',
    ]);
  });

  test('every rule file ends with a line end', () => {
    for (const one of every) {
      for (const text of Object.values(filesOf(dialect(one)))) expect(text).toMatch(/[^\n]\n$/);
    }
  });
});

describe('sections of Apache', () => {
  const apache = dialect({ name: 'apache-location', engines: ['modsecurity2'], label: '' });

  test('refuse rules that run before a request has a section, and those that they do not know', () => {
    const removal = (ruleId: number) => apache.obstacle(exclusion(undefined, endpoint, { ruleIds: [942_100, ruleId] }));
    expect(removal(942_270)).toBeUndefined();
    expect(removal(920_470)).toMatch(/920470 runs before/);
    expect(removal(123)).toMatch(/no rule 123/);
  });

  test('ask the rule set that the exclusions are for', () => {
    const elsewhere = dialectOf('apache-location', ['modsecurity2'], { crs: '/nowhere' });
    expect(elsewhere?.obstacle(exclusion(undefined, endpoint))).toMatch(/no rule 942100/);
  });

  test('take whole rules only', () => {
    expect(apache.obstacle(exclusion({ collection: 'ARGS', key: 'q' }, endpoint))).toMatch(/whole rules/);
  });
});

describe.each(['apache-location', 'nginx-location'])('%s', (name) => {
  const written = dialect({ name, engines: ['modsecurity2'], label: '' });

  test.each(['/a//b', '/a/../b', '/a/./b', '/a/%2e%2e/b', '/a/..', 'relative', '/a%00b'])(
    'refuses the path %s',
    (path) => {
      expect(written.obstacle(exclusion(undefined, { method: 'POST', path }))).toBeDefined();
    },
  );

  test('is for paths', () => {
    expect(written.obstacle(exclusion({ collection: 'ARGS', key: 'q' }, {}))).toBeDefined();
  });
});

describe('locations of nginx', () => {
  const nginx = dialect({ name: 'nginx-location', engines: ['modsecurity3'], label: '' });

  test('spell any name for a path, and what rules can spell for a method', () => {
    const odd = { collection: 'ARGS', key: 'a b' };
    expect(nginx.obstacle(exclusion(odd, endpoint))).toMatch(/cannot spell/);
    expect(nginx.obstacle(exclusion(odd, { path: endpoint.path }))).toBeUndefined();
  });

  test('keep to the length that nginx takes', () => {
    const ruleIds = Array.from({ length: 300 }, (_, i) => 942_100 + i);
    const odd = exclusion({ collection: 'ARGS', key: '€'.repeat(300) }, { path: '/long' }, { ruleIds });
    const plain = exclusion(
      { collection: 'ARGS', key: 'n'.repeat(900) },
      { method: 'POST', path: `/${'€'.repeat(80)}` },
      { ruleIds },
    );
    for (const one of [odd, plain]) expect(nginx.obstacle(one)).toBeUndefined();
    const [file] = nginx.write([odd, plain], { firstId: 10_000, engine: 'x', reasons: new Map() }).files;
    const parameters = [...(file?.content ?? '').matchAll(/modsecurity_rules '([^']*)'/g)].map(([text]) => text);
    expect(parameters.length).toBeGreaterThan(100);
    expect(Math.max(...parameters.map((text) => Buffer.byteLength(text)))).toBeLessThan(4096);
  });

  test('give an exact path what stands in the patterns that it matches', () => {
    const template = exclusion({ collection: 'ARGS', key: 'a' }, { path: '/tickets/{number}' });
    const exact = exclusion({ collection: 'ARGS', key: 'b' }, { path: '/tickets/7' }, { id: 'two' });
    const [file] = nginx.write([template, exact], { firstId: 10_000, engine: 'x', reasons: new Map() }).files;
    const place = /location = \/tickets\/7 \{([^}]*)\}/.exec(file?.content ?? '')?.[1];
    expect(place).toContain('"!ARGS:a"');
    expect(place).toContain('"!ARGS:b"');
  });
});
