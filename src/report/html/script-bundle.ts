import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

const importStatement = /^import [^;]*? from '\.\/([\w-]+\.js)';\n/gms;
const exportKeyword = /^export (?=const|function|async function)/gm;

/**
 * The script of the page as one text: the modules that `entry` imports, each after those that it needs, without their
 * `import` and `export`. They share one scope, so names are unique among them.
 */
export async function bundleScript(folder: string, entry: string): Promise<string> {
  const modules = new Map<string, string>();
  await addModule(folder, entry, modules);
  return [...modules.values()].join('\n');
}

async function addModule(folder: string, name: string, modules: Map<string, string>): Promise<void> {
  const source = await readScript(join(folder, name));
  for (const [, imported] of source.matchAll(importStatement)) {
    if (imported !== undefined && !modules.has(imported)) await addModule(folder, imported, modules);
  }
  modules.set(name, source.replace(importStatement, '').replace(exportKeyword, ''));
}

/** Text with line feeds only: a browser reads it so before it computes the hash that the page's policy asks for. */
export async function readScript(path: string): Promise<string> {
  return (await readFile(path, 'utf8')).replaceAll('\r\n', '\n');
}
