import { describe, expect, test } from 'vitest';
import { createAttributor } from '../../../src/waf/modsecurity/attribute.js';
import type { ModsecurityHit, ModsecurityRecord } from '../../../src/waf/modsecurity/log-record.js';
import type { CatalogRule, RuleCatalog } from '../../../src/waf/modsecurity/rule-catalog.js';
import { form } from './engine-fixture.js';

const ruleset = 'OWASP_CRS/3.3.4';
const rule: CatalogRule = { tags: [], collections: ['ARGS'], chained: false, phase: 2, severity: 'CRITICAL', ruleset };
const [plain, chain, heedful] = [942100, 932200, 933160];

/** A rule of its own, a chain, and a rule without links that heeds every match as the chain does. */
const catalog: RuleCatalog = new Map([
  [plain, rule],
  [chain, { ...rule, chained: true }],
  [heedful, rule],
]);

/** A line of the log. The engine leaves the text out where a rule heeds every match. */
function line(ruleId: number, message = ''): ModsecurityHit {
  const severity = message === '' ? {} : { severity: 'CRITICAL' as const };
  return { ruleId, message, tags: [], variable: { collection: 'ARGS', key: 'q' }, matches: [], ...severity };
}

const said = line(plain, 'SQL Injection Attack');

/** The rules whose hits are left of a log entry with such a score. */
function rulesLeft(hits: readonly ModsecurityHit[], inbound?: number, from = ruleset): readonly unknown[] {
  const record: ModsecurityRecord = {
    action: 'blocked',
    waf: { kind: 'modsecurity', ruleset: from },
    ...(inbound !== undefined && { score: { inbound, threshold: 5 } }),
    hits,
  };
  const attribute = createAttributor(() => catalog);
  return attribute(record, form(['q', '1 or 1=1'])).hits.map(({ ruleId }) => ruleId);
}

describe('a chain of which the log tells what its head matched only', () => {
  test('broke where the other hits account for all of the score', () => {
    expect(rulesLeft([said, line(chain)], 5)).toEqual([plain]);
    expect(rulesLeft([line(chain), said], 5)).toEqual([plain]);
  });

  test('matched where they do not', () => {
    expect(rulesLeft([said, line(chain)], 10)).toEqual([plain, chain]);
    expect(rulesLeft([said, line(chain)], 6)).toEqual([plain, chain]);
    expect(rulesLeft([line(chain)], 5)).toEqual([chain]);
  });

  test('is kept where the log has no score', () => {
    expect(rulesLeft([said, line(chain)])).toEqual([plain, chain]);
  });
});

describe('whatever the score, a hit is kept', () => {
  test('of a chain whose text the log has: all of it matched', () => {
    expect(rulesLeft([said, line(chain, 'Remote Command Execution')], 5)).toEqual([plain, chain]);
  });

  test('of a rule without links', () => {
    expect(rulesLeft([said, line(heedful)], 5)).toEqual([plain, heedful]);
  });

  test('of a rule of another version, which may be no chain', () => {
    expect(rulesLeft([said, line(chain)], 5, 'OWASP_CRS/4.7.0')).toEqual([plain, chain]);
  });
});
