import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { configurationMark } from '../../src/model/report.js';
import { dialectNames, dialectOf } from '../../src/waf/modsecurity/dialects/dialects.js';
import { serverNames, setupParts } from '../../src/waf/modsecurity/setup-advice.js';
import { tuneGround } from './tune-ground.js';

const suite = "suite: S\ncases:\n  - { id: sql, path: /a, form: { note: \"1' or '1'='1\" } }\n";
const before = 'REQUEST-900-EXCLUSION-RULES-BEFORE-CRS.conf';
const after = 'RESPONSE-999-EXCLUSION-RULES-AFTER-CRS.conf';

describe('a file that somebody else wrote', () => {
  test('stops tune before it searches, and stays as it is', async () => {
    const { world, check, tune } = tuneGround(1);
    const folder = join(world.cwd, 'out', 'modsecurity');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, after), '# mine\n');
    await expect(tune(await check(suite))).rejects.toMatchObject({
      code: 'OUTPUT_NOT_OURS',
      problems: [{ place: { file: join(folder, after) } }],
    });
    expect(readFileSync(join(folder, after), 'utf8')).toBe('# mine\n');
    expect(existsSync(join(folder, before))).toBe(false);
  });

  test('is none that tune wrote before', async () => {
    const { check, tune } = tuneGround(1);
    const report = await check(suite);
    const { files } = await tune(report);
    expect((await tune(report)).files).toEqual(files);
  });
});

/** What a dialect writes where there is nothing to exclude. */
function filesOf(name: string) {
  const notes = { reasons: new Map(), engine: 'ModSecurity 3.0.9', firstId: 10_000 };
  return dialectOf(name, ['modsecurity3'])?.write([], notes).files ?? [];
}

describe('the files of each dialect', () => {
  test.each(dialectNames)('%s carry the mark', (name) => {
    expect(filesOf(name).length).toBeGreaterThan(0);
    for (const { content } of filesOf(name)) expect(content).toContain(configurationMark);
  });

  test.each(dialectNames)('%s have names that the set-up of no server takes', (name) => {
    const places = serverNames.flatMap((server) => setupParts(server).map(({ place }) => place)).join('\n');
    for (const { name: file } of filesOf(name)) expect(places).not.toContain(`/${basename(file)}`);
  });
});
