import type { AuditNote } from '../../../model/audit.js';
import type { EngineName } from '../dialects/rule-dialect.js';
import type { ExclusionFile } from './exclusion-file.js';
import { effectNotes } from './note-effect.js';
import { hostNotes } from './note-host.js';
import { selectorNotes } from './note-selector.js';
import { targetNotes } from './note-target.js';
import { noteMaker } from './notes.js';
import type { AllFacts } from './rule-facts.js';
import type { ExclusionUnit } from './unit.js';

/** What is wrong with an exclusion as it is written, for an engine that is to read it; most serious first. */
export function lint(
  unit: ExclusionUnit,
  { named }: ExclusionFile,
  {
    engine,
    facts,
    files,
  }: { readonly engine: EngineName; readonly facts: AllFacts; readonly files: readonly ExclusionFile[] },
): readonly AuditNote[] {
  const context = { engine, facts };
  const notes = [
    ...selectorNotes(unit, context),
    ...targetNotes(unit, context),
    ...effectNotes(unit, context),
    ...hostNotes(unit, named, context),
    ...duplicateNotes(unit, files, engine),
  ];
  return [...new Map(notes.map((note) => [note.text, note])).values()].sort((a, b) => rank(a) - rank(b));
}

const order: readonly AuditNote['kind'][] = ['refused', 'misplaced', 'silent', 'broad', 'partial'];

function rank({ kind }: AuditNote): number {
  return order.indexOf(kind);
}

/** mod_security2 refuses a number that another rule has; libmodsecurity 3 does not where one of them is a `SecAction`. */
function duplicateNotes({ host }: ExclusionUnit, files: readonly ExclusionFile[], engine: EngineName) {
  const id = host?.rule.id;
  if (host === undefined || engine !== 'modsecurity2') return [];
  const note = noteMaker(engine);
  if (id === undefined) return [note('refused', 'its rule has no number')];
  const same = files.flatMap(({ rules }) => rules.filter((rule) => rule.id === id));
  return same.length > 1 ? [note('refused', `${same.length} rules have the number ${id}`)] : [];
}
