import { spawnSync } from 'node:child_process';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { toolVersion } from '../../src/pipeline/tool-version.js';
import { freshTree, remove } from './fresh-tree.js';
import { type Place, placeOf, runIn } from './place.js';
import { self } from './users.js';

/** npm installs the compiler in a clone of its own, and all else that the build needs. */
const installTimeoutMs = 5 * 60_000;

const author = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com'];

/** Set-up says so where it is missing. */
const withoutGit = spawnSync('git', ['--version']).status !== 0 && !process.env['CI'];

test.skipIf(withoutGit)(
  'an install from a git URL builds the program',
  async () => {
    const place = await placeOf(self);
    const { code, stderr } = await runIn(place, ['npm', 'install', `git+file://${await repository(place)}`]);
    expect(code, stderr).toBe(0);
    const version = await runIn(place, ['npx', '--no', '--', 'wafproof', '--version']);
    expect(version).toEqual({ code: 0, stdout: `${toolVersion()}\n`, stderr: '' });
    await access(join(place.folder, 'node_modules/wafproof/suites/suite.schema.json'));
  },
  installTimeoutMs,
);

/** This tree, committed to a repository that has nothing else. */
async function repository({ user, home }: Place): Promise<string> {
  const folder = await freshTree();
  onTestFinished(() => remove(folder));
  for (const args of [
    ['init', '--quiet'],
    ['add', '--all'],
    [...author, 'commit', '--quiet', '--message', 'All'],
  ]) {
    const { code, stderr } = await runIn({ user, home, folder }, ['git', ...args]);
    expect(code, stderr).toBe(0);
  }
  return folder;
}
