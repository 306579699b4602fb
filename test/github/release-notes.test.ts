import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { toolVersion } from '../../src/pipeline/tool-version.js';
import { packageRoot } from '../../src/util/package-root.js';
import { folderOf } from '../suite/suite-folder.js';

const changelog = `# Changelog

## Unreleased

- Not yet.

## 1.2.0 - 2026-01-31

- One thing.

### In detail

- Another.

## 1.1.0

- An old thing.

## 1.0.0
`;

test.each([
  ['1.2.0', '- One thing.\n\n### In detail\n\n- Another.\n'],
  ['1.1.0', '- An old thing.\n'],
])('the notes of %s are its section of the changelog', async (version, stdout) => {
  expect(await notesFor(`v${version}`, version)).toEqual({ code: 0, stdout, stderr: '' });
});

test.each([
  ['a tag of another version', 'v1.1.0', '1.2.0', 'the tag is "v1.1.0", and package.json has version 1.2.0'],
  ['a tag without its v', '1.2.0', '1.2.0', 'the tag is "1.2.0", and package.json has version 1.2.0'],
  ['no tag', '', '1.2.0', 'the tag is "", and package.json has version 1.2.0'],
  ['a version without a section', 'v1.3.0', '1.3.0', '.github/CHANGELOG.md has no section "## 1.3.0"'],
  ['the beginning of a version', 'v1.2', '1.2', '.github/CHANGELOG.md has no section "## 1.2"'],
  ['an empty section', 'v1.0.0', '1.0.0', 'the section "## 1.0.0" of .github/CHANGELOG.md says nothing'],
])('%s stops the release', async (_, tag, version, message) => {
  expect(await notesFor(tag, version)).toEqual({ code: 1, stdout: '', stderr: `release: ${message}\n` });
});

test('the version of this tree has a section', () => {
  expect(run(packageRoot, `v${toolVersion()}`)).toMatchObject({ code: 0, stdout: expect.stringMatching(/^- \S/m) });
});

test('npm and GitHub are told the same place', () => {
  const { repository, bugs, homepage } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8'));
  const place = 'https://github.com/wafproof/wafproof';
  expect({ repository, bugs, homepage }).toEqual({
    repository: { type: 'git', url: `git+${place}.git` },
    bugs: `${place}/issues`,
    homepage: `${place}#readme`,
  });
});

async function notesFor(tag: string, version: string) {
  return run(await folderOf({ 'package.json': JSON.stringify({ version }), '.github/CHANGELOG.md': changelog }), tag);
}

function run(cwd: string, tag: string) {
  const script = join(packageRoot, '.github/release-notes.mjs');
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, tag], { cwd, encoding: 'utf8' });
  return { code: status, stdout, stderr };
}
