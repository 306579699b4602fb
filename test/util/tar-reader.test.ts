import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readTar } from '../../src/util/tar-reader.js';
import { folderOf } from '../suite/suite-folder.js';

const long = `${'folder/'.repeat(30)}${'name'.repeat(30)}.conf`;

async function archive(format: string): Promise<Uint8Array> {
  const folder = await folderOf({ 'a/one.conf': 'one', 'a/empty': '', [`a/${long}`]: 'x'.repeat(2000) });
  execFileSync('ln', ['-s', '/etc/passwd', join(folder, 'a/link')]);
  execFileSync('tar', ['-c', `--format=${format}`, '-f', 'a.tar', 'a'], { cwd: folder });
  return readFile(join(folder, 'a.tar'));
}

test.each(['gnu', 'pax', 'posix'])('files come out of an archive as they went in, links aside: %s', async (format) => {
  const files = [...readTar(await archive(format))].map(({ name, content }) => [name, Buffer.from(content).toString()]);
  expect(Object.fromEntries(files)).toEqual({ 'a/one.conf': 'one', 'a/empty': '', [`a/${long}`]: 'x'.repeat(2000) });
});

test('an archive that is cut or damaged ends early, and is never read beyond its end', async () => {
  const whole = await archive('pax');
  fc.assert(
    fc.property(fc.nat(whole.length), fc.nat(whole.length - 1), fc.nat(255), (length, at, byte) => {
      const damaged = Uint8Array.from(whole.subarray(0, length));
      if (at < length) damaged[at] = byte;
      for (const { content } of readTar(damaged)) expect(content.length).toBeLessThanOrEqual(length);
    }),
    { numRuns: 300 },
  );
  expect([...readTar(new Uint8Array(2048).fill(0x41))]).toEqual([]);
});
