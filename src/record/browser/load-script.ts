import { stripVTControlCharacters } from 'node:util';
import type { Page } from 'playwright-core';
import { fail } from '../../model/error.js';
import { reasonOf } from '../../util/reason-of.js';
import { importScript } from './import-script.js';

/** What a script of the user is handed besides the page. */
export interface ScriptSetting {
  /** The address that was given. */
  readonly url: string;
}

/** A script that drives a page as a person would: `export default async (page, { url }) => { … }`. */
export type ClickScript = (page: Page, setting: ScriptSetting) => Promise<unknown>;

/**
 * Loads a script of the user, a module with a function as its default export. It runs with the rights of this process.
 * @param path absolute
 * @param shown as messages show it
 * @throws WafproofError `SCRIPT_INVALID`
 */
export async function loadScript(path: string, shown: string): Promise<ClickScript> {
  const script = await importScript<ScriptSetting>(path).catch((cause: unknown) => {
    throw fail('SCRIPT_INVALID', { reason: reasonOf(cause) }, { place: { file: shown }, cause });
  });
  return async (page, setting) => script(page, setting);
}

/** @throws WafproofError `SCRIPT_FAILED` where it throws */
export async function runScript(script: ClickScript, page: Page, setting: ScriptSetting, shown: string): Promise<void> {
  try {
    await script(page, setting);
  } catch (cause) {
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
