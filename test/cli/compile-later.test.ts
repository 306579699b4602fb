import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compileLater } from '../../src/cli/compile-later.js';
import { packageRoot } from '../../src/util/package-root.js';

test('the engine of this Node knows the option, or is left alone', () => {
  const { status, stderr } = spawnSync(process.execPath, [join(packageRoot, 'dist/cli/main.js'), '--version']);
  expect(`${stderr}`).toBe('');
  expect(status).toBe(0);
});

test('another engine is left alone', () => {
  expect(() => compileLater({ v8: '999.0' })).not.toThrow();
});
