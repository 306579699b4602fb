import type { ProgressListener } from '../../../contract/progress.js';
import type { CaseResult } from '../../../model/report.js';
import type { MatchMatrix } from '../../../prove/match-matrix.js';
import type { EndpointOf } from '../../../request/endpoints.js';
import type { AllFacts } from '../exclusion-files/rule-facts.js';
import type { ExclusionUnit } from '../exclusion-files/unit.js';
import type { EngineBench } from '../prover/bench.js';
import type { EngineProver } from '../prover/prover.js';
import type { TrialRules } from '../rule-plan.js';
import type { Acting } from './acting.js';
import type { AuditFile } from './read-files.js';
import type { CaseObservations } from './replays.js';

/** The user's exclusions, and what is known of the rules that they are for. */
export interface UserExclusions {
  readonly files: readonly AuditFile[];
  readonly units: readonly ExclusionUnit[];
  readonly facts: AllFacts;
}

/** What the legitimate cases came to with none of the exclusions, and with the files as they are. */
export interface Replays {
  readonly cases: readonly CaseResult[];
  readonly none: CaseObservations;
  readonly asIs: CaseObservations;
  /** Cases that fare better with the exclusions than without any: what all do not help, none does by itself. */
  readonly changed: readonly CaseResult[];
  readonly endpointOf: EndpointOf;
}

/** Engines to ask about the user's exclusions. */
export interface AuditEngines {
  /** Has none of the exclusions. */
  readonly prover: EngineProver;
  readonly matrix: MatchMatrix;
  /** Asks an engine that reads the files without some exclusions, and other rules beside them. */
  ask<T>(left: ReadonlySet<ExclusionUnit>, use: (bench: EngineBench) => Promise<T>, beside?: TrialRules): Promise<T>;
  close(): Promise<void>;
}

/** What became of an attack. */
export interface Fate {
  readonly passes: boolean;
  readonly isSilent: boolean;
}

/** What became of the attacks in places of each kind, under an exclusion for each set of rules. */
export type SeenFates = Map<string, Promise<readonly Fate[]>>;

/** What is audited, and on what. */
export interface AuditSubject {
  readonly exclusions: UserExclusions;
  readonly replays: Replays;
  readonly engines: AuditEngines;
  readonly acting: Acting;
  readonly seen: SeenFates;
  readonly progress: ProgressListener;
}
