import type { AuditEntry, AuditNote, AuditVerdict, IdleReason } from '../../../model/audit.js';
import type { EngineName } from '../dialects/rule-dialect.js';
import { lint } from '../exclusion-files/lint.js';
import { engineLabels } from '../exclusion-files/notes.js';
import type { ExclusionUnit } from '../exclusion-files/unit.js';
import type { AuditSubject } from './audit-subject.js';
import type { Idle } from './idle.js';
import { idleText, silentNote } from './idle-text.js';
import type { Losses } from './leave-out.js';
import type { Replacement } from './remedies.js';
import { whereText } from './where-text.js';

/** All that was found out about one exclusion. */
export interface Findings {
  readonly losses: Losses;
  readonly idle: Idle | undefined;
  /** Ids of cases. */
  readonly stillBlocked: readonly string[];
  /** What lets these cases through, as configuration. */
  readonly missing: string | undefined;
  readonly replacement: Replacement | undefined;
}

/** What is said of an exclusion in the report. */
export function auditEntryOf(
  unit: ExclusionUnit,
  findings: Findings,
  { exclusions: { files, facts } }: AuditSubject,
  engines: readonly EngineName[],
): AuditEntry {
  const { losses, idle, stillBlocked, missing, replacement } = findings;
  const file = files.find(({ units }) => units.includes(unit));
  const notes = file === undefined ? [] : engines.flatMap((engine) => lint(unit, file, { engine, facts, files }));
  const blockedWithout = [...losses].flatMap(([id, { isBlocked }]) => (isBlocked ? [id] : [])).sort();
  const matchedWithout = [...losses].flatMap(([id, { isBlocked }]) => (isBlocked ? [] : [id])).sort();
  const { verdict, reason } = judge(findings, { blockedWithout, matchedWithout }, notes);
  return {
    at: unit.at,
    text: unit.text,
    where: whereText(unit),
    verdict,
    reason,
    ...(verdict === 'idle' && { idle: idleReason(idle, notes) }),
    blockedWithout,
    matchedWithout,
    stillBlocked,
    ...(replacement !== undefined && { enough: replacement.configuration }),
    ...(missing !== undefined && { missing }),
    notes,
  };
}

/** What is known of the spelling explains what no attack shows. */
function idleReason(idle: Idle | undefined, notes: readonly AuditNote[]): IdleReason {
  if (idle === undefined) return 'no-effect';
  return idle.reason === 'unknown' && silentNote(notes) !== undefined ? 'no-effect' : idle.reason;
}

interface Needing {
  readonly blockedWithout: readonly string[];
  readonly matchedWithout: readonly string[];
}

function judge(
  { idle, stillBlocked, replacement }: Findings,
  needing: Needing,
  notes: readonly AuditNote[],
): { readonly verdict: AuditVerdict; readonly reason: string } {
  const dead = notes.find(isDead);
  if (idle !== undefined && dead?.kind !== 'misplaced') return { verdict: 'idle', reason: idleText(idle, notes) };
  if (dead !== undefined) return { verdict: 'idle', reason: `does nothing on ${dead.engine}: ${dead.text}` };
  if (stillBlocked.length > 0) {
    return { verdict: 'insufficient', reason: `${cases(stillBlocked)} blocked in spite of it` };
  }
  const known = new Set(notes.filter(({ kind }) => kind === 'broad').map(({ text }) => text));
  const broad = [...(replacement === undefined ? [] : [replacement.reason]), ...known];
  if (broad.length > 0) return { verdict: 'broader', reason: broad.join('; ') };
  return { verdict: 'needed', reason: neededText(needing) };
}

/**
 * Whether an exclusion does nothing, whatever the replay says: where it stands it cannot work, and the replay read it
 * elsewhere, or the note is on another engine than that of the replay.
 */
function isDead({ kind, engine }: AuditNote): boolean {
  if (kind === 'misplaced') return true;
  return engine !== engineLabels.modsecurity3 && (kind === 'silent' || kind === 'refused');
}

function neededText({ blockedWithout, matchedWithout }: Needing): string {
  if (blockedWithout.length > 0) return `${cases(blockedWithout)} blocked without it`;
  return `${matchedWithout.length === 1 ? 'a rule fires' : 'rules fire'} on ${named(matchedWithout)} without it`;
}

function cases(ids: readonly string[]): string {
  return `${named(ids)} ${ids.length === 1 ? 'is' : 'are'}`;
}

const shown = 3;

function named(ids: readonly string[]): string {
  const more = ids.length - shown;
  return `${ids.slice(0, shown).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
