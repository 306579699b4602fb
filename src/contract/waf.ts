import type { Evidence, RuleId } from '../model/evidence.js';
import type { Exchange } from '../model/exchange.js';
import type { EngineOptions } from '../model/options.js';
import type { Fact, RunReport, StreamedReport, WafInfo, WafKind } from '../model/report.js';
import type { WireRequest } from '../model/request.js';
import type { RuleExplanation } from '../model/rule-explanation.js';
import type { SweepParameters } from '../model/sweep.js';
import type { LogPlaces, TargetOptions, WafOptions } from '../model/target-options.js';
import type { AnswerReading } from './answer-reading.js';
import type { Auditor } from './auditor.js';
import type { Check, DoctorAdvice } from './check.js';
import type { Engine } from './engine.js';
import type { FieldNames } from './field-names.js';
import type { LabServer } from './lab-server.js';
import type { LogRecord, RecordMerger } from './log-record.js';
import type { LogReader, LogSource } from './log-source.js';
import type { LoggedTraffic } from './logged-traffic.js';
import type { ProbeKnowledge } from './probe-knowledge.js';
import type { StepProgress } from './progress.js';
import type { Prover, ProverOptions } from './prover.js';
import type { NextStep } from './reporter.js';
import type { Sweep } from './sweep.js';

/**
 * All that Wafproof knows of a kind of WAF: one object for each, in a folder of its own. What it reads and what it is
 * handed back are records of its own, `R`: nobody else makes any.
 */
export interface Waf<R extends LogRecord = LogRecord> {
  readonly kind: WafKind;
  /** As people call it. */
  readonly name: string;
  /** How it calls the places in a request. */
  readonly fields: FieldNames;
  /** What is known of it besides engine, rule set and mode, in the order in which people read it. */
  facts(info: WafInfo): readonly Fact[];
  /**
   * Opens the log of a target, for `run` and `doctor`.
   * @throws WafproofError `LOG_MISSING`
   */
  open(target: Pick<TargetOptions, 'url' | 'host' | 'waf'>, surroundings: Surroundings): Promise<WafSession<R>>;
  /** Reads logs by themselves, without requests of ours, for `logs`; absent where it cannot. */
  readonly history?: LogHistory<R>;
  /** The requests in a log, bytes and all, for `import`; nothing for an entry that shows none. Absent where its logs have no bodies. */
  readTraffic?(log: Buffer): Promise<Iterable<LoggedTraffic | undefined>>;
  /** Why a log entry is of an engine that has no rules; nothing where there are rules, and where the log does not say. */
  whySilent(record: R): Silence | undefined;
  /** What the doctor looks at besides what it looks at with every WAF. */
  readonly checks: readonly Check<R>[];
  /**
   * Asks the WAF itself, once, for what several checks need, and makes the checks that look at it; they come before the
   * others. What cannot be asked is what they find: it never rejects for that. Absent where the WAF cannot be asked.
   */
  gatherChecks?(target: TargetOptions): Promise<readonly Check<R>[]>;
  readonly advice: DoctorAdvice;
  /**
   * Evaluates rules on this machine, for `check`; absent where that is not possible.
   * @param loading told how many processes load the rules, and of each that has them
   */
  startEngine?(options: EngineOptions, timeoutMs: number, loading?: StepProgress): Promise<Engine>;
  /**
   * Evaluates rules on this machine under several settings side by side, for `check --sweep`; absent where that is not possible.
   * @param loading as `startEngine` tells it
   * @throws WafproofError `USAGE` for a setting that is not known
   */
  openSweep?(
    options: EngineOptions,
    parameters: SweepParameters,
    timeoutMs: number,
    loading?: StepProgress,
  ): Promise<Sweep>;
  readonly labs: readonly LabServer[];
  /** What to add to the configuration of a server, so that its log can be joined. */
  readonly setups: readonly ServerSetup[];
  /**
   * Starts what proves exclusions; absent where there are none that it could be told.
   * @throws WafproofError `DIALECT_UNKNOWN`, `ENGINE_UNKNOWN`, and all that can be wrong with an engine
   */
  openProver?(options: ProverOptions, report: RunReport): Promise<Prover>;
  /**
   * What is known where the target itself must be asked what its WAF refuses, with shortened requests; absent where an
   * engine on this machine can be asked instead.
   * @throws WafproofError all that can be wrong with files that hold its rules
   */
  probeKnowledge?(waf: WafOptions, engine: Pick<EngineOptions, 'acl' | 'front'>): Promise<ProbeKnowledge>;
  /** Tells what the exclusions are worth that a user has; absent where it cannot read them. */
  readonly audit?: Auditor;
  /** Options that `tune` needs beside a report, as the command line takes them; absent where it needs none. */
  readonly tuneWith?: string;
  /**
   * What rules look for, in a sentence each, and where they are written, as far as that is known here; absent where nothing is.
   * @param ruleset the version that they are of, as the log or the engine names it
   * @throws WafproofError what can be wrong with a rule set in an archive
   */
  explainRules?(
    ruleIds: readonly RuleId[],
    engine: EngineOptions,
    ruleset: string | undefined,
  ): Promise<readonly RuleExplanation[]>;
  /** What to try after a report, besides what is good for every WAF. Its results are to be read in order, and once. */
  nextSteps(report: StreamedReport): readonly NextStep[];
}

/** How what a WAF has logged is read, of whatever requests. */
export interface LogHistory<R extends LogRecord = LogRecord> {
  /** Makes a reader of one stream, which tells every transaction and its line, and which formats it has recognised. */
  createReader(): LogReader<R>;
  /** How records of one transaction become one; absent where each has one. */
  createMerger?(): RecordMerger<R>;
  /** What a record says by itself, without the request. */
  evidence(record: R): Evidence;
}

/** What a WAF that opens the log of a target is handed. */
export interface Surroundings {
  /** What the correlation ids of interest begin with; entries of others need not be read. */
  readonly prefix: string;
  /** The engine and the rules on this machine, for what a log leaves out. */
  readonly engine: EngineOptions;
  /**
   * Opens logs in files, folders and the output of commands.
   * @param createReader makes a reader for each stream, file and entry; with a prefix, entries of others need not be read
   */
  openLog<R extends LogRecord>(log: LogPlaces, createReader: (prefix?: string) => LogReader<R>): Promise<LogSource<R>>;
  /** Sources that complete each other as one; at least one. */
  combine<R extends LogRecord>(sources: readonly LogSource<R>[]): LogSource<R>;
  /** From when on entries are of interest, in milliseconds since 1970: as is said with the log, or else from now on. */
  beginningOf(log: Pick<LogPlaces, 'since'>): number;
}

/** A target's WAF while requests are sent to it. */
export interface WafSession<R extends LogRecord = LogRecord> {
  readonly source: LogSource<R>;
  /** How records of one request become one; absent where each request has one. */
  readonly merger?: RecordMerger<R>;
  /** Evidence from a record. It knows the request that was sent, so it can name the variables that the log leaves out. */
  attribute(record: R, request: WireRequest): Evidence;
  /** What an answer tells by itself of who made it; absent where only the log tells. */
  readAnswer?(exchange: Exchange): AnswerReading<R> | undefined;
  /** The id that the WAF's records have of a request, where its answer tells it: records without a correlation id are joined by it. */
  requestIdOf?(exchange: Exchange): string | undefined;
}

/** An engine without rules: what tells it, and what to do. */
export interface Silence {
  readonly reason: string;
  readonly fix: string;
}

/** Text to paste into the configuration of a server. */
export interface ServerSetup {
  /** What `--print-setup` takes. */
  readonly server: string;
  text(): string;
}
