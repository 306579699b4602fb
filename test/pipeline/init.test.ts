import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/config-file.js';
import { init } from '../../src/pipeline/init.js';
import { loadSuites } from '../../src/suite/load-suites.js';

const folder = () => mkdtempSync(join(tmpdir(), 'wafproof-init-'));

describe('init', () => {
  it('writes a config and a suite that load', async () => {
    const cwd = folder();
    expect(await init(cwd)).toMatchObject({ written: ['wafproof.config.yaml', 'suites/comments.yaml'], kept: [] });
    const config = await loadConfig({ cwd });
    expect(Object.keys(config.targets)).toEqual(['staging']);
    const suites = await loadSuites({ patterns: config.suites, cwd, env: {} });
    expect(suites.total).toBeGreaterThan(50);
  });

  it('keeps what is there', async () => {
    const cwd = folder();
    writeFileSync(join(cwd, 'wafproof.config.yaml'), 'suites: []\n');
    expect((await init(cwd)).kept).toEqual(['wafproof.config.yaml']);
    expect(readFileSync(join(cwd, 'wafproof.config.yaml'), 'utf8')).toBe('suites: []\n');
  });

  it('says so where it cannot write', async () => {
    const cwd = folder();
    writeFileSync(join(cwd, 'suites'), 'a file');
    await expect(init(cwd)).rejects.toMatchObject({
      code: 'OUTPUT_UNWRITABLE',
      message: expect.stringMatching(
        / cannot write here \((?:something of this name is there already|a part of the path is a file)\); run "wafproof init" in a folder/,
      ),
    });
  });
});
