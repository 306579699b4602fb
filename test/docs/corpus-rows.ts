import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { corpusValues } from '../../src/suite/corpus-values.js';
import { packageRoot } from '../../src/util/package-root.js';

const root = join(packageRoot, 'corpora');

/** Each corpus that ships, how many values it has, and what they are. */
export async function corpusRows(): Promise<readonly (readonly string[])[]> {
  const rows: string[][] = [];
  for (const folder of ['legitimate', 'attacks'])
    for (const name of readdirSync(join(root, folder)).sort()) rows.push(await rowOf(`${folder}/${name}`));
  return rows;
}

async function rowOf(file: string): Promise<string[]> {
  const path = join(root, file);
  let count = 0;
  for await (const _ of corpusValues({ path, file })) count++;
  return [`\`wafproof:${file.replace(/\.\w+$/, '')}\``, `${count}`, titleOf(path)];
}

/** The first line of the comment at its head, or the sentence that begins there. */
function titleOf(path: string): string {
  const lines = readFileSync(path, 'utf8').split('\n');
  const [first = '', ...more] = lines.slice(
    0,
    lines.findIndex((line) => !line.startsWith('#')),
  );
  const title = /^# Wafproof corpus, [^:]*: (.*)$/.exec(first)?.[1];
  const text = [first, ...more].map((line) => line.replace(/^#\s*/, '')).join(' ');
  const [sentence = ''] = text.split(/\.(?:\s|$)/, 1);
  return (title ?? sentence).replaceAll(/[<*]/g, (char) => `\\${char}`);
}
