import type { Diagnosis, DoctorCheck } from '../model/diagnosis.js';
import type { DoctorOptions } from '../model/options.js';
import type { TargetInfo } from '../model/report.js';
import { loadSuites } from '../suite/load-suites.js';
import { checkBody } from './doctor/body-check.js';
import { type CheckId, type CheckOutcome, checkTitles, skipped } from './doctor/check.js';
import { checkClock, checkReachable } from './doctor/connection-checks.js';
import { openConversation } from './doctor/conversation.js';
import {
  checkAttack,
  checkBenign,
  checkEngine,
  checkRules,
  checkSettings,
  observedWaf,
} from './doctor/detection-checks.js';
import { findLargest, type LargestCase } from './doctor/largest-case.js';
import { checkHeader, checkLog, checkLogEntry, checkTruncation } from './doctor/log-checks.js';
import { type Observations, observe } from './doctor/observe.js';
import type { World } from './world.js';

/**
 * The pre-flight of a target: sends a handful of requests, reads its log, and says what stands in the way of a run.
 * Whatever it finds is a check; none of them is sent twice.
 * @throws WafproofError when a suite is wrong, or the target's URL is none that can be sent to
 */
export async function doctor(options: DoctorOptions, world: World): Promise<Diagnosis> {
  const { target } = options;
  const largest = await largestOf(options, world);
  world.progress.stage(`asking ${target.url}`);
  const conversation = await openConversation(target, world.signal);
  try {
    const attacks = target.attacks || options.canary;
    const seen = await observe({ target, attacks, largest }, conversation);
    world.progress.end();
    return { target: describeTarget(seen), checks: examine(seen) };
  } finally {
    await conversation.close();
  }
}

async function largestOf({ suites, target }: DoctorOptions, { cwd, env }: World): Promise<LargestCase | undefined> {
  if (suites.length === 0) return undefined;
  const loaded = await loadSuites({ patterns: suites, cwd, env });
  return findLargest(loaded.cases(), target.attacks);
}

function describeTarget(seen: Observations): TargetInfo {
  return { name: seen.target.name, url: seen.target.url, waf: observedWaf(seen) ?? { kind: 'modsecurity' } };
}

/** What each check makes of what was seen. */
const checks: readonly (readonly [CheckId, (seen: Observations) => CheckOutcome])[] = [
  ['reachable', checkReachable],
  ['log', checkLog],
  ['log-entry', checkLogEntry],
  ['header', checkHeader],
  ['benign', checkBenign],
  ['attack', checkAttack],
  ['rules', checkRules],
  ['engine', checkEngine],
  ['settings', checkSettings],
  ['truncation', checkTruncation],
  ['body', checkBody],
  ['clock', checkClock],
];

function examine(seen: Observations): readonly DoctorCheck[] {
  const answered = seen.benign.exchange.outcome.kind === 'answered';
  return checks.map(([id, check]) => {
    const independent = answered || id === 'reachable' || id === 'log';
    return { id, title: checkTitles[id], ...(independent ? check(seen) : skipped('the target does not answer')) };
  });
}
