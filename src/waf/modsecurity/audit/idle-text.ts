import type { AuditNote } from '../../../model/audit.js';
import { formatVariable } from '../../../model/evidence.js';
import { formatPlace } from '../../../model/place.js';
import { engineLabels } from '../exclusion-files/notes.js';
import type { Idle } from './idle.js';

/** Why an exclusion is idle, in a sentence. */
export function idleText({ reason, effect, others = [] }: Idle, notes: readonly AuditNote[]): string {
  const known = silentNote(notes);
  const nothing = `does nothing on ${engineLabels.modsecurity3}`;
  switch (reason) {
    case 'redundant':
      return others.length === 0
        ? 'other exclusions do the same for every case'
        : `${others.map(({ at }) => formatPlace({ file: at.file, line: at.line })).join(', ')} ${others.length === 1 ? 'does' : 'do'} the same`;
    case 'not-asked-for':
      return `no case of the report needs it${effect === undefined ? '' : `, and ${costText(effect)}`}`;
    case 'no-effect':
      return `${nothing}: ${known?.text ?? 'its rules fire on attacks as they do without it'}`;
    case 'unknown':
      return known === undefined
        ? 'no case of the report needs it, and no attack that is known shows what it does'
        : `${nothing}: ${known.text}`;
  }
}

/** Why the engine of the replay makes nothing of an exclusion, where that is known. */
export function silentNote(notes: readonly AuditNote[]): AuditNote | undefined {
  return notes.find(
    ({ kind, engine }) => engine === engineLabels.modsecurity3 && (kind === 'silent' || kind === 'refused'),
  );
}

function costText({ variable, tried, silenced, passed }: NonNullable<Idle['effect']>): string {
  const where = `of ${tried} attacks in ${formatVariable(variable)}`;
  return passed > 0 ? `${passed} ${where} pass with it` : `it silences a rule on ${silenced} ${where}`;
}
