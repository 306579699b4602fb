import type { Endpoint } from '../model/endpoint.js';
import type { RuleHit, RuleId } from '../model/evidence.js';
import type { Exclusion, ExclusionChange, ExclusionScope } from '../model/exclusion.js';
import type { FieldPath } from '../model/field.js';
import type { EngineOptions } from '../model/options.js';
import type { RequestSpec } from '../model/request.js';
import type { TargetOptions } from '../model/target-options.js';
import type { TuneSettings } from '../model/tune-options.js';
import type { Dialect } from './dialect.js';
import type { FieldNames } from './field-names.js';
import type { StepProgress } from './progress.js';
import type { ReportFile } from './reporter.js';

/** One way to clear a hit: changes that are made together, and where. */
export interface Form {
  readonly changes: readonly [ExclusionChange, ...ExclusionChange[]];
  readonly scope: ExclusionScope;
  /** It takes the rule away as a whole, so that no other exclusion of the rule is needed in its scope. */
  readonly isWholeRule: boolean;
  /** It takes away more than one that named variables from the rule at an endpoint do. */
  readonly isWide: boolean;
  /** Why it is as wide as it is, where that does not follow from the narrower forms. */
  readonly because?: string;
  /** Why it must not be taken, though the engine could be told it. */
  readonly refusal?: string;
  /** What is done, as the end of a sentence such as "rule 942100 still fires when ARGS:note is taken from it". */
  readonly done: string;
}

/** Where a hit was seen that is to be cleared. */
export interface HitPlace {
  readonly endpoint: Endpoint;
  readonly request: RequestSpec;
  /** Requests to the endpoint, this one among them, on which the rule fires: one change must suit them all. */
  readonly refused: readonly RequestSpec[];
}

/** What may be excluded, and how. */
export interface Possibilities {
  /** The forms that an exclusion for a hit can have, from narrow to wide. */
  forms(hit: RuleHit, place: HitPlace): readonly Form[];
  /** Why an exclusion cannot be told as it is; nothing where it can. */
  obstacle(exclusion: Exclusion): string | undefined;
  /** Why a rule must not lose a variable, or be removed as a whole; nothing where it may. */
  untouchable(ruleId: RuleId, whole: boolean): string | undefined;
}

/** What an engine does with a request, as far as it can tell. */
export type Decision = 'blocked' | 'passed' | 'undecided';

/** What an engine says of one request. */
export interface Answer {
  readonly outcome: Decision;
  readonly hits: readonly RuleHit[];
  /** Why it is undecided. */
  readonly reason?: string;
}

/** An engine under a set of exclusions, to be asked what it does with requests. */
export interface Bench {
  evaluate(request: RequestSpec): Promise<Answer>;
  close(): Promise<void>;
}

/** An exclusion for one of its rules: the smallest part that can be left out by itself. */
export interface ExclusionForRule {
  readonly exclusion: Exclusion;
  readonly ruleId: RuleId;
}

/** A rule that matched, and its points. */
export type RuleMatch = Pick<RuleHit, 'ruleId' | 'scoring'>;

/** What a proof needs to know of an engine's rules, and nothing that it would have to be started for. */
export interface RuleKnowledge {
  /**
   * What a request comes to that has these hits and no others.
   * @param margin how far from a block it must stay to count as passed, in points of the engine
   */
  outcomeOf(hits: readonly RuleMatch[], margin?: number): Decision;
  /** Whether a rule refuses a request by itself, whatever text stands in the place that it looks at. */
  refusesAlone(ruleId: RuleId): boolean;
  /** What decides which rules look at a place: places of one kind are alike to all rules. */
  placeKind(request: RequestSpec, place: FieldPath): string;
}

/** What is to be taken as generated, and how exclusions for it may be told. */
export interface Generalising {
  readonly dialect: Dialect;
  /** How many elements of each array are meant at least; absent: ten, or as many as were seen. */
  readonly elements?: number | undefined;
  /** What is generated in a name, and whether that is in doubt. */
  recognise(name: string): { readonly template: string; readonly isDoubtful: boolean };
}

/** An engine that proves exclusions, and the dialects in which it can be told them. */
export interface Prover extends RuleKnowledge {
  /** Such as `ModSecurity 3.0.9`. */
  readonly engine: string;
  /**
   * Tells the engine with all its rules and settings apart from any other: what is known of requests under one key holds
   * whenever it is the same again. Absent where not all that rules depend on is known.
   */
  readonly rulesKey?: string;
  /** Tells the engine with these exclusions in force apart from any other. Absent where `rulesKey` is. */
  keyWith?(exclusions: readonly Exclusion[]): string;
  /** The engine as it is, without any exclusion; closed with the prover. */
  readonly bare: Bench;
  /** How the WAF calls the places in a request. */
  readonly names: FieldNames;
  /** How exclusions are to be written; each can express others, so each has a search of its own. */
  readonly dialects: readonly [Dialect, ...Dialect[]];
  possibilities(dialect: Dialect): Possibilities;
  /**
   * Exclusions for single names as one for all that differ in the index of an element or in a generated part, where the
   * dialect can be told so; the others say what looks generated.
   */
  generalise(exclusions: readonly Exclusion[], how: Generalising): readonly Exclusion[];
  /** An exclusion as this engine is told it, which may know fewer scopes than a server does. */
  asLoaded(exclusion: Exclusion): Exclusion;
  /**
   * The engine with these exclusions in force. Many can be open, and each costs little.
   * @param margin requests that come closer to a block than that count as blocked, in points of the engine
   */
  open(exclusions: readonly Exclusion[], margin?: number): Promise<Bench>;
  /** The same as a server would have it: all rules and exclusions are read file by file, which takes longer. */
  openAsWritten(exclusions: readonly Exclusion[]): Promise<Bench>;
  /** The rules of a group are looked for together, on an engine that has few others. */
  ruleGroup(ruleId: RuleId): string;
  /**
   * The engine without exclusions, with these rules and those that others rely on. These fire as they do beside all
   * others, so a request that is blocked here is blocked there too.
   */
  openFor(ruleIds: readonly RuleId[]): Promise<Bench>;
  /** Real servers that are to read what is written, in the order in which the user named them. */
  readonly servers: readonly ProofServer[];
  close(): Promise<void>;
}

/** What a prover is opened with: the engine on this machine, and what the user wants. */
export interface ProverOptions {
  readonly engine: EngineOptions;
  readonly settings: TuneSettings;
  /** Told how many processes load the rules, and of each that has them. */
  readonly loading?: StepProgress;
}

/** A real server with the WAF in it that reads what is written. */
export interface ProofServer {
  readonly name: string;
  /** The dialect that it reads. */
  reads(dialect: Dialect): boolean;
  possibilities(dialect: Dialect): Possibilities;
  /** Starts it on loopback, with the files of a dialect or without any. */
  start(files: readonly ReportFile[]): Promise<StartedServer>;
}

/** A real server that is up and reads what was written. */
export interface StartedServer {
  /** Where it is, and what the WAF in it writes. */
  readonly target: Pick<TargetOptions, 'url' | 'waf'>;
  /** Such as `ModSecurity 2.9.7`. */
  readonly engine: string;
  close(): Promise<void>;
}
