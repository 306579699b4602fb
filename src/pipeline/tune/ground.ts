import { readFile } from 'node:fs/promises';
import type { EngineOptions } from '../../model/options.js';
import type { CaseResult, RunReport } from '../../model/report.js';
import type { TuneSettings } from '../../model/tune-options.js';
import { type EndpointOf, recogniseEndpoints } from '../../triage/endpoints.js';
import { freeFirstId } from '../../waf/modsecurity/dialects/rule-id-range.js';
import type { World } from '../world.js';
import type { Attack } from './attacks.js';
import { evaluateCases, isBlocked } from './evaluate-cases.js';
import { MatchMatrix } from './match-matrix.js';
import type { Bench } from './workbench.js';
import { Workshop } from './workshop.js';

/** What every search of exclusions for a report starts from. */
export interface Ground {
  readonly report: RunReport;
  readonly workshop: Workshop;
  readonly settings: TuneSettings;
  readonly world: World;
  /** The engine as it is, without any exclusion. */
  readonly before: Bench;
  /** The legitimate cases of the report, as that engine judges them. */
  readonly cases: readonly CaseResult[];
  /** Those that it blocks. */
  readonly blocked: readonly CaseResult[];
  readonly matrix: MatchMatrix;
  readonly endpointOf: EndpointOf;
}

export async function openGround(
  report: RunReport,
  attacks: readonly Attack[],
  { engine: options, settings }: { readonly engine: EngineOptions; readonly settings: TuneSettings },
  world: World,
): Promise<Ground> {
  const firstId = freeFirstId(settings.firstId, await idsOfUser(options));
  const workshop = new Workshop(engineOf(report, options), firstId, world.signal);
  workshop.stage('cases as they are');
  const legitimate = report.results.filter(({ intent }) => intent === 'legitimate');
  const before = await workshop.open({ before: '', after: '' });
  try {
    const cases = await evaluateCases(legitimate, before);
    const matrix = new MatchMatrix(attacks, before);
    const requests = legitimate.map(({ request }) => request);
    const endpointOf = recogniseEndpoints(requests, settings.endpoints);
    return {
      report,
      workshop,
      settings: { ...settings, firstId },
      world,
      before,
      cases,
      blocked: cases.filter(isBlocked),
      matrix,
      endpointOf,
    };
  } catch (error) {
    await before.close();
    throw error;
  }
}

/** Numbers of the rules that the user has: two rules with one number stop an engine. */
async function idsOfUser({ rulesBefore, rulesAfter }: EngineOptions): Promise<readonly number[]> {
  const texts = await Promise.all(
    [...rulesBefore, ...rulesAfter].map((path) => readFile(path, 'latin1').catch(() => '')),
  );
  return texts.flatMap((text) => [...text.matchAll(/\bid:'?(\d{1,10})/g)].map(([, id]) => Number(id)));
}

/** Level and threshold of the report, unless the user says otherwise. */
function engineOf({ target: { waf } }: RunReport, options: EngineOptions): EngineOptions {
  return {
    ...(waf.paranoia !== undefined && { paranoia: waf.paranoia }),
    ...(waf.threshold !== undefined && { threshold: waf.threshold }),
    ...options,
  };
}
