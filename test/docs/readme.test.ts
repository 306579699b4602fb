import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseArguments } from '../../src/cli/arguments.js';
import { commands } from '../../src/cli/commands.js';
import { loadConfig } from '../../src/config/config-file.js';
import { verdictKinds } from '../../src/model/case.js';
import { loadSuites } from '../../src/suite/load-suites.js';
import { packageRoot } from '../../src/util/package-root.js';

const readme = readFileSync(join(packageRoot, 'README.md'), 'utf8');

function blocks(language: string): readonly string[] {
  return [...readme.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, 'gms'))].map(([, text = '']) => text);
}

function folderWith(name: string, text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'wafproof-readme-'));
  writeFileSync(join(folder, name), text);
  return folder;
}

describe('the README', () => {
  it('shows a suite that loads', async () => {
    const [suite = ''] = blocks('yaml').filter((text) => text.includes('suite: '));
    const cwd = folderWith('comments.yaml', suite);
    const { total } = await loadSuites({ patterns: ['comments.yaml'], cwd, env: { STAGING_PASSWORD: 'secret' } });
    expect(total).toBeGreaterThan(50);
  });

  it('shows a config that loads', async () => {
    const [config = ''] = blocks('yaml').filter((text) => text.includes('targets:'));
    const { targets } = await loadConfig({ cwd: folderWith('wafproof.config.yaml', config) });
    expect(Object.keys(targets)).toEqual(['staging']);
  });

  it('names every verdict', () => {
    for (const kind of verdictKinds) expect(readme).toContain(`\`${kind}\``);
  });

  it('shows commands and options that exist', () => {
    const lines = blocks('sh').flatMap((block) =>
      [...block.matchAll(/^wafproof ([^#|&\n]*)/gm)].map(([, line = '']) => line),
    );
    expect(lines.length).toBeGreaterThan(4);
    for (const line of lines) {
      const [name, ...words] = line.trim().split(/\s+/);
      const command = commands.find((one) => one.name === name);
      expect(command, line).toBeDefined();
      if (command !== undefined) parseArguments(command.name, command.flags, words);
    }
  });
});
