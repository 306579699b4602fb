import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readZip, type ZipLimits } from '../../src/util/zip-reader.js';
import { type Packed, zipOf } from './zip-archive.js';

const all: ZipLimits = { mostBytes: 1_000_000, wants: () => true };

function read(archive: Uint8Array, limits = all) {
  return [...readZip(archive, limits)].map(({ name, content }) => [name, Buffer.from(content).toString()]);
}

const file = (name: string, text: string): Packed => ({ name, content: Buffer.from(text) });

test('files are read as they were packed, in the order of the directory', () => {
  const archive = zipOf([
    file('a/b.conf', 'x'.repeat(9000)),
    { ...file('ü', 'stored'), isStored: true },
    file('empty', ''),
  ]);
  expect(read(archive)).toEqual([
    ['a/b.conf', 'x'.repeat(9000)],
    ['ü', 'stored'],
    ['empty', ''],
  ]);
});

test('a comment may stand behind it, whatever is in it', () => {
  const archive = zipOf([file('a', 'b')], Buffer.from('PK\u0005\u0006 a comment'));
  expect(read(archive)).toEqual([['a', 'b']]);
});

test('only what is wanted is unpacked', () => {
  const archive = zipOf([file('a', 'b'), file('c', 'd'), { name: 'folder/', content: Buffer.alloc(0) }]);
  expect(read(archive, { ...all, wants: (name) => name === 'c' })).toEqual([['c', 'd']]);
});

describe('is refused:', () => {
  test('what unpacks to more than is allowed, whatever it says of itself', () => {
    const bomb = deflateRawSync(Buffer.alloc(50_000_000));
    const says = (size: number) => zipOf([{ name: 'bomb', content: bomb, isPacked: true, size }]);
    expect(() => read(says(50_000_000))).toThrow('more than is allowed');
    expect(() => read(says(10))).toThrow();
    const many = zipOf(Array.from({ length: 20 }, (_, i) => file(`f${i}`, 'x'.repeat(100_000))));
    expect(() => read(many)).toThrow('more than is allowed');
  });

  test('a link', () => {
    const link = zipOf([{ ...file('rules/a.conf', '/etc/passwd'), mode: 0o120777 }]);
    expect(() => read(link)).toThrow('"rules/a.conf" is a link or a device');
  });

  test('what is encrypted, or packed in a way that is not known', () => {
    expect(() => read(zipOf([{ ...file('a', 'b'), flags: 1 }]))).toThrow('"a" is encrypted');
    expect(() => read(zipOf([{ ...file('a', 'b'), method: 12 }]))).toThrow('a way that is not known');
  });

  test('what was cut or changed: it is never more than what was packed', () => {
    const archive = zipOf([file('a.conf', 'SecRule ARGS'), file('b.conf', 'y'.repeat(3000))]);
    fc.assert(
      fc.property(fc.nat(archive.length - 1), fc.nat(255), fc.boolean(), (at, byte, isCut) => {
        const damaged = isCut ? archive.subarray(0, at) : Buffer.from(archive);
        if (!isCut) damaged[at] = byte;
        try {
          for (const [, text = ''] of read(damaged)) expect(text.length).toBeLessThanOrEqual(1_000_000);
        } catch (error) {
          expect(error).toBeInstanceOf(Error);
        }
      }),
    );
    expect(() => read(Buffer.from('PK'))).toThrow('no end');
  });
});
