import { open } from 'node:fs/promises';
import type { Waf } from '../contract/waf.js';
import { describeLines } from '../evidence/describe-bytes.js';
import { Remembered } from '../evidence/transactions.js';
import type { LogPlaces } from '../model/target-options.js';
import { nameSome } from '../util/name-some.js';
import { reasonOf } from '../util/reason-of.js';
import { createStreamReader } from './logs/stream-reader.js';

/** So much of the end of each file is looked at, in bytes. */
const tailBytes = 64 * 1024;

/** What is in the files of a log in which nothing of ours was found; nothing where there are no files. */
export async function describeLog(waf: Waf, { log }: LogPlaces): Promise<string | undefined> {
  const places = log === undefined ? [] : [log].flat();
  const files = places.filter((place) => typeof place === 'string' && place !== '-' && !place.endsWith('.gz'));
  const told = await Promise.all(files.map(async (file) => `${file} ${await describeFile(waf, `${file}`)}`));
  return told.length === 0 ? undefined : nameSome(told);
}

async function describeFile(waf: Waf, path: string): Promise<string> {
  try {
    const bytes = await lastOf(path);
    return bytes.length === 0 ? 'is empty' : describeEnd(waf, bytes);
  } catch (error) {
    return `cannot be read again: ${reasonOf(error)}`;
  }
}

async function lastOf(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const start = Math.max(0, size - tailBytes);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(size - start), 0, size - start, start);
    const bytes = buffer.subarray(0, bytesRead);
    return start === 0 ? bytes : bytes.subarray(bytes.indexOf('\n') + 1);
  } finally {
    await file.close();
  }
}

function describeEnd(waf: Waf, bytes: Buffer): string {
  const reader = createStreamReader([waf], new Remembered());
  const count = [reader.push(bytes), reader.end()].reduce((sum, { told }) => sum + told.length, 0);
  if (count === 0 && reader.formats.length === 0) return `ends with ${describeLines(bytes)}`;
  const formats = reader.formats.length === 0 ? '' : ` (${nameSome(reader.formats)})`;
  return `ends with ${count === 1 ? 'one transaction' : `${count} transactions`} of other requests, none of ours${formats}`;
}
