import type { Page } from 'playwright-core';
import type { PageScript } from '../../contract/browser.js';
import { importScript } from './import-script.js';
import { type ScriptTools, scriptTools } from './script-tools.js';

/** @throws WafproofError `ENV_MISSING`, and whatever the script throws */
export async function runLoginScript(
  page: Page,
  script: PageScript,
  env: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  const login = await importScript<ScriptTools>(script.file);
  await login(page, scriptTools({ ...script, env }));
}
