import { describe, expect, it } from 'vitest';
import type { Variable } from '../../../../src/model/evidence.js';
import type { Exclusion } from '../../../../src/model/exclusion.js';
import { modsecurityDialect } from '../../../../src/waf/modsecurity/dialects/modsecurity-dialect.js';
import type { EmbeddedEngine } from '../../../../src/waf/modsecurity/embedded-engine.js';
import type { Removal } from '../../../exclude/exclusions.js';
import { form, post, ruleFile, startTestEngine } from '../engine-fixture.js';

const dialect = modsecurityDialect(['modsecurity3']);
const payload = 'union select name from users';
const scope = { method: 'POST', path: '/api/comments' };

function exclusion(variable: Variable | undefined, more: Partial<Removal> = {}): Exclusion {
  const base = { id: 'one', findings: [], ruleIds: [942270], scope };
  if (variable !== undefined) return { ...base, effect: 'remove-target', variable, ...more };
  return { ...base, ruleIds: more.ruleIds ?? base.ruleIds, scope: more.scope ?? scope, effect: 'remove-rule' };
}

function files(exclusions: readonly Exclusion[]): readonly string[] {
  const notes = { firstId: 10_000, reasons: new Map([['f', ['a\nb "quoted" \\']]]), engine: 'ModSecurity 3.0.9' };
  return dialect.write(exclusions, notes).files.map(({ content }) => content);
}

async function withRules<T>(exclusions: readonly Exclusion[], use: (engine: EmbeddedEngine) => Promise<T>): Promise<T> {
  const [before = '', after = ''] = files(exclusions);
  const rules = { rulesBefore: [ruleFile('before.conf', before)], rulesAfter: [ruleFile('after.conf', after)] };
  const engine = await startTestEngine(rules);
  try {
    return await use(engine);
  } finally {
    await engine.close();
  }
}

async function fires(engine: EmbeddedEngine, request: ReturnType<typeof form>): Promise<boolean> {
  const { record } = await engine.evaluate(request, 'w7-test');
  return record?.hits.some(({ ruleId }) => ruleId === 942270) ?? false;
}

const awkward = [
  'a b',
  'a,b',
  'a|b',
  "a'b",
  'a"b',
  'a;b',
  'a{b}',
  'ä\nö',
  '<?xml version',
  'x\\',
  '%{tx.1}',
  '€'.repeat(100),
];

describe('the modsecurity dialect', () => {
  it('frees one field at one endpoint, and nothing beside it', async () => {
    await withRules([exclusion({ collection: 'ARGS', key: 'q' })], async (engine) => {
      expect(await fires(engine, form(['q', payload]))).toBe(false);
      expect(await fires(engine, form(['q2', payload]))).toBe(true);
      const elsewhere = post({ kind: 'form', fields: [['q', payload]] }, { path: '/api/comments/2' });
      expect(await fires(engine, elsewhere)).toBe(true);
      expect(await fires(engine, { ...form(['q', payload]), method: 'PUT' })).toBe(true);
    });
  });

  it('refuses names that a run-time exclusion cannot spell', () => {
    for (const key of awkward) {
      expect(dialect.obstacle(exclusion({ collection: 'ARGS', key })), key).toMatch(/cannot spell/);
      expect(dialect.obstacle(exclusion({ collection: 'ARGS', key }, { scope: {} })), key).toBeUndefined();
    }
  });

  it('spells any name exactly where it applies to every request', async () => {
    const everywhere = awkward.map((key, i) => exclusion({ collection: 'ARGS', key }, { scope: {}, id: `${i}` }));
    await withRules(everywhere, async (engine) => {
      for (const key of awkward) {
        expect(await fires(engine, form([key, payload])), key).toBe(false);
        expect(await fires(engine, form([`${key}x`, payload])), key).toBe(true);
        expect(await fires(engine, form([`x${key}`, payload])), key).toBe(true);
      }
    });
  });

  it.each(['ARGS', 'REQUEST_COOKIES', 'ARGS_NAMES', 'REQUEST_HEADERS'])('refuses %s without a name', (collection) => {
    expect(dialect.obstacle(exclusion({ collection }))).toMatch(/no single variable/);
    expect(dialect.obstacle(exclusion({ collection }, { scope: {} }))).toMatch(/no single variable/);
    expect(dialect.obstacle(exclusion({ collection, key: '' }))).toBeDefined();
  });

  it('refuses to remove a rule everywhere', () => {
    expect(dialect.obstacle(exclusion(undefined, { scope: {} }))).toBeDefined();
  });

  it.each(['/a b', '/a"b', '/ä', '/a%{tx.1}', "/a'b\\", '/a,b;c'])('matches the path %s literally', async (path) => {
    await withRules(
      [exclusion({ collection: 'ARGS', key: 'q' }, { scope: { method: 'POST', path } })],
      async (engine) => {
        const at = (one: string) => post({ kind: 'form', fields: [['q', payload]] }, { path: one });
        expect(await fires(engine, at(path))).toBe(false);
        expect(await fires(engine, at(`${path}x`))).toBe(true);
      },
    );
  });

  it('keeps hostile text inside its comments', async () => {
    const hostile = 'x\nSecRuleEngine Off\r\n\\';
    const named = exclusion({ collection: 'ARGS', key: 'q' }, { findings: ['f'], widerBecause: hostile });
    const [before = ''] = files([named]);
    expect(before.split('\n').filter((line) => /^\s*SecRuleEngine/.test(line))).toEqual([]);
    expect(before.split('\n').filter((line) => line.startsWith('#') && line.endsWith('\\'))).toEqual([]);
    await withRules([named], async (engine) => expect(await fires(engine, form(['other', payload]))).toBe(true));
  });

  it('silences a chain whose payload is in its last link as a whole only', async () => {
    const length = { collection: 'REQUEST_HEADERS', key: 'Content-Length' };
    const get = { ...form(['q', 'a']), method: 'GET' };
    const rule = { ruleIds: [920_170], scope: { method: 'GET', path: '/api/comments' } };
    const isSilent = async (one: Exclusion) =>
      withRules([one], async (engine) => {
        const { record } = await engine.evaluate(get, 'w7-test');
        return !record?.hits.some(({ ruleId }) => ruleId === 920_170);
      });
    expect(await isSilent(exclusion(length, rule))).toBe(false);
    expect(await isSilent(exclusion(undefined, rule))).toBe(true);
  });

  it('writes the same text whatever order the exclusions come in', () => {
    const all = ['a', 'b', 'c'].map((key) => exclusion({ collection: 'ARGS', key }, { id: key }));
    expect(files(all.toReversed())).toEqual(files(all));
  });

  it('keeps the number of a rule when other endpoints come and go', () => {
    const at = (path: string) => exclusion({ collection: 'ARGS', key: 'q' }, { scope: { method: 'POST', path } });
    const numberOf = (text = '') => /# POST \/b\n(?:#.*\n)*SecRule.*id:(\d+)/.exec(text)?.[1];
    const [alone] = files([at('/b')]);
    const [among] = files([at('/a'), at('/b'), at('/c')]);
    expect(numberOf(among)).toBe(numberOf(alone));
    expect(numberOf(alone)).toMatch(/^1\d{4}$/);
  });
});
