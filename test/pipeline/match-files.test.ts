import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RuleMatch } from '../../src/contract/prover.js';
import { matchesIn, matchFiles, notesOf } from '../../src/pipeline/match-files.js';
import { formatNotes, noteFolder, parseNotes } from '../../src/pipeline/note-files.js';
import { folderOf } from '../suite/suite-folder.js';

const matches = new Map<string, readonly RuleMatch[]>([
  ['kq3-_Yw', [{ ruleId: 942100, scoring: 5 }, { ruleId: 200002 }]],
  ['none', []],
  ['named', [{ ruleId: 'a rule', scoring: 3 }]],
]);

async function store() {
  const folder = join(await folderOf({}), 'cache', 'matches');
  return { folder, files: matchFiles(folder) };
}

describe('what attacks fire', () => {
  it('is kept from one job to the next, where the user alone can read it', async () => {
    const { folder, files } = await store();
    expect(await files.read('key')).toEqual(new Map());
    await files.add('key', matches);
    expect(await matchFiles(folder).read('key')).toEqual(matches);
    expect(await files.read('other')).toEqual(new Map());
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    expect((await stat(join(folder, 'key.txt'))).mode & 0o777).toBe(0o600);
  });

  it('is added to by every job', async () => {
    const { files } = await store();
    await files.add('key', matches);
    await files.add('key', new Map([['more', []]]));
    expect([...(await files.read('key')).keys()]).toEqual(['kq3-_Yw', 'none', 'named', 'more']);
  });

  it('is whole whoever writes at the same time', async () => {
    const { folder, files } = await store();
    const one = (index: number) => new Map([[`attack-${index}`, [{ ruleId: index, scoring: 5 }]]]);
    await Promise.all(Array.from({ length: 20 }, (_, index) => matchFiles(folder).add('key', one(index))));
    expect((await files.read('key')).size).toBeGreaterThanOrEqual(1);
    expect(await readdir(folder)).toEqual(['key.txt']);
  });

  it('counts as unknown where the file was cut, changed or is none of ours, and is written anew then', async () => {
    const { folder, files } = await store();
    await files.add('key', matches);
    const path = join(folder, 'key.txt');
    const text = await readFile(path, 'utf8');
    for (const other of [text.slice(0, -1), text.slice(0, 40), text.replace('942100', '942101'), '', 'x', `${text}x`]) {
      await writeFile(path, other);
      expect(await files.read('key')).toEqual(new Map());
    }
    await files.add('key', matches);
    expect(await files.read('key')).toEqual(matches);
  });

  it('is read as it was written, and never from other text', () => {
    const rule = fc.record({ ruleId: fc.oneof(fc.nat(), fc.string()), scoring: fc.nat() });
    const all = fc.array(fc.tuple(fc.stringMatching(/^[\w-]{1,32}$/), fc.array(rule)));
    const written = fc.property(all, (rows) => {
      const text = formatNotes(notesOf(new Map(rows)), 'head 1');
      expect(matchesIn(parseNotes(text, 'head 1'))).toEqual(new Map(rows));
      expect(parseNotes(text, 'head 2').size).toBe(0);
    });
    const foreign = fc.property(fc.string(), (text) => {
      expect(parseNotes(text, 'head 1').size).toBe(0);
    });
    fc.assert(written);
    fc.assert(foreign);
  });

  it('is not kept where nothing can be written', async () => {
    const folder = join(await folderOf({ file: '' }), 'file', 'matches');
    await matchFiles(folder).add('key', matches);
    expect(await matchFiles(folder).read('key')).toEqual(new Map());
  });

  it('lies where the user keeps caches', () => {
    expect(noteFolder('matches', { XDG_CACHE_HOME: '/caches', HOME: '/home/a' })).toBe('/caches/wafproof/matches');
    expect(noteFolder('matches', { XDG_CACHE_HOME: 'here', HOME: '/home/a' })).toBe('/home/a/.cache/wafproof/matches');
    expect(noteFolder('audits', { HOME: '/home/a' })).toBe('/home/a/.cache/wafproof/audits');
    expect(noteFolder('matches', {})).toBeUndefined();
  });
});
