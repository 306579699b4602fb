import { readdirSync, readFileSync, statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderOf } from '../suite/suite-folder.js';
import { start } from './command.js';

function filesIn(folder: string): readonly string[] {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name));
  return paths.filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile() === true);
}

test('a killed check leaves no payload behind, and the next one removes what it left', async () => {
  const folder = await folderOf({ 'temporary/a.txt': '' });
  const cases = Array.from(
    { length: 3000 },
    (_, i) => `  - { id: 'c${i}', form: { password: !env SECRET, q: "' or 1=1 --" } }`,
  );
  await writeFile(join(folder, 's.yaml'), `suite: S\ncases:\n${cases.join('\n')}\n`);
  const env = { ...process.env, TMPDIR: join(folder, 'temporary'), SECRET: 'hunter22-1=1' };
  const first = start(['check', 's.yaml', '--workers', '1', '--out', 'out'], { cwd: folder, env });
  await new Promise<void>((resolve) => first.process.stderr?.on('data', (text) => /\d+\/3000/.test(text) && resolve()));
  first.process.kill('SIGKILL');
  await first.ended;
  const left = () => readdirSync(env.TMPDIR).filter((name) => name.startsWith('wafproof-'));
  expect(left()).toHaveLength(1);
  const texts = filesIn(folder).map((path) => readFileSync(path, 'latin1'));
  expect(texts.filter((text) => /hunter22/.test(text))).toEqual([]);
  await writeFile(join(folder, 's.yaml'), 'suite: S\ncases: [{ id: a, path: / }]\n');
  expect((await start(['check', 's.yaml', '--workers', '1', '--out', 'out'], { cwd: folder, env }).ended).code).toBe(0);
  expect(left()).toEqual([]);
});
