import { randomBytes } from 'node:crypto';
import { readFile, unlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import type { PageScript } from '../../contract/browser.js';
import { fail, WafproofError } from '../../model/error.js';
import { reasonOf } from '../../util/reason-of.js';

/** What a script gets beside the page. */
interface ScriptTools {
  /** Where the application is, without a slash at its end. */
  readonly url: string;
  /** A variable of the environment, which is taken for a secret; an error where it is not set. */
  env(name: string): string;
}

/** @throws WafproofError `ENV_MISSING`, and whatever the script throws */
export async function runLoginScript(
  page: Page,
  { file, url, onSecret }: PageScript,
  env: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  const login = await loadScript(file);
  const tools: ScriptTools = {
    url,
    env: (name) => {
      const value = env[name] ?? '';
      if (value === '') throw fail('ENV_MISSING', { name }, { place: { file } });
      onSecret(name, value);
      return value;
    },
  };
  await login(page, tools);
}

type Login = (page: Page, tools: ScriptTools) => unknown;

/** The default function of a module. TypeScript is read by Node itself or, where it is too old, by the compiler that is installed. */
async function loadScript(file: string): Promise<Login> {
  try {
    const module: unknown = await importFile(file).catch((error: unknown) => importTypes(file, error));
    const login = typeof module === 'object' && module !== null && 'default' in module ? module.default : undefined;
    if (typeof login !== 'function') throw new Error('it has no default function, which gets the page');
    return login as Login;
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
