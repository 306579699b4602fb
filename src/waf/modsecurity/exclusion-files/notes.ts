import type { AuditNote } from '../../../model/audit.js';
import type { EngineName } from '../dialects/rule-dialect.js';
import type { AllFacts } from './rule-facts.js';

/** What notes on an exclusion turn on besides the exclusion itself. */
export interface NoteContext {
  readonly engine: EngineName;
  readonly facts: AllFacts;
}

export type NoteMaker = (kind: AuditNote['kind'], text: string) => AuditNote;

export const engineLabels: Readonly<Record<EngineName, string>> = {
  modsecurity2: 'ModSecurity 2',
  modsecurity3: 'ModSecurity 3',
  coraza: 'Coraza',
};

/** Makes notes that hold for an engine. */
export function noteMaker(engine: EngineName): NoteMaker {
  return (kind, text) => ({ kind, engine: engineLabels[engine], text });
}
