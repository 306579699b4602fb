import { createHash } from 'node:crypto';
import type { AuditJob } from '../../../contract/auditor.js';
import type { NoteStore, Notes } from '../../../contract/note-store.js';
import type { ExclusionUnit } from '../exclusion-files/unit.js';
import type { AuditSubject } from './audit-subject.js';
import type { Idle } from './idle.js';
import type { Losses } from './leave-out.js';

/** What is known of each exclusion by itself, from an earlier audit of the same too. */
export interface AuditMemory {
  readonly losses: ReadonlyMap<ExclusionUnit, Losses>;
  readonly idle: ReadonlyMap<ExclusionUnit, Idle>;
  keepLosses(unit: ExclusionUnit, losses: Losses): void;
  keepIdle(unit: ExclusionUnit, idle: Idle): void;
  /** Writes what is not written yet. */
  save(): Promise<void>;
}

/** Changed whenever an audit asks otherwise, or says what it found in other words. */
const auditing = 1;

/** How often what was found is written: an audit that is killed loses as much. */
const saveEveryMs = 2000;

/**
 * @param store keeps it for the next audit; absent, nothing is known and nothing kept
 * @param job what is asked of the audit, as far as the subject does not tell
 */
export async function openMemory(
  subject: AuditSubject,
  store: NoteStore | undefined,
  job: Pick<AuditJob, 'settings' | 'report'>,
): Promise<AuditMemory> {
  const { units } = subject.exclusions;
  const key = keyOf(subject, job);
  const kept = store === undefined || key === undefined ? undefined : { store, key };
  const known = await kept?.store.read(kept.key);
  return new Memory(units, known ?? new Map(), async (notes) => kept?.store.add(kept.key, notes));
}

/** Tells apart whatever decides what comes of an audit; nothing where the rules depend on more than is known. */
function keyOf(
  { exclusions, replays, engines }: AuditSubject,
  { settings, report }: Pick<AuditJob, 'settings' | 'report'>,
): string | undefined {
  const { rulesKey } = engines.prover;
  if (rulesKey === undefined) return undefined;
  const files = exclusions.files.map(({ path, text }) => [path, text]);
  const cases = replays.cases.map(({ id, request }) => [id, request]);
  const all = [auditing, rulesKey, files, cases, engines.matrix.attacks, settings.engines, report.target.waf];
  return createHash('sha256').update(JSON.stringify(all)).digest('hex');
}

class Memory implements AuditMemory {
  readonly losses = new Map<ExclusionUnit, Losses>();
  readonly idle = new Map<ExclusionUnit, Idle>();
  readonly #units: readonly ExclusionUnit[];
  readonly #write: (notes: Notes) => Promise<void>;
  #unsaved = new Map<string, string>();
  #saving: Promise<void> = Promise.resolve();
  #savedAt = performance.now();

  constructor(units: readonly ExclusionUnit[], known: Notes, write: (notes: Notes) => Promise<void>) {
    this.#units = units;
    this.#write = write;
    units.forEach((unit, index) => {
      const losses = known.get(`losses-${index}`);
      if (losses !== undefined) this.losses.set(unit, new Map(JSON.parse(losses)));
      const idle = known.get(`idle-${index}`);
      if (idle !== undefined) this.idle.set(unit, this.#idleIn(idle));
    });
  }

  keepLosses(unit: ExclusionUnit, losses: Losses): void {
    this.losses.set(unit, losses);
    this.#note('losses', unit, [...losses]);
  }

  keepIdle(unit: ExclusionUnit, idle: Idle): void {
    this.idle.set(unit, idle);
    const others = idle.others?.map((other) => this.#units.indexOf(other));
    this.#note('idle', unit, { ...idle, ...(others !== undefined && { others }) });
  }

  save(): Promise<void> {
    const notes = this.#unsaved;
    this.#unsaved = new Map();
    this.#savedAt = performance.now();
    if (notes.size > 0) this.#saving = this.#saving.then(() => this.#write(notes));
    return this.#saving;
  }

  #note(what: 'losses' | 'idle', unit: ExclusionUnit, value: unknown): void {
    this.#unsaved.set(`${what}-${this.#units.indexOf(unit)}`, JSON.stringify(value));
    if (performance.now() - this.#savedAt >= saveEveryMs) void this.save();
  }

  #idleIn(text: string): Idle {
    const { others, ...idle }: Omit<Idle, 'others'> & { readonly others?: readonly number[] } = JSON.parse(text);
    return { ...idle, ...(others !== undefined && { others: others.flatMap((index) => this.#units[index] ?? []) }) };
  }
}
