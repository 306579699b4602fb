import { compareResults } from '../../compare/compare-results.js';
import type { Dialect } from '../../contract/dialect.js';
import type { Choice } from '../../exclude/choose-exclusions.js';
import { linkFindings } from '../../exclude/link-findings.js';
import type { SearchResult } from '../../exclude/search-exclusions.js';
import type { Exclusion, Verification } from '../../model/exclusion.js';
import type { CaseResult } from '../../model/report.js';
import { askFor } from '../../prove/ask-for.js';
import type { KindOf } from '../../prove/attack-places.js';
import { choose } from '../../prove/choose.js';
import { evaluateCases } from '../../prove/evaluate-cases.js';
import { findExclusions } from '../../prove/find-exclusions.js';
import { dropIdle, type Needed } from '../../prove/idle.js';
import { findTooBroad } from '../../prove/neighbours.js';
import { findPlaces, type PricedPlaces, price } from '../../prove/price.js';
import { refuse, refuseBySample, type WithinLoss } from '../../prove/refuse.js';
import { blockedSiblings, inventSiblings } from '../../prove/siblings.js';
import { stageSteps } from '../../prove/step-progress.js';
import { findWithoutHarm } from '../../prove/without-harm.js';
import type { PathRecogniser } from '../../request/endpoints.js';
import { counted } from '../../util/counted.js';
import { using } from '../../util/using.js';
import type { Tuning } from './tuning.js';

/** A set of exclusions, and what a real engine said of it. */
export interface Proved {
  readonly exclusions: readonly Exclusion[];
  readonly verification: Verification;
  /** Where attacks are put to tell what the exclusions cost. */
  readonly places: PricedPlaces;
}

/**
 * The narrowest exclusions that a dialect can express and that clear the false positives: searched, freed of what does
 * nothing, priced, chosen and proved.
 */
export async function proveExclusions(dialect: Dialect, tuning: Tuning): Promise<Proved> {
  const found = await search(dialect, tuning);
  const needed = await dropWhatDoesNothing(generalised(found.exclusions, dialect, tuning), tuning);
  const within = await withinSample(needed.exclusions, dialect, tuning);
  const places = await placesOf(within.exclusions, dialect, tuning);
  const chosen = await chooseWithin(within.exclusions, places, tuning);
  const proved = await proveWithinLoss(chosen.exclusions, places, tuning);
  const refused = [...within.refused, ...(proved.verification.refused ?? [])];
  return {
    ...proved,
    verification: {
      ...proved.verification,
      noEffect: [...new Set(needed.idle.map(({ exclusion }) => exclusion.id))],
      ...(refused.length > 0 && { refused }),
      ...(found.unsolved.length > 0 && { uncleared: found.unsolved }),
      ...(chosen.left.length > 0 && { leftInForce: chosen.left }),
    },
  };
}

/** The narrowest exclusions that clear every hit, one for each variable and scope. */
async function search(dialect: Dialect, { evaluated, prover, progress, ...tuning }: Tuning): Promise<SearchResult> {
  const { blocked, cases: all, endpointOf } = evaluated;
  prover.stage('search');
  const what = `searching exclusions for ${blocked.length} false positives (${dialect.name})`;
  const ask = askFor(prover, () => progress.step?.());
  const settings = {
    endpointOf,
    ask(exclusions: readonly Exclusion[], cases: readonly CaseResult[]) {
      progress.stage(what, cases.length);
      return ask(exclusions, cases);
    },
  };
  const found = await findWithoutHarm(prover.possibilities(dialect), {
    ...settings,
    cases: all,
    search: (possible) => findExclusions(blocked, { ...settings, possible }),
  });
  for (const { subject, ruleId, reason } of found.unsolved) {
    progress.warn(`${subject} is still blocked by rule ${ruleId}: ${reason}`);
  }
  const stillBlocked = new Set(found.unsolved.map(({ subject }) => subject));
  tuning.found?.(dialect, { exclusions: found.exclusions, stillBlocked });
  return found;
}

/** Exclusions for all names that differ in what is generated, where the dialect can be told so. */
export function generalised(
  found: readonly Exclusion[],
  dialect: Dialect,
  { evaluated, prover, settings }: Tuning,
): readonly Exclusion[] {
  const { recogniseName: recognise, recognisePath } = evaluated;
  const { elements } = settings;
  return prover
    .generalise(found, { dialect, recognise, elements })
    .map((exclusion) => withDoubtfulPath(exclusion, recognisePath));
}

/** Of a path that may be generated, the exclusion says so. */
function withDoubtfulPath(exclusion: Exclusion, recognisePath: PathRecogniser): Exclusion {
  const { scope, looksGenerated = [] } = exclusion;
  if (scope.path === undefined || !recognisePath(scope.path).isDoubtful) return exclusion;
  return { ...exclusion, looksGenerated: [...looksGenerated, scope.path] };
}

async function dropWhatDoesNothing(
  found: readonly Exclusion[],
  { evaluated, prover, progress }: Tuning,
): Promise<Needed> {
  prover.stage('drop what does nothing');
  const steps = stageSteps('leaving out each exclusion in turn', progress);
  return dropIdle(found, evaluated.blocked, (exclusions) => prover.open(exclusions), steps);
}

/** What a sample of the attacks shows to cost too much is not priced with all of them: it is not written. */
async function withinSample(exclusions: readonly Exclusion[], dialect: Dialect, tuning: Tuning): Promise<WithinLoss> {
  const { sample, evaluated, prover, progress, settings, known } = tuning;
  if (sample === undefined) return { exclusions, refused: [] };
  const places = await placesOf(exclusions, dialect, { ...tuning, matrix: sample });
  const priced = await price(exclusions, places, {
    open: (acting) => prover.open(acting),
    matrix: sample,
    progress: stageSteps('pricing with a sample of the attacks', progress),
    ...(known !== undefined && { known }),
  });
  const { refused, ...within } = refuseBySample(priced.exclusions, evaluated.blocked, settings.maxLoss);
  const kept = new Set(within.exclusions.map(({ id }) => id));
  return { exclusions: exclusions.filter(({ id }) => kept.has(id)), refused };
}

async function placesOf(
  exclusions: readonly Exclusion[],
  dialect: Dialect,
  { evaluated, prover, matrix, progress }: Tuning,
): Promise<PricedPlaces> {
  prover.stage('price');
  const unscoped = exclusions.filter((one) => one.scope.path !== undefined && prover.asLoaded(one) !== one);
  if (unscoped.length > 0) {
    progress.warn(
      `${unscoped.length} exclusions of ${dialect.name} are proved for every request: only a server knows their sections`,
    );
  }
  const kindOf: KindOf = (request, field) => prover.placeKind(request, field);
  const steps = stageSteps(`pricing ${counted(exclusions.length, 'exclusion')}`, progress);
  return findPlaces(exclusions, evaluated.blocked, matrix, kindOf, steps);
}

/** All of them, unless the user allows that hits stay. */
async function chooseWithin(exclusions: readonly Exclusion[], places: PricedPlaces, tuning: Tuning): Promise<Choice> {
  const { evaluated, prover, matrix, settings } = tuning;
  const linked = linkFindings(exclusions, evaluated.report.findings);
  const { margin } = settings;
  if (margin === undefined) return { exclusions: linked, left: [] };
  return choose(linked, {
    blocked: evaluated.blocked,
    places,
    matrix,
    rules: prover,
    margin,
    ask: (chosen, use) => using(prover.open(chosen, margin), use),
  });
}

/** The proof of a set, without what costs more than the user allows. */
async function proveWithinLoss(
  exclusions: readonly Exclusion[],
  places: PricedPlaces,
  tuning: Tuning,
): Promise<Proved> {
  const { evaluated, settings, progress } = tuning;
  const tried = await proveSet(exclusions, places, tuning);
  const unpriced = tried.exclusions.filter(
    ({ effect, detectionLoss }) =>
      effect !== 'change-setting' &&
      effect !== 'raise-limit' &&
      (detectionLoss === undefined || (detectionLoss.undecided ?? 0) > 0),
  );
  if (settings.maxLoss !== undefined && unpriced.length > 0) {
    progress.warn(
      `${unpriced.length} exclusions have no price, since no attack fits there or what becomes of it cannot be decided: --max-loss does not judge them`,
    );
  }
  const { exclusions: within, refused } = refuse(tried.exclusions, evaluated.blocked, settings.maxLoss);
  if (refused.length === 0) return tried;
  const proved = await proveSet(within, places, tuning);
  return { ...proved, verification: { ...proved.verification, refused } };
}

/** Prices a set, and replays all legitimate cases, and neighbours of the cleared ones. */
export async function proveSet(
  exclusions: readonly Exclusion[],
  places: PricedPlaces,
  { evaluated, prover, matrix, progress, known }: Omit<Tuning, 'settings'>,
): Promise<Proved> {
  const { cases, blocked, report } = evaluated;
  const open = (acting: readonly Exclusion[]) => prover.open(acting);
  return using(prover.openAsWritten(exclusions), async (after) => {
    const confirming = stageSteps('confirming the price', progress);
    const {
      exclusions: priced,
      attacksLost,
      attacksBlockedBefore,
    } = await price(exclusions, places, {
      open,
      matrix,
      progress: confirming,
      ...(known !== undefined && { known }),
    });
    const verifying = stageSteps(`verifying ${counted(exclusions.length, 'exclusion')}`, progress);
    verifying.begin(cases.length);
    prover.stage('verify');
    const comparison = compareResults(cases, await evaluateCases(cases, after, verifying.step));
    const loaded = exclusions.map((one) => prover.asLoaded(one));
    const tooBroad = await findTooBroad(
      loaded,
      blocked,
      { before: prover.bare, after },
      places,
      stageSteps('trying neighbouring paths, methods and fields', progress),
    );
    const siblings = inventSiblings(
      exclusions,
      blocked.filter(({ id }) => comparison.cleared.includes(id)),
    );
    const siblingsBlocked = await blockedSiblings(
      siblings,
      after,
      stageSteps('trying other generated names', progress),
    );
    const reproduced = new Set(blocked.map(({ id }) => id));
    const reported = report.results.filter(({ verdict }) => verdict.kind === 'false-positive');
    return {
      exclusions: priced,
      places,
      verification: {
        engine: prover.engine,
        ...comparison,
        attacksLost,
        attacksBlockedBefore,
        tooBroad,
        ...(siblingsBlocked.length > 0 && { siblingsBlocked }),
        noEffect: [],
        notReproduced: reported.filter(({ id }) => !reproduced.has(id)).map(({ id }) => id),
      },
    };
  });
}
