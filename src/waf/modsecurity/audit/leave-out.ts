import { pathOf } from '../../../model/endpoint.js';
import type { RequestSpec } from '../../../model/request.js';
import { evaluateAll } from '../../../prove/evaluate-all.js';
import { groupBy } from '../../../util/group-by.js';
import { everywhere, scopeHolds, scopeOf } from '../exclusion-files/scope.js';
import type { ExclusionUnit } from '../exclusion-files/unit.js';
import type { AuditSubject } from './audit-subject.js';
import { type Loss, lossesOf, observeCases } from './replays.js';

/** What the cases lose without an exclusion, by the id of the case. */
export type Losses = ReadonlyMap<string, Loss>;

/**
 * Leaves each exclusion out in turn and replays the cases that exclusions make a difference to. Exclusions for different
 * single paths cannot act on the same case, so one engine is asked about one of each path at the same time.
 * @param found told what the cases lose without each exclusion, as soon as it is known
 */
export async function leaveOutEach(audit: AuditSubject, found: Map<ExclusionUnit, Losses>): Promise<void> {
  const { progress, exclusions } = audit;
  progress.stage('leaving out each exclusion in turn', exclusions.units.length);
  const leaveOut = async (round: readonly ExclusionUnit[]): Promise<void> => {
    const shares = share(round, await lossesWithout(new Set(round), audit), audit);
    if (shares === undefined) {
      for (const unit of round) await leaveOut([unit]);
      return;
    }
    for (const [unit, own] of shares) {
      found.set(unit, own);
      progress.step?.();
    }
  };
  await evaluateAll(roundsOf(exclusions.units), leaveOut);
}

/** What the cases lose when some exclusions are left out, compared with the files as they are. */
export async function lossesWithout(left: ReadonlySet<ExclusionUnit>, audit: AuditSubject): Promise<Losses> {
  const { changed, asIs } = audit.replays;
  const concerned = changed.filter(({ request }) => [...left].some((unit) => mayActOn(unit, request)));
  if (concerned.length === 0) return new Map();
  return audit.engines.ask(left, async (bench) => lossesOf(asIs, await observeCases(concerned, bench)));
}

/** Whether an exclusion may do anything to a request: the conditions of its rule do not rule that out. Engines decode other paths than plain ones. */
export function mayActOn({ host }: ExclusionUnit, { method, path }: Pick<RequestSpec, 'method' | 'path'>): boolean {
  const isPlain = /^[\w./-]*$/.test(pathOf({ path }));
  return host === undefined || !isPlain || scopeHolds(scopeOf(host.rule), { method, path: pathOf({ path }) }) !== false;
}

/** Exclusions that are left out at the same time: one for each single path, any other by itself. */
function roundsOf(units: readonly ExclusionUnit[]): readonly (readonly ExclusionUnit[])[] {
  const paths = groupBy(units, onlyPath);
  const others = (paths.get(undefined) ?? []).map((unit) => [unit]);
  const queues = [...paths].flatMap(([path, queue]) => (path === undefined ? [] : [queue]));
  const longest = Math.max(0, ...queues.map(({ length }) => length));
  const rounds = Array.from({ length: longest }, (_, turn) => queues.flatMap((queue) => queue[turn] ?? []));
  return [...rounds, ...others];
}

function onlyPath({ host }: ExclusionUnit): string | undefined {
  const path = host === undefined ? undefined : scopeOf(host.rule).path;
  return path?.kind === 'exact' ? path.text : undefined;
}

/** Each exclusion's share of what is lost without all of them; nothing where a loss is none of theirs. */
function share(round: readonly ExclusionUnit[], losses: Losses, { replays: { changed } }: AuditSubject) {
  const [only, ...others] = round;
  if (only === undefined || others.length === 0) return new Map(only === undefined ? [] : [[only, losses]]);
  const requests = new Map(changed.map(({ id, request }) => [id, request]));
  const shares = new Map(round.map((unit) => [unit, new Map<string, Loss>()]));
  for (const [id, loss] of losses) {
    const request = requests.get(id);
    const owner = request && round.find((unit) => isOnPath(unit, pathOf(request)));
    if (owner === undefined) return undefined;
    shares.get(owner)?.set(id, loss);
  }
  return shares;
}

function isOnPath({ host }: ExclusionUnit, path: string): boolean {
  const scope = host === undefined ? everywhere : scopeOf(host.rule);
  return scope.path !== undefined && scopeHolds({ ...everywhere, path: scope.path }, { method: '', path }) === true;
}
