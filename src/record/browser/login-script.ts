import type { Page } from 'playwright-core';
import type { PageScript } from '../../contract/browser.js';
import { fail } from '../../model/error.js';
import { importScript } from './import-script.js';

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
  const login = await importScript<ScriptTools>(file);
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
