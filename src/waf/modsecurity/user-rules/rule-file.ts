import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fail } from '../../../model/error.js';
import { type Directive, readValue, type Word } from '../exclusion-files/directives.js';
import { readStatements, type Statement } from '../exclusion-files/rules.js';

/** A file of rules, with those that it includes. */
export interface RuleFile {
  readonly path: string;
  /** Its bytes, one a character (Latin-1). */
  readonly text: string;
  readonly statements: readonly Statement[];
  readonly includes: readonly Inclusion[];
}

/** An `Include`, and what it brings in, in the order in which an engine reads it. */
export interface Inclusion {
  readonly word: Word;
  readonly files: readonly RuleFile[];
}

/** More than any rule set has; an include of includes can grow without end. */
const mostFiles = 2000;

/**
 * Reads a file and all that it includes. What cannot be read is left to the engine, which says why.
 * @throws WafproofError `RULES_INVALID` where the includes come to too many files
 */
export function readRuleFile(path: string): RuleFile {
  let count = 0;
  const read = (file: string, above: ReadonlySet<string>): RuleFile => {
    count += 1;
    if (count > mostFiles) {
      throw fail('RULES_INVALID', { reason: `it includes more than ${mostFiles} files` }, { place: { file: path } });
    }
    const text = readFileSync(file, 'latin1');
    const statements = readStatements(text);
    const open = new Set([...above, file]);
    const includes = statements.flatMap((statement): readonly Inclusion[] => {
      const word = includeWord(statement);
      if (word === undefined) return [];
      const paths = filesNamed(readValue(text, word), dirname(file)).filter((name) => !open.has(name));
      return [{ word, files: paths.map((name) => read(name, open)) }];
    });
    return { path: file, text, statements, includes };
  };
  return read(path, new Set());
}

function isInclude({ name }: Directive): boolean {
  return /^Include(?:Optional)?$/i.test(name);
}

function includeWord(statement: Statement): Word | undefined {
  if (statement.kind === 'rule' || !isInclude(statement.directive)) return undefined;
  return statement.directive.words[0];
}

/** The files that a path with wildcards names, sorted; relative paths are those beside the file that has them. */
function filesNamed(pattern: string, folder: string): readonly string[] {
  const [first = '', ...segments] = resolve(folder, pattern).split('/');
  const found = segments.reduce(
    (paths, segment) => paths.flatMap((path) => entriesNamed(path, segment)),
    [`${first}/`],
  );
  return found.filter(isFile).sort();
}

function entriesNamed(folder: string, segment: string): readonly string[] {
  if (!/[*?[]/.test(segment)) return [join(folder, segment)];
  const matches = wildcard(segment);
  return namesIn(folder)
    .filter((name) => matches.test(name))
    .map((name) => join(folder, name));
}

/** As glob(7): `*` and `?` match no dot at the beginning. */
function wildcard(segment: string): RegExp {
  const body = segment
    .replace(/[\\^$.+(){}|]/g, '\\$&')
    .replace(/\*+/g, '.*')
    .replaceAll('?', '.');
  const source = `^${/^[*?]/.test(segment) ? '(?!\\.)' : ''}${body.replaceAll('[!', '[^')}$`;
  try {
    return new RegExp(source, 's');
  } catch {
    return /^(?!)/;
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}
