import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { systems } from '../../src/triage/systems.js';
import { packageRoot } from '../../src/util/package-root.js';
import { triagePage } from './triage-page.js';

it('the page on refusals says what the table says', async () => {
  await expect(triagePage()).toMatchFileSnapshot(join(packageRoot, '.github', 'TRIAGE.md'));
});

it('and tells of each system', () => {
  const page = readFileSync(join(packageRoot, '.github', 'TRIAGE.md'), 'utf8');
  for (const { name, id } of systems) expect(page).toContain(`### ${name}\n\n\`${id}\``);
});

it('the README leads there', () => {
  expect(readFileSync(join(packageRoot, 'README.md'), 'utf8')).toContain('](.github/TRIAGE.md)');
});
