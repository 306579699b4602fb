import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { packageRoot } from '../../src/util/package-root.js';
import { exportTable, type PublicApi, readPublicApi } from './public-api.js';

const path = join(packageRoot, '.github', 'API.md');
const heading = '## All exports\n';

let api: PublicApi;

beforeAll(() => {
  api = readPublicApi();
});

it('a program can import every type that a signature names', () => {
  expect(api.missing, 'Export it from index.ts.').toEqual([]);
});

it('all that is exported says what it is', () => {
  expect(api.names.filter(({ summary }) => summary === '').map(({ name }) => name)).toEqual([]);
});

it('the page on the API lists all exports', async () => {
  const [prose = ''] = readFileSync(path, 'utf8').split(heading);
  await expect(`${prose}${heading}\n${exportTable(api)}`).toMatchFileSnapshot(path);
});

it('the README and the reference lead there', () => {
  expect(readFileSync(join(packageRoot, 'README.md'), 'utf8')).toContain('](.github/API.md)');
  expect(readFileSync(join(packageRoot, '.github', 'REFERENCE.md'), 'utf8')).toContain('](API.md)');
});
