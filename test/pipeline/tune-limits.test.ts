import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { inWords } from '../exclude/exclusions.js';
import { leaveOut } from '../waf/modsecurity/lab/server-fixture.js';
import { tuneGround } from './tune-ground.js';

/** As in ModSecurity's recommended configuration; rule 200005 comes after those that it is told of. */
const few = 'SecPcreMatchLimit 1000\nSecPcreMatchLimitRecursion 1000\n';
const refuses = `SecRule TX:/^MSC_/ "!@streq 0" "id:200005,phase:2,t:none,deny,msg:'internal error: %{MATCHED_VAR_NAME}'"\n`;
const endless = `SecRule ARGS "@rx ^(?:a+)+$" "id:100200,phase:2,t:none,log,pass,msg:'takes forever'"\n`;

it.skipIf(leaveOut('apache'))(
  'rules that ran out of steps on Apache are given more, and those that need too many do not run',
  async () => {
    const ground = tuneGround(1);
    const [before, after] = [join(ground.world.cwd, 'before.conf'), join(ground.world.cwd, 'after.conf')];
    await Promise.all([writeFile(before, few), writeFile(after, endless + refuses)]);
    const suite = `suite: S\ncases:\n  - { id: long, path: /long, form: { text: "${'.../'.repeat(800)}" } }\n  - { id: endless, path: /endless, form: { text: "${'a'.repeat(60)}!" } }\n`;
    const checked = await ground.check(suite);
    const { report, files } = await ground.tune(
      checked,
      { servers: ['apache'], engines: ['modsecurity2'] },
      { rulesBefore: [before], rulesAfter: [after] },
    );
    expect(report.verification).toMatchObject({ cleared: ['s/endless', 's/long'], stillBlocked: [], tooBroad: [] });
    const [removed = '', raised = ''] = (report.exclusions ?? []).map(inWords).sort();
    expect(removed).toBe('100200 removed at POST /endless');
    expect(raised).toMatch(/^200005, .*9\d{5} with matching of 100000 everywhere$/);
    const written = await Promise.all(files.map((file) => readFile(file, 'utf8')));
    expect(written[0]).toContain('SecPcreMatchLimit 100000\nSecPcreMatchLimitRecursion 100000\n');
    expect(written[1]).not.toContain('SecPcreMatchLimit');
  },
);
