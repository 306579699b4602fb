import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { shippedSuites } from '../../src/suite/shipped-suites.js';
import { packageRoot } from '../../src/util/package-root.js';

async function idsIn(file: string): Promise<readonly string[]> {
  const ids = (await readFile(file, 'utf8')).matchAll(/^ {2}- (?:\w+: .*\n {4})*id: (\S+)$/gm);
  return [...ids].map(([, id]) => `${basename(file, '.yaml')}/${id}`);
}

test('the suites that ship can be used together: no two cases have one id', async () => {
  const names = (await readdir(join(packageRoot, 'suites'))).filter((name) => name.endsWith('.yaml'));
  const applications = await readdir(join(packageRoot, '.github/examples/applications'));
  const all = [...names.map((name) => basename(name, '.yaml')), ...applications.map((name) => `applications/${name}`)];
  const files = (await Promise.all(all.map((name) => shippedSuites(`wafproof:${name}`)))).flat();
  const ids = (await Promise.all(files.map(idsIn))).flat();
  expect(ids.length).toBeGreaterThan(300);
  expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
});
