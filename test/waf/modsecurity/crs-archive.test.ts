import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeTemporaryFolder } from '../../../src/util/temporary-folder.js';
import { openCrs } from '../../../src/waf/modsecurity/crs-archive.js';
import { type Packed, zipOf } from '../../util/zip-archive.js';

const rule: Packed = { name: 'coreruleset-9/rules/REQUEST-901.conf', content: Buffer.from('SecMarker "X"\n') };

async function archive(files: readonly Packed[]): Promise<string> {
  const path = join(await makeTemporaryFolder('zip'), 'crs.zip');
  writeFileSync(path, zipOf(files));
  return path;
}

test('a release that is a zip archive is a folder as long as it is open', async () => {
  const data = { name: 'coreruleset-9/rules/words.data', content: Buffer.from('a\n') };
  const others = { name: 'coreruleset-9/README.md', content: Buffer.from('x') };
  const { folder = '', close } = await openCrs(await archive([rule, data, others]));
  expect(readFileSync(join(folder, 'rules', 'REQUEST-901.conf'), 'utf8')).toBe('SecMarker "X"\n');
  expect(readdirSync(folder)).not.toContain('README.md');
  await close();
  expect(existsSync(folder)).toBe(false);
});

test.each(['../../rules/a.conf', '/etc/rules/a.conf', 'a\\..\\rules/a.conf', 'C:/rules/a.conf'])(
  'an archive with %s is refused',
  async (name) => {
    const opened = openCrs(await archive([rule, { ...rule, name }]));
    await expect(opened).rejects.toMatchObject({ code: 'CRS_ARCHIVE' });
    await expect(opened).rejects.toThrow('leads out of the archive');
  },
);

test('a link among the rules is refused', async () => {
  const opened = openCrs(await archive([{ ...rule, mode: 0o120777 }]));
  await expect(opened).rejects.toMatchObject({ code: 'CRS_ARCHIVE' });
});

test('an archive without rules is no rule set', async () => {
  const opened = openCrs(await archive([{ name: 'README.md', content: Buffer.from('x') }]));
  await expect(opened).rejects.toThrow('it holds no rules/*.conf');
});
