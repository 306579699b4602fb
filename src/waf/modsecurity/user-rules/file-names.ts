import { existsSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { type Directive, readValue } from '../exclusion-files/directives.js';
import type { Edit } from '../exclusion-files/items.js';
import type { Statement } from '../exclusion-files/rules.js';
import type { RuleFile } from './rule-file.js';

/** Operators whose argument is the name of a file. */
const readsFile =
  /^(\s*!?\s*@(?:pmFromFile|pmf|ipMatchFromFile|ipMatchF|inspectFile|fuzzyHash|validateSchema|validateDTD)\s+)/i;

/** Directives whose first word is the name of a file. */
const namesFile = /^Sec(?:UnicodeMapFile|GeoLookupDb|RuleScript)$/i;

/** Names of files beside a rule file as absolute paths, for a copy of it that lies elsewhere. */
export function fileNameEdits({ path, text }: RuleFile, statement: Statement): readonly Edit[] {
  const folder = dirname(path);
  if (statement.kind === 'rule') {
    return statement.rule.links.flatMap(({ directive }) => operatorEdits(text, directive, folder));
  }
  return namesFile.test(statement.directive.name) ? wordEdits(text, statement.directive, folder) : [];
}

function operatorEdits(text: string, { words: [, operator] }: Directive, folder: string): readonly Edit[] {
  if (operator === undefined) return [];
  const prefix = readsFile.exec(text.slice(operator.start, operator.end))?.[1];
  if (prefix === undefined) return [];
  return renamed(text, { start: operator.start + prefix.length, end: operator.end }, folder);
}

function wordEdits(text: string, { words: [name] }: Directive, folder: string): readonly Edit[] {
  return name === undefined ? [] : renamed(text, name, folder);
}

function renamed(
  text: string,
  span: { readonly start: number; readonly end: number },
  folder: string,
): readonly Edit[] {
  const name = readValue(text, span);
  const path = join(folder, name);
  if (name === '' || isAbsolute(name) || !existsSync(path)) return [];
  return [
    { start: span.start, end: span.end, text: Buffer.from(path.replaceAll('"', '\\"'), 'utf8').toString('latin1') },
  ];
}
