import { randomBytes } from 'node:crypto';
import { readFile, unlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { WafproofError } from '../../model/error.js';
import { reasonOf } from '../../util/reason-of.js';

/** What drives a page: the default function of a module. */
export type ScriptFunction<Tools> = (page: Page, tools: Tools) => unknown;

/** The default function of a module. TypeScript is read by Node itself or, where it is too old, by the compiler that is installed. */
export async function importScript<Tools>(file: string): Promise<ScriptFunction<Tools>> {
  try {
    const module: unknown = await importFile(file).catch((error: unknown) => importTypes(file, error));
    const script = typeof module === 'object' && module !== null && 'default' in module ? module.default : undefined;
    if (typeof script !== 'function') throw new Error('it has no default function, which gets the page');
    return script as ScriptFunction<Tools>;
  } catch (cause) {
    if (cause instanceof WafproofError) throw cause;
    throw new Error(`${basename(file)} cannot be loaded: ${reasonOf(cause)}`, { cause });
  }
}

function importFile(file: string): Promise<unknown> {
  return import(pathToFileURL(file).href);
}

interface Compiler {
  transpileModule(text: string, options: object): { readonly outputText: string };
  readonly ModuleKind: { readonly ESNext: number };
  readonly ScriptTarget: { readonly ES2022: number };
}

/** For a moment the JavaScript lies beside the script, so that what it imports is found. */
async function importTypes(file: string, error: unknown): Promise<unknown> {
  const isUnknown = error instanceof Error && 'code' in error && error.code === 'ERR_UNKNOWN_FILE_EXTENSION';
  if (!isUnknown) throw error;
  const { transpileModule, ModuleKind, ScriptTarget } = compilerFor(file);
  const compilerOptions = { module: ModuleKind.ESNext, target: ScriptTarget.ES2022 };
  const { outputText } = transpileModule(await readFile(file, 'utf8'), { compilerOptions });
  const beside = join(dirname(file), `.${basename(file)}.${randomBytes(6).toString('hex')}.mjs`);
  await writeFile(beside, outputText, { flag: 'wx' });
  try {
    return await importFile(beside);
  } finally {
    await unlink(beside).catch(() => undefined);
  }
}

function compilerFor(file: string): Compiler {
  for (const from of [file, import.meta.url]) {
    try {
      return createRequire(from)('typescript') as Compiler;
    } catch {}
  }
  throw new Error('this Node does not read TypeScript; write it as JavaScript, use Node 22.18, or install typescript');
}
