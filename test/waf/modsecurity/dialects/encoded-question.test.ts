import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { pathCondition } from '../../../../src/waf/modsecurity/dialects/paths.js';
import type { EngineName } from '../../../../src/waf/modsecurity/dialects/rule-dialect.js';
import { emptyLog, startTestLab } from '../../../pipeline/doctor-target.js';
import { leaveOut, testLab } from '../lab/server-fixture.js';

const path = '/notes/what%3Fnow';

/** A file with a rule that refuses a path with 409. */
function refusing(engines: readonly EngineName[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'wafproof-question-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'path.conf');
  writeFileSync(
    file,
    `SecRule REQUEST_FILENAME "${pathCondition(path, engines)}" "id:1001,phase:1,t:none,deny,status:409"\n`,
  );
  return file;
}

async function statusAt(url: string, target: string): Promise<number> {
  const response = await fetch(`${url}${target}`);
  await response.text();
  return response.status;
}

const servers = [
  ['embedded', 'modsecurity3'],
  ['nginx', 'modsecurity3'],
  ['apache', 'modsecurity2'],
] as const;

test.each(servers)('a path with an encoded question mark is met on %s', async (server, own) => {
  if (server !== 'embedded' && leaveOut(server)) return;
  for (const engines of [[own], ['modsecurity2', 'modsecurity3', 'coraza']] satisfies EngineName[][]) {
    const engine = { rulesBefore: [refusing(engines)], rulesAfter: [], workers: 1 };
    const { url } =
      server === 'embedded'
        ? await startTestLab({ engine })
        : await testLab(server, { auditLog: await emptyLog(), engine });
    expect(await statusAt(url, `${path}?page=1`)).toBe(409);
    expect(await statusAt(url, '/notes/else')).not.toBe(409);
  }
});
