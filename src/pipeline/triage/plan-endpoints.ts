import type { Case } from '../../model/case.js';
import type { Endpoint } from '../../model/endpoint.js';
import type { RunOptions } from '../../model/options.js';
import type { TargetOptions } from '../../model/target-options.js';
import { recogniseEndpoints } from '../../request/endpoints.js';
import { defaultSeed, withRandomValues } from '../../request/random-values.js';
import { loadSuites } from '../../suite/load-suites.js';
import { mostProbes } from '../../triage/probing/decision-walk.js';
import { groupBy } from '../../util/group-by.js';
import { namesOnly, withNames } from '../names-for-values.js';
import type { World } from '../world.js';
import { usualEndpoints } from './ask-endpoints.js';
import { type PlannedProbe, planProbes } from './plan-probes.js';

/** What would be asked of one endpoint, if it refused. */
export interface EndpointPlan {
  readonly method: string;
  /** Placeholders stand for what is generated. */
  readonly path: string;
  readonly cases: number;
  /** Of this case the requests are made here; of the first that is refused, in a run. */
  readonly as: string;
  readonly probes: readonly PlannedProbe[];
}

/** What `run --triage` would send. */
export interface RunTriagePlan {
  readonly url: string;
  /** How many cases would be sent first. */
  readonly cases: number;
  /** Those with most cases first. */
  readonly endpoints: readonly EndpointPlan[];
  /** How many endpoints would not be asked. */
  readonly left: number;
  /** So many requests to an endpoint at most. */
  readonly most: number;
  readonly allowChanges: boolean;
}

/**
 * What a run that asks why it is refused would send, of which nothing is. Which endpoints refuse is not known before it, so
 * each may be asked that a case goes to which has to pass.
 * @throws WafproofError `SUITE_…` and its like when a suite is wrong, `TARGET_UNREACHABLE`, `CA_UNREADABLE`
 */
export async function planEndpoints(
  { suites: patterns, select = {}, target, seed = defaultSeed, triage = {} }: RunOptions,
  { cwd, env }: Pick<World, 'cwd' | 'env'>,
): Promise<RunTriagePlan> {
  const withhold = ({ intent }: Pick<Case, 'intent'>) =>
    intent === 'attack' && !target.attacks ? 'the target does not allow attack cases' : undefined;
  const suites = await loadSuites({ patterns, select, cwd, env: namesOnly(env), withhold });
  const lines = new Map<string, RequestLine>();
  const said = new Set<string>();
  for await (const one of suites.cases()) {
    if (one.endpoint !== undefined) said.add(one.endpoint);
    if (mayBeAsked(one)) note(one, lines, seed);
  }
  const groups = byEndpoint([...lines.values()], [...said]);
  const chosen = groups.slice(0, triage.endpoints ?? usualEndpoints);
  return {
    url: target.url,
    cases: suites.total,
    endpoints: chosen.map((group) => planOf(group, target)),
    left: groups.length - chosen.length,
    most: mostProbes,
    allowChanges: triage.allowChanges === true,
  };
}

/** Cases with one method and path, and the first of them. */
interface RequestLine {
  readonly first: Pick<Case, 'id' | 'request'>;
  readonly cases: number;
}

function note(one: Case, lines: Map<string, RequestLine>, seed: number): void {
  const key = `${one.request.method} ${one.request.path}`;
  const known = lines.get(key);
  if (known !== undefined) return void lines.set(key, { ...known, cases: known.cases + 1 });
  const { id, request, sessionValues } = withRandomValues(one, { seed, turn: 0 });
  lines.set(key, { first: { id, request: withNames(request, sessionValues) }, cases: 1 });
}

interface Group extends RequestLine {
  readonly endpoint: Endpoint;
}

/** The largest first. */
function byEndpoint(lines: readonly RequestLine[], said: readonly string[]): readonly Group[] {
  const endpointOf = recogniseEndpoints(
    lines.map(({ first }) => first.request),
    said,
  );
  const groups = groupBy(lines, ({ first }) => JSON.stringify(endpointOf(first.request)));
  const summed = [...groups.values()].flatMap((group) => {
    const cases = group.reduce((sum, line) => sum + line.cases, 0);
    return group.slice(0, 1).map(({ first }) => ({ first, cases, endpoint: endpointOf(first.request) }));
  });
  return summed.sort((a, b) => b.cases - a.cases);
}

function planOf({ first, cases, endpoint: { method, path } }: Group, target: TargetOptions): EndpointPlan {
  const { probes } = planProbes({ request: first.request, destination: target, credentials: [] });
  return { method, path, cases, as: first.id, probes };
}

/** Attacks, and what is to be refused, are not asked about. */
function mayBeAsked({ intent, expect }: Case): boolean {
  return intent === 'legitimate' && (expect.verdict ?? 'let-through') === 'let-through' && (expect.status ?? 200) < 400;
}
