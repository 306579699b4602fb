/** The public API for Node programs and test files. */

export { type KnownOfTarget, targetOf } from './config/target-of.js';
export type { AnswerReading, LikeRefusal, OwnAnswer, RefusedElsewhere } from './contract/answer-reading.js';
export type { AuditJob, Auditor, AuditResult, KeptForAudits } from './contract/auditor.js';
export type {
  Asked,
  Check,
  CheckOutcome,
  DoctorAdvice,
  LargestCase,
  Observations,
  ProbePlace,
} from './contract/check.js';
export type { Dialect, DialectNotes, Written } from './contract/dialect.js';
export type { Engine, Evaluation } from './contract/engine.js';
export type { FieldLookup, FieldNames, FieldValue } from './contract/field-names.js';
export type { Joined } from './contract/joined.js';
export type { LabServer, RunningLab } from './contract/lab-server.js';
export type {
  Completeness,
  LoggedHit,
  LoggedRequest,
  LogRecord,
  RecordMerger,
  StreamItem,
} from './contract/log-record.js';
export type { EntryFile, LogDelay, LogItem, LogReader, LogSource } from './contract/log-source.js';
export type { LoggedTraffic } from './contract/logged-traffic.js';
export type { KnownMatches, MatchStore } from './contract/match-store.js';
export type { NoteStore, Notes } from './contract/note-store.js';
export type { ProbeKnowledge, RateLimit, RulesBeforeTarget } from './contract/probe-knowledge.js';
export type { ProgressListener, StepProgress } from './contract/progress.js';
export type {
  Answer,
  Bench,
  Decision,
  ExclusionForRule,
  Form,
  Generalising,
  HitPlace,
  Possibilities,
  ProofServer,
  Prover,
  ProverOptions,
  RuleKnowledge,
  RuleMatch,
  StartedServer,
} from './contract/prover.js';
export type { NextStep, ReportFile } from './contract/reporter.js';
export type { Sweep, SweptAnswer, SweptOutcome } from './contract/sweep.js';
export type { LogHistory, ServerSetup, Silence, Surroundings, Waf, WafSession } from './contract/waf.js';
export type { Attack } from './model/attack.js';
export type { AuditEntry, AuditNote, AuditVerdict, IdleReason } from './model/audit.js';
export type { BaselineEntry, BaselineNotes, BaselineOutcome, BaselineUpdate } from './model/baseline.js';
export type { CaseClient, Expectation, Intent, Secret, VerdictKind } from './model/case.js';
export type { ChangedCase, ComparedRun, ReportComparison, RuleChange } from './model/comparison.js';
export { correlationHeader } from './model/correlation.js';
export type { CheckStatus, Diagnosis, DoctorCheck } from './model/diagnosis.js';
export type {
  ConfigurationDraft,
  Draft,
  ExclusionIds,
  Indented,
  Listed,
  Numbered,
  Numbering,
  Pack,
  Packed,
  Tally,
  WhenChosen,
  WhenSeveral,
} from './model/draft.js';
export type { Endpoint } from './model/endpoint.js';
export { type Problem, WafproofError } from './model/error.js';
export {
  type BlockedBy,
  type Evidence,
  type EvidenceResult,
  formatVariable,
  type RuleHit,
  type RuleId,
  type Score,
  type Severity,
  type UndecidedBy,
  type Variable,
  type VariableSource,
  type WafAction,
} from './model/evidence.js';
export type { Exchange, FailureReason, Outcome } from './model/exchange.js';
export type {
  BodyLimit,
  BodyReading,
  ChangeSetting,
  ClassLoss,
  CountAndReblock,
  CountOnly,
  DetectionLoss,
  EngineLimit,
  Exclusion,
  ExclusionChange,
  ExclusionEffect,
  ExclusionOutcome,
  ExclusionScope,
  LadderStep,
  LeaveBodyUnread,
  LeftInForce,
  NarrowRule,
  RaiseLimit,
  ReadBodyAs,
  RefusedExclusion,
  RemoveRule,
  RemoveTarget,
  ScopeDownGroup,
  Setting,
  Uncleared,
  Verification,
} from './model/exclusion.js';
export { anyElement, type FieldPath, type JsonStep } from './model/field.js';
export type { FindingTrend, HistoricRun, HistoryOutcome, TrendKind } from './model/history.js';
export { type CiService, ciServices, type InitOptions } from './model/init-options.js';
export type {
  Affected,
  LogFile,
  LoggedCause,
  LoggedTransaction,
  LogPosition,
  LogsOptions,
  LogsSummary,
} from './model/logs.js';
export type { ContextPiece, Minimal } from './model/minimal.js';
export type {
  CheckOptions,
  DoctorOptions,
  EngineOptions,
  LabOptions,
  LogFormat,
  RunOptions,
  StartLabOptions,
  TriageOptions,
} from './model/options.js';
export type { Place } from './model/place.js';
export type { ProbeOptions } from './model/probe-options.js';
export type { ProblemCode } from './model/problem-texts.js';
export type {
  CaseResult,
  Configuration,
  ConfigurationFile,
  ConfigurationSection,
  Fact,
  Finding,
  ProbingInfo,
  Repeats,
  ReportHead,
  RunReport,
  SkippedCase,
  StreamedReport,
  Summary,
  TargetInfo,
  WafInfo,
  WafKind,
  WafMode,
} from './model/report.js';
export type { Content, JsonValue, Pair, Part, RequestBody, RequestSpec, WireRequest } from './model/request.js';
export type { RuleExplanation, RuleSource } from './model/rule-explanation.js';
export type { Selection } from './model/selection.js';
export type {
  BrowserOpening,
  GetStep,
  LostSign,
  PostStep,
  SessionOptions,
  SessionPair,
  SessionPart,
  SessionStep,
  SessionText,
  SessionValueSource,
  StepExpectation,
  SubmitStep,
} from './model/session-options.js';
export type { SettingValues, SweepParameters, SweepReport, SweptRuleSet, SweptSetting } from './model/sweep.js';
export type {
  Destination,
  LogPlace,
  LogPlaces,
  TargetOptions,
  WafOptions,
} from './model/target-options.js';
export type { Alternative, Cause, Confidence, Grade, Layer, Triage, TriageEvidence } from './model/triage.js';
export type { AuditOptions, ServerName, TuneOptions, TuneReportOptions, TuneSettings } from './model/tune-options.js';
export type { Verdict } from './model/verdict.js';
export { audit } from './pipeline/audit.js';
export { saveBaseline, withBaseline } from './pipeline/baseline.js';
export { check } from './pipeline/check.js';
export { compare } from './pipeline/compare.js';
export { demo } from './pipeline/demo.js';
export { doctor } from './pipeline/doctor.js';
export { withHistory } from './pipeline/history.js';
export {
  type ImportOptions,
  type ImportResult,
  importSuites,
  type LeftOut,
  type NeededValue,
  type WrittenSuite,
} from './pipeline/import.js';
export { type Initialised, init } from './pipeline/init.js';
export { labNames, startLab } from './pipeline/lab.js';
export { logs, type TransactionListener } from './pipeline/logs.js';
export { type Publication, type Published, publish } from './pipeline/publish.js';
export type { Checkable, PairsLike, RequestLike } from './pipeline/request-check/checkable.js';
export {
  type RequestCheck,
  type WafChecker,
  type WafproofOptions,
  wafproof,
} from './pipeline/request-check/wafproof.js';
export { run } from './pipeline/run.js';
export { readReports } from './pipeline/saved-reports.js';
export { setupAdvice, setupServers } from './pipeline/setup-advice.js';
export { type SweepOptions, sweep } from './pipeline/sweep.js';
export type { Effort } from './pipeline/tune/measured-prover.js';
export { type Tuned, tune, tuneReport } from './pipeline/tune/tune.js';
export { builtInWafs } from './pipeline/wafs.js';
export { type World, type WorldOptions, worldOf } from './pipeline/world.js';
