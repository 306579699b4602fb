import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageRoot } from '../../src/util/package-root.js';
import { type Place, runIn } from './place.js';

/** A program that the page on the API shows. */
interface Example {
  /** The heading that it stands under. */
  readonly title: string;
  readonly text: string;
}

/** What a strict project sets; the package's own types are checked too, and no library but Node is there. */
const compilerOptions = {
  target: 'ES2023',
  lib: ['ES2023'],
  module: 'NodeNext',
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noPropertyAccessFromIndexSignature: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  verbatimModuleSyntax: true,
  skipLibCheck: false,
  types: ['node'],
  typeRoots: [join(packageRoot, 'node_modules/@types')],
};

/** Compiles the examples of the installed page there, all at once. */
export async function compileExamples(place: Place): Promise<readonly Example[]> {
  const examples = await examplesIn(join(place.folder, 'node_modules/wafproof/.github/API.md'));
  for (const example of examples) await writeFile(join(place.folder, `${nameOf(example)}.mts`), example.text);
  await writeFile(join(place.folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.mts'] }));
  const compiler = join(packageRoot, 'node_modules/typescript/bin/tsc');
  const { code, stdout } = await runIn(place, ['node', compiler, '-p', '.']);
  if (code !== 0) throw new Error(`the examples do not compile:\n${stdout}`);
  return examples;
}

/** Runs an example that is compiled. */
export function runExample(place: Place, example: Example) {
  return runIn(place, ['node', `${nameOf(example)}.mjs`]);
}

async function examplesIn(page: string): Promise<readonly Example[]> {
  const [, ...sections] = (await readFile(page, 'utf8')).split(/^## /m);
  return sections.flatMap((section) => {
    const [title = ''] = section.split('\n');
    return [...section.matchAll(/^```ts\n(.*?)^```/gms)].map(([, text = '']) => ({ title, text }));
  });
}

function nameOf({ title }: Example): string {
  return title.toLowerCase().replaceAll(/[^a-z]+/g, '-');
}
