import type { AuditEntry } from './audit.js';
import type { BaselineOutcome } from './baseline.js';
import type { Expectation, Intent, VerdictKind } from './case.js';
import type { ConfigurationDraft } from './draft.js';
import type { RuleHit, RuleId, Score, Variable } from './evidence.js';
import type { Exclusion, ExclusionScope, Verification } from './exclusion.js';
import type { FieldPath } from './field.js';
import type { HistoryOutcome } from './history.js';
import type { Minimal } from './minimal.js';
import type { Place } from './place.js';
import type { RequestSpec } from './request.js';
import type { RuleExplanation } from './rule-explanation.js';
import type { Selection } from './selection.js';
import type { Triage } from './triage.js';
import type { Verdict } from './verdict.js';

/** Whether the WAF refuses requests or only writes down what it would refuse. */
export type WafMode = 'block' | 'detect';

/** Which WAF it is, such as `modsecurity`. */
export type WafKind = string;

/** A property and its value, as people read them. */
export interface Fact {
  readonly label: string;
  readonly value: string;
}

/** The WAF in front of a target, as far as it is known. */
export interface WafInfo {
  readonly kind: WafKind;
  /** As people call it. */
  readonly name?: string;
  /** Version of the engine, such as `ModSecurity 3.0.9`. */
  readonly version?: string;
  /** Version of the rule set, such as `OWASP_CRS/3.3.4`. */
  readonly ruleset?: string;
  readonly paranoia?: number;
  readonly threshold?: number;
  readonly mode?: WafMode;
  /** What else is known of it, such as its threshold, in the words of its kind and in the order for people. */
  readonly facts?: readonly Fact[];
  /** What is wrong with its configuration, whatever is sent: a sentence or more each, with what to do. */
  readonly warnings?: readonly string[];
}

/** What a report is about. */
export interface TargetInfo {
  readonly name: string;
  /** Absent where the engine is embedded and nothing is sent. */
  readonly url?: string;
  readonly waf: WafInfo;
}

/** How often the WAF blocked a case that was sent several times. */
export interface Repeats {
  /** Sendings that have a verdict of their own. */
  readonly sent: number;
  /** Those of them that the WAF blocked, or would have. */
  readonly blocked: number;
  /** The share that is blocked lies between these two, 0 to 1, with a confidence of 95 % (Wilson). */
  readonly low: number;
  readonly high: number;
}

/** One case, what was sent, and what it means. */
export interface CaseResult {
  readonly id: string;
  readonly suite: string;
  readonly title?: string;
  readonly because?: string;
  /** The endpoint that its suite says it is of: a path with placeholders. */
  readonly endpoint?: string;
  readonly intent: Intent;
  readonly tags: readonly string[];
  readonly at: Place;
  readonly expect?: Expectation;
  readonly request: RequestSpec;
  readonly correlationId: string;
  /** HTTP status; absent where no answer arrived. */
  readonly status?: number;
  readonly durationMs: number;
  readonly verdict: Verdict;
  /** Who refused it and why, where it was refused and the WAF's log does not say that the WAF did. */
  readonly triage?: Triage;
  /** Whether the case came out as its intent and its `expect` say. */
  readonly asExpected: boolean;
  readonly score?: Score;
  /** What the WAF's log says against the answer, where the two do not agree. */
  readonly contradiction?: string;
  /** Why the engine could not read the body of a request that it let pass: its rules have not seen what it holds. */
  readonly unread?: string;
  readonly hits: readonly RuleHit[];
  /** Labels that rules put on the request, where the WAF has such. */
  readonly labels?: readonly string[];
  /** With `--repeat`. The other fields are those of the first sending that was blocked, else of the first. */
  readonly repeats?: Repeats;
  /** The smallest request that still fires the hit with the highest score, where `tune` found one. */
  readonly minimal?: Minimal;
}

/** A case that was left out, and why. */
export interface SkippedCase {
  readonly id: string;
  readonly suite: string;
  readonly at: Place;
  readonly reason: string;
}

/** The same cause seen in one or more cases: rule + variable + endpoint. */
export interface Finding {
  /** Stable across runs: made from rule, variable, method and path. */
  readonly id: string;
  readonly ruleId: RuleId;
  readonly message: string;
  readonly variable: Variable;
  /** Where `variable` lies, with any element in the place of each where several were seen. */
  readonly field?: FieldPath;
  readonly method: string;
  readonly path: string;
  /** Why the rule refuses, in the engine's words, where its hits tell; each once. */
  readonly reasons?: readonly string[];
  /** Ids of the false positives in which it was seen. */
  readonly cases: readonly string[];
  /** The smallest request that still fires the rule, from one of the cases, where `tune` found one. */
  readonly minimal?: Minimal;
}

/** A run in numbers. */
export interface Summary {
  /** Cases that were sent or evaluated. */
  readonly cases: number;
  readonly skipped: number;
  /** Cases that did not come out as their intent and `expect` say. */
  readonly unexpected: number;
  /** How many of them the baseline accepts; absent without one. */
  readonly accepted?: number;
  readonly verdicts: Readonly<Partial<Record<VerdictKind, number>>>;
}

/** Stands in a comment of each configuration file that `tune` writes: a file without it is somebody else's. */
export const configurationMark = 'Written by Wafproof';

/** A file of configuration, by its name within the folder of its dialect. */
export interface ConfigurationFile {
  readonly name: string;
  readonly content: string;
}

/** Lines of a file of configuration that serve one endpoint. */
export interface ConfigurationSection {
  readonly scope: ExclusionScope;
  /** The name of the file. */
  readonly file: string;
  /** The first line and the last one; lines begin at 1. */
  readonly from: number;
  readonly to: number;
}

/** The exclusions of a report as a dialect writes them. */
export interface Configuration {
  readonly dialect: string;
  readonly files: readonly ConfigurationFile[];
  /** Which lines serve which endpoint; absent in reports of earlier versions. */
  readonly sections?: readonly ConfigurationSection[];
  /** What the files are made of, so that some of the exclusions can be written; absent where the dialect cannot tell. */
  readonly draft?: ConfigurationDraft;
}

/** What was sent after the cases to find out why endpoints refuse. */
export interface ProbingInfo {
  readonly endpoints: number;
  readonly requests: number;
  /** Endpoints that were not asked, since there were too many, or since it ended. */
  readonly left: number;
  /** Why it ended before all were asked. */
  readonly ended?: string;
}

/** The one value that every reporter renders and that later commands read back. Plain JSON. */
export interface RunReport {
  readonly schemaVersion: 1;
  readonly tool: { readonly name: 'wafproof'; readonly version: string };
  readonly target: TargetInfo;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly durationMs: number;
  /** What the values of `!random` were made from, where a case has one: the same seed makes the same values. */
  readonly seed?: number;
  /** Which of the cases were meant; absent where all were. */
  readonly selection?: Partial<Selection>;
  /** Of a shard: what the shards of one run have in common, a digest of the ids of all its cases. */
  readonly partOf?: string;
  /** How many entries of the WAF's log had an id of this run and were not of its requests; they decided nothing. */
  readonly forged?: number;
  /** With `run --triage`. */
  readonly probing?: ProbingInfo;
  /** The run ended before all cases were done; what is here is valid. */
  readonly interrupted?: string;
  readonly results: readonly CaseResult[];
  readonly skipped: readonly SkippedCase[];
  readonly findings: readonly Finding[];
  /** What the rules of findings and exclusions look for, as far as their authors say it. */
  readonly rules?: readonly RuleExplanation[];
  /** What `tune` found, where it was asked. */
  readonly exclusions?: readonly Exclusion[];
  readonly verification?: Verification;
  /** The files that `tune` wrote, the dialect that `exclusions` are of first. */
  readonly configurations?: readonly Configuration[];
  /** What `tune --audit` found out about the user's own exclusions. */
  readonly audit?: readonly AuditEntry[];
  /** What a baseline accepts of it, where one was given. */
  readonly baseline?: BaselineOutcome;
  /** What earlier runs tell, where a history was given. */
  readonly history?: HistoryOutcome;
  readonly summary: Summary;
}

/** All of a report but its results: small, however many cases there are. */
export type ReportHead = Omit<RunReport, 'results'>;

/**
 * A report whose results are read one after the other, each time anew, since there may be more of them than memory holds. A
 * `RunReport` is one.
 */
export interface StreamedReport extends ReportHead {
  readonly results: Iterable<CaseResult>;
}
