import { join } from 'node:path';
import { packageRoot } from '../../util/package-root.js';
import { readText } from '../../util/read-file.js';
import { itemsOf } from '../../yaml/yaml-node.js';
import { parseYaml } from '../../yaml/yaml-parse.js';

const largest = 5_000_000;
const loaded = new Map<string, Promise<readonly string[]>>();

/** The values of a corpus that ships, such as `names`; none where there is no such corpus. */
export function shippedValues(name: string): Promise<readonly string[]> {
  const known = loaded.get(name) ?? load(name);
  loaded.set(name, known);
  return known;
}

async function load(name: string): Promise<readonly string[]> {
  const base = join(packageRoot, 'corpora/legitimate', name);
  const lines = await readText(`${base}.txt`, largest);
  if (lines.kind === 'read')
    return withoutHead(lines.text)
      .split(/\r?\n/)
      .filter((line) => line !== '');
  const list = await readText(`${base}.yaml`, largest);
  const parsed = list.kind === 'read' ? parseYaml(list.text, name) : undefined;
  if (parsed?.kind !== 'parsed') return [];
  return itemsOf(parsed.root).flatMap((item) => (item.kind === 'scalar' ? [item.text] : []));
}

/** Lines that begin with # stand at the head of a corpus, up to the first empty one. */
function withoutHead(text: string): string {
  return text.startsWith('#') ? text.slice(text.search(/\n\r?\n/) + 1) : text;
}
