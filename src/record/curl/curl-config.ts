import type { ReadCurlFile } from './curl-data.js';
import { type CurlOption, isSwitch, readOptions } from './option-names.js';

/** The options of a command line, or why they cannot be told. */
export type ConfiguredOptions = { readonly options: readonly CurlOption[] } | { readonly missing: string };

/** Files may name files. */
const mostNested = 5;

/** Puts what the files of `-K` say in their places. */
export async function withConfigs(
  options: readonly CurlOption[],
  read: ReadCurlFile,
  depth = 0,
): Promise<ConfiguredOptions> {
  const all: CurlOption[] = [];
  for (const option of options) {
    if (option.name !== 'config') {
      all.push(option);
      continue;
    }
    const file = depth < mostNested ? await read(option.value) : { missing: 'files of --config name one another' };
    const inner = 'missing' in file ? file : await withConfigs(readOptions(configWords(file.text)), read, depth + 1);
    if ('missing' in inner) return inner;
    all.push(...inner.options);
  }
  return { options: all };
}

/**
 * A line is an option, with or without dashes, and behind a space, `=` or `:` its value, perhaps in quotes (curl,
 * tool_parsecfg.c):
 *
 *     header = "X-A: \"b\""
 */
function configWords(text: string): readonly string[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const [, option = '', value = ''] = /^\s*([^#\s=:][^\s=:]*)(?:\s*[=:]\s*|\s+|$)(.*)$/s.exec(line) ?? [];
    if (option === '') return [];
    const name = option.startsWith('-') ? option : `--${option}`;
    return isSwitch(name) ? [name] : [name, configValue(value)];
  });
}

const escapes: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', v: '\v' };

function configValue(value: string): string {
  const quoted = /^"((?:[^"\\]|\\.)*)/s.exec(value)?.[1];
  if (quoted !== undefined) return quoted.replace(/\\(.)/gs, (_, char: string) => escapes[char] ?? char);
  return /^\S*/.exec(value)?.[0] ?? '';
}
