import { WafproofError } from '../../model/error.js';
import { type EngineOptions, installedEngine } from '../../model/options.js';
import { defaultProbes, type ProbeOptions } from '../../model/probe-options.js';
import type { CaseResult, Finding, RunReport } from '../../model/report.js';
import { createCorrelationIds } from '../../replay/correlation-ids.js';
import { createHttpTransport } from '../../replay/http-transport.js';
import { parseTarget } from '../../replay/target.js';
import { isSeenAt } from '../../request/field-paths.js';
import { type Clock, monotonicClock } from '../../util/clock.js';
import { counted } from '../../util/counted.js';
import { findWaf } from '../find-waf.js';
import { httpOptions } from '../http-options.js';
import { surroundings } from '../open-places.js';
import { startJoiner } from '../start-joiner.js';
import type { World } from '../world.js';
import { askLog, type Confirmation, type ProbedLog } from './confirm-by-log.js';
import { type HitProbing, type Probed, type ProbedHit, probeHit } from './probe-hit.js';
import { ProbePace, probeRates } from './probe-pace.js';
import type { ProbedFinding } from './probed-finding.js';
import { sayProbed, sayRates } from './say-probed.js';
import { TargetProbe } from './target-probe.js';

/** What probing goes by beside its options. */
export interface ProbeSurroundings {
  readonly engine?: Partial<EngineOptions>;
  readonly clock?: Clock;
}

/**
 * Finds by the answers of the target what its WAF refuses, where no engine on this machine tells: for each finding that has
 * no smallest request yet, one of its false positives is sent with less and less in it. No attack is sent. It is as slow
 * as the rules of the target ask for, and ends at the first answer of one that counts requests or doubts the client.
 * @returns the report with `minimal` in findings and results, and with the `field` of a finding where it is certain
 * @throws WafproofError `TARGET_UNREACHABLE`, `WAF_UNKNOWN`, and what can be wrong with the log or with files of rules
 */
export async function probeFindings(
  report: RunReport,
  options: ProbeOptions,
  world: World,
  around: ProbeSurroundings = {},
): Promise<RunReport> {
  const chosen = report.findings.flatMap((finding) => choose(finding, report));
  if (chosen.length === 0 || world.signal.aborted) return report;
  const engine = { ...installedEngine, ...around.engine };
  const { target } = options;
  const waf = findWaf(target.waf.kind, world);
  const knowledge = await waf.probeKnowledge?.(target.waf, engine);
  const rates = probeRates(waf.probeKnowledge === undefined ? [] : knowledge?.rules?.limits, target.rate);
  sayRates(rates, knowledge, target.rate, world.progress);
  const pace = new ProbePace(rates, { clock: around.clock ?? monotonicClock, signal: world.signal });
  pace.count(report.results.length, Math.max(0, Date.now() - Date.parse(report.startedAt) - report.durationMs));
  const ids = createCorrelationIds();
  const http = httpOptions({ ...target, connections: 1 }, world);
  const transport = createHttpTransport(http);
  const log = await openLog();
  const probe = new TargetProbe({ transport, pace, ids, host: parseTarget(http).host, knowledge });
  const { rules } = knowledge ?? {};
  const probing = {
    target: probe,
    names: waf.fields,
    most: options.probes ?? defaultProbes,
    here: options.here === true,
  };
  try {
    world.progress.stage(`sending shortened requests for ${counted(chosen.length, 'finding')}`, chosen.length);
    const probed = await probeEach(chosen, { ...probing, rules }, log, world);
    sayProbed(probed, probe, log !== undefined, world.progress);
    return withProbed(report, probed);
  } finally {
    await log?.joiner.close();
    await transport.close();
  }

  async function openLog(): Promise<ProbedLog | undefined> {
    try {
      const opened = await waf.open(target, surroundings(ids.prefix, engine));
      return { log: opened, joiner: startJoiner(opened, target, ids), ids };
    } catch (error) {
      if (error instanceof WafproofError && error.code === 'LOG_MISSING') return undefined;
      throw error;
    }
  }
}

interface Chosen extends Pick<ProbedFinding, 'finding' | 'result'> {
  readonly hit: ProbedHit;
}

/** Of each finding without a smallest request, its first false positive that was refused. */
function choose(finding: Finding, { results }: RunReport): readonly Chosen[] {
  if (finding.minimal !== undefined) return [];
  for (const result of results) {
    const { id, verdict, intent, request, status } = result;
    if (intent !== 'legitimate' || verdict.kind !== 'false-positive' || verdict.detectedOnly) continue;
    if (!finding.cases.includes(id)) continue;
    const hit = result.hits.find((one) => one.ruleId === finding.ruleId && isSeenAt(one, finding));
    if (hit !== undefined) return [{ finding, result, hit: { request, hit, status } }];
  }
  return [];
}

async function probeEach(
  chosen: readonly Chosen[],
  probing: HitProbing,
  log: ProbedLog | undefined,
  { signal, progress }: World,
): Promise<readonly ProbedFinding[]> {
  const { target } = probing;
  const pending: Promise<ProbedFinding>[] = [];
  for (const { finding, result, hit } of chosen) {
    if (signal.aborted || target.stopped !== undefined) break;
    const probed = await probeHit(hit, probing);
    const mayAsk = log !== undefined && probed.kind === 'minimal' && target.stopped === undefined;
    const asked = mayAsk ? await askLog(probed.asSent, finding.ruleId, { target, log }) : undefined;
    const counted = asked === undefined ? probed : oneMore(probed);
    pending.push(confirmed({ finding, result, probed: counted }, asked?.confirmation));
    progress.step?.();
  }
  return Promise.all(pending);
}

function oneMore(probed: Probed): Probed {
  if (probed.kind === 'none') return probed;
  return { ...probed, minimal: { ...probed.minimal, probes: probed.minimal.probes + 1 } };
}

async function confirmed(
  one: Omit<ProbedFinding, 'confirmation'>,
  pending: Promise<Confirmation> | undefined,
): Promise<ProbedFinding> {
  const confirmation = await pending;
  if (confirmation?.kind !== 'another-rule') return { ...one, confirmation };
  return { ...one, probed: { kind: 'none', reason: confirmation.reason }, confirmation };
}

function withProbed(report: RunReport, all: readonly ProbedFinding[]): RunReport {
  const ofFinding = new Map<Finding, Extract<Probed, { kind: 'minimal' }>>();
  const ofResult = new Map<CaseResult, Extract<Probed, { kind: 'minimal' }>>();
  for (const { finding, result, probed } of all) {
    if (probed.kind === 'none') continue;
    ofFinding.set(finding, probed);
    if (result.minimal === undefined && !ofResult.has(result)) ofResult.set(result, probed);
  }
  return {
    ...report,
    results: report.results.map((result) => {
      const minimal = ofResult.get(result)?.minimal;
      return minimal === undefined ? result : { ...result, minimal };
    }),
    findings: report.findings.map((finding) => {
      const probed = ofFinding.get(finding);
      if (probed === undefined) return finding;
      return { ...finding, minimal: probed.minimal, ...(probed.field !== undefined && { field: probed.field }) };
    }),
  };
}
