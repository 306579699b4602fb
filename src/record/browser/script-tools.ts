import { fail } from '../../model/error.js';

/** What a script of the user gets beside the page. */
export interface ScriptTools {
  /** Where the application is, as it was given. */
  readonly url: string;
  /** A variable of the environment, which is taken for a secret; an error where it is not set. */
  env(name: string): string;
}

interface ToolSources {
  readonly url: string;
  /** The script, as messages show it. */
  readonly file: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Hears of each variable that the script asks for. */
  readonly onSecret: (name: string, value: string) => void;
}

/** The same for every script that drives a page: one that logs in serves a session and a recording. */
export function scriptTools({ url, file, env, onSecret }: ToolSources): ScriptTools {
  return {
    url,
    env: (name) => {
      const value = env[name] ?? '';
      if (value === '') throw fail('ENV_MISSING', { name }, { place: { file } });
      onSecret(name, value);
      return value;
    },
  };
}
