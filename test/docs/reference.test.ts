import { join } from 'node:path';
import { expect, it } from 'vitest';
import { packageRoot } from '../../src/util/package-root.js';
import { referencePage } from './reference.js';

it('the reference page says what the program says', async () => {
  await expect(referencePage()).toMatchFileSnapshot(join(packageRoot, '.github', 'REFERENCE.md'));
});
