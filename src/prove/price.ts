import type { NoteStore, Notes } from '../contract/note-store.js';
import type { StepProgress } from '../contract/progress.js';
import type { Bench } from '../contract/prover.js';
import { actsOn } from '../exclude/acts-on.js';
import { hidesField } from '../exclude/hides.js';
import { reaching } from '../exclude/reaching.js';
import type { Attack } from '../model/attack.js';
import type { RuleId } from '../model/evidence.js';
import type { ClassLoss, DetectionLoss, Exclusion } from '../model/exclusion.js';
import type { CaseResult } from '../model/report.js';
import { sortedIds } from '../util/compare-ids.js';
import { groupBy } from '../util/group-by.js';
import { hashKey } from '../util/hash-key.js';
import { using } from '../util/using.js';
import type { OpenBench } from './ask-for.js';
import { type AttackPlace, findPlace, type KindOf } from './attack-places.js';
import { evaluateAll } from './evaluate-all.js';
import type { AttackMatches, MatchMatrix } from './match-matrix.js';
import { unheard } from './step-progress.js';

/** What the exclusions let through, and what each of them costs. */
export interface Price {
  readonly exclusions: readonly Exclusion[];
  /** `class: payload`, once however many fields it passes through now. */
  readonly attacksLost: readonly string[];
  /** How many were blocked in one of the places before, each once. */
  readonly attacksBlockedBefore: number;
}

/** A place that exclusions free, and the attacks that are blocked there as long as they do not. */
export interface PricedPlace {
  readonly place: AttackPlace;
  readonly blocked: readonly AttackMatches[];
  /** Of how many attacks the engine cannot say what it does with them there. */
  readonly undecided?: number;
}

/** The place that each exclusion frees, by its id; none where text cannot be put there. */
export type PricedPlaces = ReadonlyMap<string, PricedPlace>;

/** What a price is found out with. */
export interface PriceMeans {
  readonly open: OpenBench;
  readonly matrix: MatchMatrix;
  readonly progress?: StepProgress;
  /** What earlier jobs have found out. */
  readonly known?: KnownOutcomes;
}

/** Keeps what became of attacks under exclusions. */
export interface KnownOutcomes {
  readonly store: NoteStore;
  /** Tells an engine with exclusions in force apart from any other. */
  keyOf(exclusions: readonly Exclusion[]): string;
}

/** @param cases those that needed the exclusions */
export async function findPlaces(
  exclusions: readonly Exclusion[],
  cases: readonly CaseResult[],
  matrix: MatchMatrix,
  kindOf: KindOf,
  progress: StepProgress = unheard,
): Promise<PricedPlaces> {
  const found = exclusions.flatMap((exclusion) => {
    const place = findPlace(exclusion, cases, kindOf);
    return place === undefined ? [] : [{ id: exclusion.id, place }];
  });
  const reached = reaching(exclusions);
  for (const { place } of found) {
    const rules = reached(place.request).flatMap(({ ruleIds }) => ruleIds);
    matrix.lookFor(place.kind, rules);
  }
  progress.begin(new Set(found.map(({ place }) => place.kind)).size * matrix.attacks.length);
  const places = new Map<string, PricedPlace>();
  for (const { id, place } of found) {
    const blocked = await matrix.blockedIn(place, progress.step);
    places.set(id, { place, blocked, undecided: matrix.undecidedIn(place) });
  }
  return places;
}

/** All rules from which the place of an exclusion is hidden: exclusions of the same place act together. */
export function rulesHiddenFrom(here: PricedPlace, exclusions: readonly Exclusion[]): readonly RuleId[] {
  return sortedIds(hidingTogether(here, exclusions).flatMap(({ ruleIds }) => ruleIds));
}

function hidingTogether({ place }: PricedPlace, exclusions: readonly Exclusion[]): readonly Exclusion[] {
  return exclusions.filter((one) => actsOn(one, place.request) && place.fields.some((field) => hidesField(one, field)));
}

/**
 * What was blocked in the place that an exclusion frees, and passes there now. The matrix tells which attacks may pass;
 * they are then sent through such a place under the exclusions, so that a loss is never a guess. Places of one kind that
 * are hidden from the same rules are asked once.
 */
export async function price(
  exclusions: readonly Exclusion[],
  places: PricedPlaces,
  { open, matrix, known, progress = unheard }: PriceMeans,
): Promise<Price> {
  const reached = reaching(exclusions);
  const trials = new Map<string, Trial>();
  const trialOf = new Map<string, Trial>();
  for (const { id } of exclusions) {
    const here = places.get(id);
    if (here === undefined) continue;
    const hidden = rulesHiddenFrom(here, exclusions);
    const key = JSON.stringify([here.place.kind, hidden]);
    const trial = trials.get(key) ?? { place: here.place, rows: matrix.inDanger(here.blocked, hidden) };
    trials.set(key, trial);
    trialOf.set(id, trial);
  }
  progress.begin([...trials.values()].reduce((sum, { rows }) => sum + rows.length, 0));
  const passed = await evaluateAll([...trials.values()], (trial) => {
    const acting = reached(trial.place.request);
    return passing(trial, { after: () => open(acting), memory: memoryOf(trial, acting, known), step: progress.step });
  });
  const attacksOf = new Map([...trials.values()].map((trial, index) => [trial, passed[index] ?? []]));
  const attacksLost = [...new Set(passed.flat().map(attackText))].sort();
  const placeOf = new Map(attacksLost.map((text, place) => [text, place]));
  return {
    exclusions: exclusions.map((one) => {
      const [trial, here] = [trialOf.get(one.id), places.get(one.id)];
      if (trial === undefined || here === undefined) return one;
      const lost = attacksOf.get(trial) ?? [];
      const attacks = [...new Set(lost.map((attack) => placeOf.get(attackText(attack)) ?? 0))].sort((a, b) => a - b);
      const beside = hidingTogether(here, exclusions).flatMap(({ id }) => (id === one.id ? [] : [id]));
      return {
        ...one,
        detectionLoss: { ...lossOf(lost, here), attacks, ...(beside.length > 0 && { beside }) },
      };
    }),
    attacksLost,
    attacksBlockedBefore: countBlocked(exclusions, places),
  };
}

function attackText({ className, payload }: Attack): string {
  return `${className}: ${payload}`;
}

function countBlocked(exclusions: readonly Exclusion[], places: PricedPlaces): number {
  const blocked = exclusions.flatMap(({ id }) => places.get(id)?.blocked ?? []);
  return new Set([...new Set(blocked)].map(({ attack }) => attackText(attack))).size;
}

/** Attacks that may pass in a place, under what acts there. */
interface Trial {
  readonly place: AttackPlace;
  readonly rows: readonly AttackMatches[];
}

/** What became of the attacks of a trial, by their keys. */
interface Memory {
  read(): Promise<Notes>;
  add(outcomes: Notes): Promise<void>;
}

function memoryOf({ place }: Trial, acting: readonly Exclusion[], known: KnownOutcomes | undefined): Memory {
  if (known === undefined) return { read: async () => new Map(), add: async () => undefined };
  const key = hashKey([known.keyOf(acting), place.carry('x')]);
  return { read: () => known.store.read(key), add: (outcomes) => known.store.add(key, outcomes) };
}

interface Asking {
  readonly after: () => ReturnType<OpenBench>;
  readonly memory: Memory;
  readonly step: () => void;
}

/** What the engine cannot decide is not lost for certain, and not blocked for certain either: it counts as lost. */
async function passing({ rows, place }: Trial, { after, memory, step }: Asking): Promise<readonly Attack[]> {
  if (rows.length === 0) return [];
  const known = await memory.read();
  const found = new Map<string, string>();
  const ask = async ({ attack }: AttackMatches, bench: Bench) => {
    const key = hashKey(attack.payload);
    const outcome = known.get(key) ?? (await bench.evaluate(place.carry(attack.payload))).outcome;
    if (!known.has(key) && outcome !== 'undecided') found.set(key, outcome);
    return { attack, outcome };
  };
  try {
    const answers = await using(after(), (bench) => evaluateAll(rows, (row) => ask(row, bench), step));
    return answers.filter(({ outcome }) => outcome !== 'blocked').map(({ attack }) => attack);
  } finally {
    if (found.size > 0) await memory.add(found);
  }
}

function lossOf(lost: readonly Attack[], { blocked, undecided = 0 }: PricedPlace): DetectionLoss {
  const before = groupBy(blocked, ({ attack }) => attack.className);
  const classes = [...groupBy(lost, ({ className }) => className)].map(
    ([className, attacks]): ClassLoss => ({
      className,
      lost: attacks.length,
      blockedBefore: before.get(className)?.length ?? attacks.length,
      example: shortest(attacks),
    }),
  );
  const largestFirst = classes.sort((a, b) => b.lost - a.lost || (a.className < b.className ? -1 : 1));
  return {
    lost: lost.length,
    blockedBefore: blocked.length,
    ...(undecided > 0 && { undecided }),
    ...(lost.length > 0 && { classes: largestFirst }),
  };
}

/** The shortest payload is the one that a reader takes in. */
function shortest(attacks: readonly Attack[]): string {
  const sorted = attacks.map(({ payload }) => payload).sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
  return sorted[0] ?? '';
}
