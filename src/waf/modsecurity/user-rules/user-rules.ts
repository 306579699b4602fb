import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fail, type Problem, problem, WafproofError } from '../../../model/error.js';
import { readValue } from '../exclusion-files/directives.js';
import { applyEdits, type Edit } from '../exclusion-files/items.js';
import { locator } from '../exclusion-files/locate.js';
import { dangersOf, mayBeDangerous } from './dangers.js';
import { fileNameEdits } from './file-names.js';
import type { ModsecurityVersion } from './modsecurity-version.js';
import { channelEdits, type Defined, definedBy } from './own-channel.js';
import { type Inclusion, type RuleFile, readRuleFile } from './rule-file.js';

/** How the user's own rules are to be read. */
export interface UserRulesOptions {
  readonly engine: ModsecurityVersion;
  /** Where copies of files may be written. */
  readonly folder: string;
  /** Whether rules may run programs and open connections. */
  readonly allowExec: boolean;
  /** The files of a rule set that did not come with the system: they are read for what they run, and loaded as they are. */
  readonly ruleSet: readonly string[];
}

/** The user's own rules, as an engine of ours may load them. */
export interface UserRules {
  /** The file that is to be loaded: the user's own, or a copy that leaves our log alone. */
  pathOf(path: string): string;
  readonly defined: Defined;
  /** The user's file that a copy was made of, by the path of the copy. */
  readonly originals: ReadonlyMap<string, string>;
}

/**
 * Reads files of rules before an engine does, with all that they include.
 * @throws WafproofError `RULES_NOT_FOUND`, `RULES_EXECUTE` with each place where they run a program or open a connection
 */
export function prepareUserRules(paths: readonly string[], options: UserRulesOptions): UserRules {
  const files = new Map(paths.map((path) => [resolve(path), readRuleFile(existingFile(path))]));
  const all = [...files.values()].flatMap(withIncluded);
  if (!options.allowExec) refuseDangers([...all, ...suspects(options.ruleSet)], options.engine);
  const copies = new Copies(options);
  const loaded = new Map([...files].map(([path, file]) => [path, copies.pathOf(file)]));
  return {
    pathOf: (path) => loaded.get(resolve(path)) ?? resolve(path),
    defined: definedIn(all, options.engine),
    originals: copies.originals,
  };
}

function existingFile(path: string): string {
  if (!existsSync(path) || !statSync(path).isFile()) throw fail('RULES_NOT_FOUND', {}, { place: { file: path } });
  return resolve(path);
}

function withIncluded(file: RuleFile): readonly RuleFile[] {
  return [file, ...file.includes.flatMap(({ files }) => files.flatMap(withIncluded))];
}

/** Few files of a rule set have a word in them that can be dangerous, and only those need to be understood. */
function suspects(ruleSet: readonly string[]): readonly RuleFile[] {
  return ruleSet.filter((path) => mayBeDangerous(readFileSync(path, 'latin1'))).map(readRuleFile);
}

function refuseDangers(files: readonly RuleFile[], engine: ModsecurityVersion): void {
  const [first, ...others] = files.flatMap((file) => problemsOf(file, engine));
  if (first !== undefined) throw new WafproofError([first, ...others]);
}

function problemsOf({ path, text, statements }: RuleFile, engine: ModsecurityVersion): readonly Problem[] {
  const placeOf = locator(path, text);
  return statements
    .flatMap((statement) => dangersOf(text, statement, engine))
    .map(({ start, what, does }) => problem('RULES_EXECUTE', { what, does }, placeOf(start)));
}

function definedIn(files: readonly RuleFile[], engine: ModsecurityVersion): Defined {
  const defined = files.flatMap(({ statements }) => statements.map((statement) => definedBy(statement, engine)));
  return {
    directives: new Set(defined.flatMap(({ directive }) => directive ?? [])),
    ruleIds: new Set(defined.flatMap(({ ruleId }) => ruleId ?? [])),
  };
}

/** Copies of files that would change our log, and of those that include such. */
class Copies {
  readonly originals = new Map<string, string>();
  readonly #options: UserRulesOptions;
  #count = 0;

  constructor(options: UserRulesOptions) {
    this.#options = options;
  }

  pathOf(file: RuleFile): string {
    return this.#isAsWritten(file) ? file.path : this.#copy(file, this.#folder());
  }

  #isAsWritten(file: RuleFile): boolean {
    return (
      this.#channelEdits(file).length === 0 &&
      file.includes.every(({ files }) => files.every((one) => this.#isAsWritten(one)))
    );
  }

  #channelEdits({ text, statements }: RuleFile): readonly Edit[] {
    return statements.flatMap((statement) => channelEdits(text, statement, this.#options.engine));
  }

  #copy(file: RuleFile, folder: string, number = ''): string {
    const path = join(folder, `${number}${basename(file.path)}`);
    const edits = [
      ...this.#channelEdits(file),
      ...file.statements.flatMap((statement) => fileNameEdits(file, statement)),
      ...file.includes.map((inclusion) => this.#includeEdit(file, inclusion)),
    ];
    writeFileSync(path, applyEdits(file.text, edits), { encoding: 'latin1', mode: 0o644 });
    this.originals.set(path, file.path);
    return path;
  }

  /** All files of an include go to one folder, where they sort as they did. */
  #includeEdit({ path, text }: RuleFile, { word, files }: Inclusion): Edit {
    const span = word.quoted ? { start: word.start - 1, end: word.end + 1 } : { start: word.start, end: word.end };
    if (files.length === 0) return { ...span, text: asPattern(resolve(dirname(path), readValue(text, word))) };
    const folder = this.#folder();
    for (const [index, file] of files.entries()) this.#copy(file, folder, `${index}-`.padStart(6, '0'));
    return { ...span, text: asPattern(join(folder, '*')) };
  }

  #folder(): string {
    const folder = join(this.#options.folder, `${this.#count++}`);
    mkdirSync(folder, { recursive: true });
    return folder;
  }
}

/** Between quotes libmodsecurity 3 expands no wildcard, and without them a name ends at a space: `?` stands for what is odd. */
function asPattern(path: string): string {
  return path.replace(/[^\w./*?[\]!-]/gu, '?');
}
