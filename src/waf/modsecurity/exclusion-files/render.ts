import type { DirectiveSpan } from './directives.js';
import type { ExclusionFile } from './exclusion-file.js';
import { applyEdits, editsFor } from './items.js';
import { withoutQuotes } from './quoted-numbers.js';
import type { Statement } from './rules.js';
import type { ExclusionUnit, Position } from './unit.js';

/** The text of a file without some of its exclusions. */
export function withoutUnits({ text, units }: ExclusionFile, left: ReadonlySet<ExclusionUnit>): string {
  return applyEdits(text, editsFor(changes(units, left)));
}

/** How a file is to be rendered. */
export interface Rendering {
  /** The exclusions that it is to be without. */
  readonly left: ReadonlySet<ExclusionUnit>;
  /** It is for ModSecurity 2: what libmodsecurity 3 refuses of it is spelled so that it does the same. */
  readonly isFor2?: boolean;
}

/**
 * The part of a file that is to be read before or after the rules, without some exclusions; nothing where it has no such
 * part. Lines keep their numbers as long as nothing is left out, so that what the engine says of them can be found.
 */
export function partOf(
  { text, units, positions }: ExclusionFile,
  position: Position,
  { left, isFor2 = false }: Rendering,
): string | undefined {
  if (![...positions.values()].includes(position)) return undefined;
  const elsewhere = [...positions].flatMap(([statement, at]) => (at === position ? [] : [spanOf(statement)]));
  const here = units.filter((unit) => unit.position === position);
  const blank = elsewhere.map((span) => ({ ...span, text: text.slice(span.start, span.end).replace(/[^\n]+/g, '') }));
  const quoted = isFor2 ? withoutQuotes(here.filter((unit) => !left.has(unit))) : [];
  return `${applyEdits(text, [...blank, ...editsFor(changes(here, left)), ...quoted])}\n`;
}

function changes(units: readonly ExclusionUnit[], left: ReadonlySet<ExclusionUnit>) {
  return units.filter((unit) => left.has(unit)).map(({ change }) => change);
}

function spanOf(statement: Statement): DirectiveSpan {
  if (statement.kind === 'directive') return { start: statement.directive.start, end: statement.directive.end };
  const { links } = statement.rule;
  return { start: links[0].directive.start, end: links.at(-1)?.directive.end ?? links[0].directive.end };
}
