import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from '../src/util/package-root.js';
import { longestFiles } from './longest-files.js';

test('the longest files are there under the names by which they run first', () => {
  expect(longestFiles.filter((name) => !existsSync(join(packageRoot, name)))).toEqual([]);
});
