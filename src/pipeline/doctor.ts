import type { Check, Observations } from '../contract/check.js';
import type { Waf } from '../contract/waf.js';
import type { Diagnosis, DoctorCheck } from '../model/diagnosis.js';
import type { DoctorOptions } from '../model/options.js';
import { loadSuites } from '../suite/load-suites.js';
import { openConversation } from './doctor/conversation.js';
import { neutralChecks } from './doctor/neutral-checks.js';
import { observe } from './doctor/observe.js';
import { skipped } from './doctor/outcomes.js';
import { probesIn, type SuiteProbes } from './doctor/suite-probes.js';
import { described, findWaf } from './find-waf.js';
import type { World } from './world.js';

/**
 * The pre-flight of a target: sends a handful of requests, reads its log, and says what stands in the way of a run.
 * Whatever it finds is a check; none of them is sent twice.
 * @throws WafproofError when a suite is wrong, or the target's URL is none that can be sent to
 */
export async function doctor(options: DoctorOptions, world: World): Promise<Diagnosis> {
  const { target, canary = false } = options;
  const known = findWaf(target.waf.kind, world);
  const probes = await probesOf(options, world);
  world.progress.stage(`asking ${target.url}`);
  const waf = { ...known, checks: [...((await known.gatherChecks?.(target)) ?? []), ...known.checks] };
  const conversation = await openConversation(waf, target, world);
  try {
    const attacks = target.attacks || canary;
    const seen = await observe({ target, attacks, ...probes }, waf, conversation);
    world.progress.end();
    const info = described(waf, seen.waf ?? { kind: waf.kind });
    return { target: { name: target.name, url: target.url, waf: info }, checks: examine(waf, seen) };
  } finally {
    await conversation.close();
  }
}

async function probesOf({ suites = [], target }: DoctorOptions, { cwd, env }: World): Promise<SuiteProbes> {
  if (suites.length === 0) return {};
  const loaded = await loadSuites({ patterns: suites, cwd, env });
  return probesIn(loaded.cases(), target.attacks);
}

function examine(waf: Waf, seen: Observations): readonly DoctorCheck[] {
  const answered = seen.benign.exchange.outcome.kind === 'answered';
  return checksOf(waf).map((check) => {
    const independent = answered || check.independent === true || check.id === 'reachable' || check.id === 'log';
    const outcome = independent ? check.examine(seen) : skipped('the target does not answer');
    return { id: check.id, title: check.title, ...outcome };
  });
}

/** In the order in which they depend on one another. */
function checksOf({ checks, advice }: Waf): readonly Check[] {
  const { first, last } = neutralChecks(advice);
  return [...first, ...checks, ...last];
}
