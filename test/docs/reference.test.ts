import { join } from 'node:path';
import { expect, it } from 'vitest';
import { tagNames } from '../../src/suite/plan-value.js';
import { packageRoot } from '../../src/util/package-root.js';
import { configKeys } from './config-page.js';
import { errorRows } from './error-rows.js';
import { referencePage } from './reference.js';
import { tagRows } from './tag-rows.js';

it('the reference page says what the program says', async () => {
  await expect(await referencePage()).toMatchFileSnapshot(join(packageRoot, '.github', 'REFERENCE.md'));
});

it('every error has a cure', () => {
  expect(errorRows().filter(([, , cure]) => cure === '')).toEqual([]);
});

it('every tag is told of', () => {
  expect(tagRows().map(([tag]) => tag)).toEqual(tagNames.map((name) => `\`!${name}\``));
});

it('every key of the config says what it means', () => {
  expect(configKeys().filter(([, means]) => means === '')).toEqual([]);
});
