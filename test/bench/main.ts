/**
 * Runs the benches beside this file one after the other: all of them, or those whose names contain the argument
 * (`npm run bench -- join`). A bench is a plain script that prints what it measured.
 */
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { packageRoot } from '../../src/util/package-root.js';

const [, , wanted = ''] = process.argv;
const names = readdirSync(join(packageRoot, 'test/bench'))
  .filter((file) => file.endsWith('.ts'))
  .map((file) => basename(file, '.ts'))
  .filter((name) => name !== 'main' && name.includes(wanted))
  .sort();

if (names.length === 0) console.log(`no bench is called "${wanted}"`);
for (const name of names) {
  console.log(`\n${name}`);
  await import(new URL(`./${name}.js`, import.meta.url).href);
}
