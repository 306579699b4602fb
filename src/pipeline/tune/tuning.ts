import type { Dialect } from '../../contract/dialect.js';
import { pathOf } from '../../model/endpoint.js';
import type { Exclusion } from '../../model/exclusion.js';
import type { CaseResult, RunReport } from '../../model/report.js';
import type { TuneSettings } from '../../model/tune-options.js';
import { evaluateCases, isBlocked } from '../../prove/evaluate-cases.js';
import type { MatchMatrix } from '../../prove/match-matrix.js';
import type { KnownOutcomes } from '../../prove/price.js';
import {
  type EndpointOf,
  endpointsSaid,
  type PathRecogniser,
  recogniseEndpoints,
  recognisePaths,
} from '../../request/endpoints.js';
import { type NameRecogniser, recogniseNames } from '../../request/recognise-names.js';
import { unredacted } from '../redact.js';
import type { World } from '../world.js';
import type { MeasuredProver } from './measured-prover.js';

/** The legitimate cases of a report, as an engine without exclusions judges them. */
export interface EvaluatedReport {
  readonly report: RunReport;
  readonly cases: readonly CaseResult[];
  /** Those that it blocks. */
  readonly blocked: readonly CaseResult[];
  readonly endpointOf: EndpointOf;
  readonly recogniseName: NameRecogniser;
  readonly recognisePath: PathRecogniser;
}

/** Exclusions that a search came to. */
export interface FoundExclusions {
  readonly exclusions: readonly Exclusion[];
  /** Ids of cases that are blocked in spite of them. */
  readonly stillBlocked: ReadonlySet<string>;
}

/** What every dialect's exclusions are searched and proved with. */
export interface Tuning {
  readonly evaluated: EvaluatedReport;
  readonly prover: MeasuredProver;
  readonly matrix: MatchMatrix;
  /** The same of a sample of the attacks, where a price can be too high. */
  readonly sample?: MatchMatrix;
  readonly settings: TuneSettings;
  readonly progress: World['progress'];
  /** What attacks that may pass have come to under exclusions, from earlier jobs too. */
  readonly known?: KnownOutcomes;
  /** Told what a search comes to, before it is proved. */
  found?(dialect: Dialect, found: FoundExclusions): void;
}

/** @param endpoints paths with placeholders that are one endpoint each */
export async function evaluateReport(
  report: RunReport,
  prover: MeasuredProver,
  endpoints: readonly string[],
  progress: World['progress'],
): Promise<EvaluatedReport> {
  const legitimate = report.results
    .filter(({ intent }) => intent === 'legitimate')
    .map((result) => ({ ...result, request: unredacted(result.request) }));
  progress.stage('evaluating the cases as they are', legitimate.length);
  const cases = await evaluateCases(legitimate, prover.bare, () => progress.step?.());
  const requests = legitimate.map(({ request }) => request);
  return {
    report,
    cases,
    blocked: cases.filter(isBlocked),
    endpointOf: recogniseEndpoints(requests, [...endpoints, ...endpointsSaid(legitimate)]),
    recogniseName: recogniseNames(requests),
    recognisePath: recognisePaths(requests.map(pathOf)),
  };
}
