import { compareResults } from '../../compare/compare-results.js';
import type { Dialect } from '../../contract/dialect.js';
import { generaliseArrays } from '../../exclude/generalise.js';
import type { Exclusion, Verification } from '../../model/exclusion.js';
import { asLoaded, trialRules } from '../../waf/modsecurity/dialects/trial.js';
import { modsecurityFieldNames } from '../../waf/modsecurity/field-names.js';
import { choose, refuse } from './choose.js';
import { dropIdle } from './effects.js';
import { evaluateCases } from './evaluate-cases.js';
import { findExclusions } from './find-exclusions.js';
import type { Ground } from './ground.js';
import { linkFindings } from './link-findings.js';
import { findTooBroad } from './neighbours.js';
import { findPlaces, price } from './price.js';
import { searchSettings } from './search-settings.js';

/** A set of exclusions, and what a real engine said of it. */
export interface Proved {
  readonly exclusions: readonly Exclusion[];
  readonly verification: Verification;
}

/**
 * The narrowest exclusions that a dialect can express and that clear the false positives: searched, priced, chosen and
 * proved on the embedded engine.
 */
export async function proveExclusions(dialect: Dialect, ground: Ground): Promise<Proved> {
  const { workshop, settings, world, blocked, matrix, report } = ground;
  workshop.stage('search');
  world.progress.stage(`searching exclusions for ${blocked.length} false positives (${dialect.name})`);
  const found = await findExclusions(blocked, searchSettings(dialect, ground));
  for (const { subject, ruleId, reason } of found.unsolved) {
    world.progress.warn(`${subject} is still blocked by rule ${ruleId}: ${reason}`);
  }
  workshop.stage('drop what does nothing');
  const { exclusions: needed, idle } = await dropIdle(
    generaliseArrays(found.exclusions, modsecurityFieldNames, settings.elements),
    blocked,
    workshop,
  );
  workshop.stage('price');
  world.progress.stage(`pricing ${needed.length} exclusions`);
  const unscoped = needed.filter((one) => one.scope.path !== undefined && asLoaded(one) !== one);
  if (unscoped.length > 0) {
    world.progress.warn(
      `${unscoped.length} exclusions of ${dialect.name} are proved for every request: only a server knows their sections`,
    );
  }
  const places = await findPlaces(needed, blocked, matrix, modsecurityFieldNames);
  const { exclusions: chosen, left } = await choose(linkFindings(needed, report.findings), places, ground);
  const tried = await proveSet(chosen, places, ground);
  const unpriced = tried.exclusions.filter(
    ({ effect, detectionLoss }) => effect !== 'change-setting' && detectionLoss === undefined,
  );
  if (settings.maxLoss !== undefined && unpriced.length > 0) {
    world.progress.warn(
      `${unpriced.length} exclusions have no price, since no attack fits there: --max-loss does not judge them`,
    );
  }
  const { exclusions, refused } = refuse(tried.exclusions, blocked, settings.maxLoss);
  const { exclusions: proved, ...proof } = refused.length === 0 ? tried : await proveSet(exclusions, places, ground);
  const verification = {
    ...proof,
    noEffect: [...new Set(idle.map(({ exclusion }) => exclusion.id))],
    ...(left.length > 0 && { leftInForce: left }),
    ...(refused.length > 0 && { refused }),
  };
  return { exclusions: proved, verification };
}

/** Prices a set, and replays all legitimate cases, and neighbours of the cleared ones. */
export async function proveSet(
  exclusions: readonly Exclusion[],
  places: Awaited<ReturnType<typeof findPlaces>>,
  { workshop, world, before, cases, blocked, report }: Ground,
) {
  const proof = await workshop.with(trialRules(exclusions, workshop.firstId), async (after) => {
    const { exclusions: priced, attacksLost } = await price(exclusions, places, after);
    world.progress.stage(`verifying ${exclusions.length} exclusions`);
    workshop.stage('verify');
    const comparison = compareResults(cases, await evaluateCases(cases, after));
    const tooBroad = await findTooBroad(exclusions.map(asLoaded), blocked, { before, after }, modsecurityFieldNames);
    return { exclusions: priced, engine: after.engine, ...comparison, attacksLost, tooBroad };
  });
  const reproduced = new Set(blocked.map(({ id }) => id));
  const reported = report.results.filter(({ verdict }) => verdict.kind === 'false-positive');
  return {
    ...proof,
    notReproduced: reported.filter(({ id }) => !reproduced.has(id)).map(({ id }) => id),
  };
}
