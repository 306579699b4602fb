import { basename } from 'node:path';
import { directiveUnits } from './directive-units.js';
import { type Directive, readValue } from './directives.js';
import { locator } from './locate.js';
import { ruleUnits } from './rule-units.js';
import { type Rule, readStatements, type Statement } from './rules.js';
import type { ExclusionUnit, Position } from './unit.js';

/** A file with exclusions, read. */
export interface ExclusionFile {
  /** As the user names it. */
  readonly file: string;
  /** Its bytes, one a character (Latin-1), so that nothing is lost. */
  readonly text: string;
  readonly units: readonly ExclusionUnit[];
  readonly rules: readonly Rule[];
  /** Files that it includes; what stands in them is not read. */
  readonly includes: readonly string[];
  /** Where its name says that it is included, as those of the Core Rule Set's own two files do. */
  readonly named?: Position;
  /** Where each of its statements is to be read: one that is no exclusion stays with the others of its file. */
  readonly positions: ReadonlyMap<Statement, Position>;
}

/** Finds the exclusions of a configuration text. Any text can be read, and none is refused here. */
export function readExclusionFile(file: string, text: string): ExclusionFile {
  const statements = readStatements(text);
  const placeOf = locator(file, text);
  const units = new Map(
    statements.map((statement) => {
      const drafts =
        statement.kind === 'rule' ? ruleUnits(text, statement.rule) : directiveUnits(text, statement.directive);
      return [statement, drafts.map(({ start, ...unit }): ExclusionUnit => ({ ...unit, at: placeOf(start) }))] as const;
    }),
  );
  const named = positionInName(file);
  return {
    file,
    text,
    units: [...units.values()].flat(),
    rules: statements.flatMap((statement) => (statement.kind === 'rule' ? [statement.rule] : [])),
    includes: statements.flatMap((statement) => (statement.kind === 'rule' ? [] : included(text, statement.directive))),
    positions: positionsOf(units, named),
    ...(named !== undefined && { named }),
  };
}

function included(text: string, { name, words: [path] }: Directive): readonly string[] {
  return /^Include(?:Optional)?$/i.test(name) && path !== undefined ? [readValue(text, path)] : [];
}

function positionInName(file: string): Position | undefined {
  const name = basename(file).toLowerCase();
  const [before, after] = [name.includes('before'), name.includes('after')];
  if (before === after) return undefined;
  return before ? 'before' : 'after';
}

function positionsOf(
  units: ReadonlyMap<Statement, readonly ExclusionUnit[]>,
  named: Position | undefined,
): ReadonlyMap<Statement, Position> {
  const used = new Set([...units.values()].flat().map(({ position }) => position));
  const [only = named ?? 'before'] = used;
  const others = used.size > 1 ? 'before' : only;
  return new Map([...units].map(([statement, [first]]) => [statement, first?.position ?? others]));
}
