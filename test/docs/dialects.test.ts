import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { packageRoot } from '../../src/util/package-root.js';
import { dialectNames } from '../../src/waf/modsecurity/dialects/dialects.js';
import { dialectSections } from './dialect-sections.js';
import { dialectsPage } from './dialects-page.js';

it('the page on dialects says what the dialects say', async () => {
  await expect(dialectsPage()).toMatchFileSnapshot(join(packageRoot, '.github', 'DIALECTS.md'));
});

it('and tells of each of them', () => {
  expect(dialectSections.map(({ name }) => name)).toEqual(dialectNames);
});

it('the README leads there', () => {
  expect(readFileSync(join(packageRoot, 'README.md'), 'utf8')).toContain('](.github/DIALECTS.md)');
});
