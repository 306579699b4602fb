import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { planCrs } from '../../../src/waf/modsecurity/rule-plan.js';
import { ruleFile } from './engine-fixture.js';

const options = { rulesBefore: [], rulesAfter: [], mode: 'block' as const };

function files(more: Partial<Parameters<typeof planCrs>[0]>): readonly string[] {
  return planCrs({ ...options, ...more }).flatMap((part) => ('file' in part ? [basename(part.file)] : []));
}

describe('an engine for some rules only', () => {
  it('loads the files that hold them, and all that do not detect', () => {
    const loaded = files({ onlyRules: [942100, 932115] });
    expect(loaded.filter((name) => /-9[1-4]\d-(?!BLOCKING)/.test(name))).toEqual([
      'REQUEST-932-APPLICATION-ATTACK-RCE.conf',
      'REQUEST-942-APPLICATION-ATTACK-SQLI.conf',
    ]);
    expect(loaded).toEqual(
      expect.arrayContaining([
        'REQUEST-901-INITIALIZATION.conf',
        'REQUEST-905-COMMON-EXCEPTIONS.conf',
        'REQUEST-949-BLOCKING-EVALUATION.conf',
        'RESPONSE-959-BLOCKING-EVALUATION.conf',
        'RESPONSE-980-CORRELATION.conf',
      ]),
    );
  });

  it('loads all of them where none are named', () => {
    expect(files({}).length).toBeGreaterThan(files({ onlyRules: [] }).length + 15);
  });

  it("loads the user's rules, and files that are not of the Core Rule Set", () => {
    const crs = mkdtempSync(join(tmpdir(), 'wafproof-rules-'));
    mkdirSync(join(crs, 'rules'));
    for (const name of ['house.conf', 'REQUEST-900-EXCLUSION-RULES.conf', 'REQUEST-941-XSS.conf']) {
      writeFileSync(join(crs, 'rules', name), 'SecAction "id:1,phase:1,pass"\n');
    }
    const own = ruleFile('own.conf', 'SecAction "id:2,phase:1,pass"\n');
    expect(files({ crs, rulesAfter: [own], onlyRules: [7] })).toEqual([
      'REQUEST-900-EXCLUSION-RULES.conf',
      'house.conf',
      'own.conf',
    ]);
  });
});
