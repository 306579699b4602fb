import { stripVTControlCharacters } from 'node:util';
import type { Page } from 'playwright-core';
import { fail, WafproofError } from '../../model/error.js';
import { reasonOf } from '../../util/reason-of.js';
import { importScript } from './import-script.js';
import type { ScriptTools } from './script-tools.js';

/** A script that drives a page as a person would: `export default async (page, { url, env }) => { … }`. */
export type ClickScript = (page: Page, tools: ScriptTools) => Promise<unknown>;

/**
 * Loads a script of the user, a module with a function as its default export. It runs with the rights of this process.
 * @param path absolute
 * @param shown as messages show it
 * @throws WafproofError `SCRIPT_INVALID`
 */
export async function loadScript(path: string, shown: string): Promise<ClickScript> {
  const script = await importScript<ScriptTools>(path).catch((cause: unknown) => {
    throw fail('SCRIPT_INVALID', { reason: reasonOf(cause) }, { place: { file: shown }, cause });
  });
  return async (page, tools) => script(page, tools);
}

/** @throws WafproofError `SCRIPT_FAILED` where it throws, `ENV_MISSING` */
export async function runScript(script: ClickScript, page: Page, tools: ScriptTools, shown: string): Promise<void> {
  try {
    await script(page, tools);
  } catch (cause) {
    if (cause instanceof WafproofError) throw cause;
    throw fail('SCRIPT_FAILED', { reason: firstLines(cause) }, { place: { file: shown }, cause });
  }
}

/** What Playwright says first, and of the log of its attempts what it waited for: what was typed may stand in the rest. */
function firstLines(cause: unknown): string {
  const [first = '', ...more] = stripVTControlCharacters(cause instanceof Error ? cause.message : String(cause)).split(
    '\n',
  );
  const waited = more.find((line) => /^\s*- waiting for /.test(line))?.replace(/^\s*- /, '');
  return [first.replace(/ ?Call log:$/, ''), ...(waited === undefined ? [] : [waited])].join(' ').slice(0, 400);
}
