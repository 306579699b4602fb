import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageRoot } from '../../util/package-root.js';

const folder = join(packageRoot, 'reports', 'templates', 'style');

/** Sheets of `reports/templates/style` as one text. */
export async function pageStyle(names: readonly string[]): Promise<string> {
  return (await Promise.all(names.map(readSheet))).join('\n');
}

/** Text with line feeds only: a browser reads it so before it computes the hash that the page's policy asks for. */
async function readSheet(name: string): Promise<string> {
  return (await readFile(join(folder, `${name}.css`), 'utf8')).replaceAll('\r\n', '\n');
}
