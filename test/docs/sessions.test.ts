import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/config-file.js';
import { resolveTarget } from '../../src/config/resolve-target.js';
import { problemTexts } from '../../src/model/problem-texts.js';
import { loadSuites } from '../../src/suite/load-suites.js';
import { packageRoot } from '../../src/util/package-root.js';
import { folderOf } from '../suite/suite-folder.js';

const page = readFileSync(join(packageRoot, '.github/SESSIONS.md'), 'utf8');
const blocks = [...page.matchAll(/^```yaml\n(.*?)^```/gms)].map(([, text = '']) => text);
const configs = blocks.filter((text) => /^targets:/m.test(text));
const suites = blocks.filter((text) => /^suite:/m.test(text));
const variables = [...page.matchAll(/!env (\w+)/g)].map(([, name = '']) => [name, 'secret']);
const env: Record<string, string> = Object.fromEntries(variables);

describe('the page on sessions', () => {
  it('shows nothing but configs and suites', () => {
    expect(configs.length + suites.length).toBe(blocks.length);
    expect([configs.length, suites.length]).toEqual([7, 2]);
  });

  it.each(configs)('shows a config that loads, with a session: %s', async (text) => {
    const cwd = await folderOf({ 'wafproof.config.yaml': text });
    const { targets } = await loadConfig({ cwd });
    const [name = ''] = Object.keys(targets);
    const target = resolveTarget(await loadConfig({ cwd }), { target: name }, env);
    expect(target.session?.steps ?? target.session?.browser).toBeDefined();
  });

  it.each(suites)('shows a suite that loads: %s', async (text) => {
    const cwd = await folderOf({ 's.yaml': text });
    expect((await loadSuites({ patterns: ['s.yaml'], cwd, env })).total).toBeGreaterThan(0);
  });

  it('names errors that there are', () => {
    const named = [...page.matchAll(/`((?!WAFPROOF)[A-Z]+_[A-Z]+)\b/g)].map(([, code = '']) => code);
    expect(named.filter((code) => !Object.hasOwn(problemTexts, code))).toEqual([]);
    expect(named.length).toBeGreaterThan(8);
  });

  it.each(['README.md', '.github/REFERENCE.md'])('is linked from %s', (from) => {
    expect(readFileSync(join(packageRoot, from), 'utf8')).toMatch(/\]\((?:\.github\/)?SESSIONS\.md\)/);
  });
});
