import { describe, expect, onTestFinished, test } from 'vitest';
import type { Exclusion } from '../../../../src/model/exclusion.js';
import { modsecurityDialect } from '../../../../src/waf/modsecurity/dialects/modsecurity-dialect.js';
import { type EngineName, engineNames } from '../../../../src/waf/modsecurity/dialects/rule-dialect.js';
import { buildTimeoutMs } from '../../../coraza/caddy-build.js';
import { formType, type Sent } from '../lab/server-fixture.js';
import { notes } from './scenario.js';
import { leaveOutEngine, type Server, startEngine, statuses } from './servers.js';

const names = [
  'q',
  'User',
  'a.b',
  'a[b][]',
  'a:b',
  'a/b',
  'ctl00$main$text',
  'a*b',
  '/ab/',
  '/^a.*$/',
  ...[...'%#=&+?()^~!@<>`{}'].map((char) => `x${char}y`),
  'a b',
  ' a',
  'a|b',
  "a'b",
  'a,b',
  'a;b',
  'a"b',
  'a\\b',
  '$' + '{HOME}',
  '%{tx.1}',
  'größe',
  'ÄÖ',
  'größe x',
  '日本語',
  'a\nb',
  'a\tb',
  'a\u0001b',
  'zero\u200bwidth',
  '😀',
  '<?xml version="1.0"?>',
  'n'.repeat(300),
  '€'.repeat(100),
];

/** Names that a rule which runs for single requests cannot spell, by the engine that it is written for alone. */
const unspeakable: Readonly<Record<EngineName, readonly string[]>> = {
  modsecurity2: [
    ...'a,b a;b a"b a\\b'.split(' '),
    '$' + '{HOME}',
    'größe x',
    'a\nb',
    'a\tb',
    'a\u0001b',
    '<?xml version="1.0"?>',
  ],
  modsecurity3: names.filter((name) => !/^[\w.[\]:/$*]+$/.test(name) || /^\/.*\/$/.test(name)),
  coraza: [],
};

const rules = 'SecRule ARGS "@contains evil" "id:942270,phase:2,deny,status:403"\n';
const path = '/names';

function exclude(key: string, scope: Exclusion['scope']): Exclusion {
  const variable = { collection: 'ARGS', key };
  return { id: key, findings: [], effect: 'remove-target', ruleIds: [942270], variable, scope };
}

const percent = (text: string) =>
  [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
const field = (name: string): Sent => ({ method: 'POST', path, body: `${percent(name)}=evil`, headers: formType });

async function withExclusions(
  on: EngineName,
  writtenFor: readonly EngineName[],
  exclusions: readonly Exclusion[],
): Promise<Server> {
  const [before = '', after = ''] = modsecurityDialect(writtenFor)
    .write(exclusions, notes)
    .files.map(({ content }) => content);
  const server = await startEngine(on, { before: [before], after: [after], rules });
  onTestFinished(() => server.close());
  expect(server.said()).not.toMatch(/Error parsing rule targets/);
  return server;
}

/** Each name passes, and what is longer at one of its ends does not. */
async function expectExactly(server: Server, of: readonly string[]): Promise<void> {
  expect(await statuses(server, of.map(field))).toEqual(of.map(() => 200));
  const longer = of.flatMap((name) => [`${name}x`, `x${name}`]).filter((name) => !of.includes(name));
  expect(await statuses(server, longer.map(field))).toEqual(longer.map(() => 403));
}

describe.each(engineNames)('names on %s', (engine) => {
  describe.skipIf(leaveOutEngine(engine))('', () => {
    test(
      'at an endpoint: all that it can spell, and it knows what it cannot',
      async () => {
        const dialect = modsecurityDialect([engine]);
        const scoped = names.map((name) => exclude(name, { method: 'POST', path }));
        const refused = scoped.filter((one) => dialect.obstacle(one) !== undefined);
        expect(refused.map(({ id }) => id).sort()).toEqual([...unspeakable[engine]].sort());
        const possible = scoped.filter((one) => !refused.includes(one));
        const server = await withExclusions(engine, [engine], possible);
        await expectExactly(
          server,
          possible.map(({ id }) => id),
        );
      },
      buildTimeoutMs,
    );

    test(
      'in every request: any name',
      async () => {
        const server = await withExclusions(
          engine,
          [engine],
          names.map((name) => exclude(name, {})),
        );
        await expectExactly(server, names);
      },
      buildTimeoutMs,
    );

    test(
      'in every spelling at once',
      async () => {
        const dialect = modsecurityDialect(engineNames);
        const wide = names.map((name) => exclude(name, {})).filter((one) => dialect.obstacle(one) === undefined);
        expect(wide).toHaveLength(names.length - 1);
        await expectExactly(
          await withExclusions(engine, engineNames, wide),
          wide.map(({ id }) => id),
        );
      },
      buildTimeoutMs,
    );
  });
});

test(
  'the case of a name counts for libmodsecurity 3 alone',
  async () => {
    const heeds: string[] = [];
    for (const engine of engineNames.filter((one) => !leaveOutEngine(one))) {
      const server = await withExclusions(
        engine,
        [engine],
        [exclude('User', { method: 'POST', path }), exclude('a B', {})],
      );
      const [exact, other, odd] = await statuses(server, [field('User'), field('user'), field('a b')]);
      expect(exact).toBe(200);
      heeds.push(`${engine} ${other === 403} ${odd === 403}`);
    }
    expect(heeds).toEqual(
      ['modsecurity2 false true', 'modsecurity3 true true', 'coraza false false'].filter((line) =>
        heeds.some((heard) => heard.split(' ')[0] === line.split(' ')[0]),
      ),
    );
  },
  buildTimeoutMs,
);
