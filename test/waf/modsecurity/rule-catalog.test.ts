import { describe, expect, it } from 'vitest';
import { parseRules, readCatalog, ruleOf } from '../../../src/waf/modsecurity/rule-catalog.js';
import { crsFolder } from '../../../src/waf/modsecurity/rule-plan.js';
import { ruleFolder } from './engine-fixture.js';

const chain = `
# SecRule ARGS "@rx x" "id:1,phase:2,pass"
SecRule REQUEST_COOKIES|!REQUEST_COOKIES:/__utm/|&ARGS|ARGS:a|XML:/* "@rx \\"quoted\\"" \\
    "id:942999,\\
    phase:1,\\
    tag:'attack-sqli',\\
    tag:'paranoia-level/2',\\
    chain"
    SecRule MATCHED_VARS "@rx y" "t:none"
SecRule ARGS "@rx z" "phase:request,id:'7',pass"
`;

describe('the catalog of rules', () => {
  it('reads ids, tags and what a rule looks at, and sees chains', () => {
    expect(new Map(parseRules(chain))).toEqual(
      new Map([
        [
          942999,
          {
            tags: ['attack-sqli', 'paranoia-level/2'],
            collections: ['REQUEST_COOKIES', 'ARGS', 'XML'],
            chained: true,
            phase: 1,
          },
        ],
        [7, { tags: [], collections: ['ARGS'], chained: false, phase: 2 }],
      ]),
    );
  });

  it('reads every rule file of a folder', () => {
    expect([...readCatalog(ruleFolder(chain)).keys()]).toEqual([942999, 7]);
  });

  it('is empty where there are no rules', () => {
    expect(readCatalog('/nonexistent').size).toBe(0);
  });

  it('says nothing of a rule set that it does not know', () => {
    const catalog = readCatalog(crsFolder({}));
    expect(ruleOf(catalog, 942100, catalog.get(942100)?.ruleset)).toBeDefined();
    expect(ruleOf(catalog, 942100, undefined)).toBeDefined();
    expect(ruleOf(catalog, 942100, 'OWASP_CRS/0.0.1')).toBeUndefined();
    expect(ruleOf(catalog, 'AWS#x', undefined)).toBeUndefined();
  });

  it('knows the rules of the installed Core Rule Set', () => {
    const catalog = readCatalog(crsFolder({}));
    expect(catalog.size).toBeGreaterThan(300);
    expect(catalog.get(942100)).toMatchObject({ chained: false });
    expect(catalog.get(942100)?.tags).toContain('attack-sqli');
    expect(catalog.get(931130)).toMatchObject({ chained: true, phase: 2 });
    expect(catalog.get(920470)).toMatchObject({ phase: 1 });
    expect([...catalog.values()].every(({ phase }) => phase >= 1 && phase <= 5)).toBe(true);
  });
});
