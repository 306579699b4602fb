import type { RulesBeforeTarget } from '../../contract/probe-knowledge.js';
import type { RuleId } from '../../model/evidence.js';
import type { RequestSpec } from '../../model/request.js';
import { isLike, isRefusedBy, type KnownAnswers } from './read-probe.js';
import { siblingPath } from './sibling-path.js';
import type { TargetProbe } from './target-probe.js';

/** A request that is to be shortened, and what is known of its refusal. */
export interface RefusedAtPath {
  readonly request: RequestSpec;
  /** The same without anything that may be left out. */
  readonly bare: RequestSpec;
  readonly ruleId: RuleId;
  /** With which it was refused. */
  readonly status: number | undefined;
}

/** A path at which the target refuses the request, and nothing without it. */
export type FoundPlace =
  | { readonly kind: 'found'; readonly path: string; readonly known: KnownAnswers }
  | { readonly kind: 'none'; readonly reason: string };

/** What decides where probes may go. */
export interface PlaceRules {
  readonly rules: RulesBeforeTarget | undefined;
  /** The path of the request itself is allowed. */
  readonly here: boolean;
}

/**
 * Where shortened requests may go: to a path that does not exist, where the request is refused there too, else to its own, where
 * that is allowed, since the application gets what is let through.
 */
export async function findProbePlace(
  refused: RefusedAtPath,
  target: TargetProbe,
  { rules, here }: PlaceRules,
): Promise<FoundPlace> {
  const { method, path } = refused.request;
  const aside = siblingPath(path);
  const why = whyNotAside(refused.request, aside, target, rules);
  const elsewhere: FoundPlace =
    why === undefined ? await tryPlace(refused, aside, target) : { kind: 'none', reason: why };
  if (elsewhere.kind === 'found' || target.stopped !== undefined) return elsewhere;
  if (here) return tryPlace(refused, path, target);
  return {
    kind: 'none',
    reason: `${elsewhere.reason}; --probe-here sends shortened requests to ${method} ${path} itself, where the application gets them`,
  };
}

function whyNotAside(
  request: RequestSpec,
  aside: string,
  target: TargetProbe,
  rules: RulesBeforeTarget | undefined,
): string | undefined {
  if (request.method === 'PUT') return 'a PUT may create what it names';
  const different = rules?.tellApart(target.wire(request), target.wire({ ...request, path: aside }));
  return different && `another path is another matter to the rules: ${different}`;
}

async function tryPlace(
  { request, bare, ruleId, status }: RefusedAtPath,
  path: string,
  target: TargetProbe,
): Promise<FoundPlace> {
  const harmless = await target.ask({ ...bare, path });
  const whole = harmless && (await target.ask({ ...request, path }));
  if (harmless === undefined || whole === undefined) return none(target.stopped ?? 'it was not answered');
  const known = { refusal: whole.answer, harmless: harmless.answer };
  const at = `at ${path === request.path ? 'its own path' : 'a path that does not exist'}`;
  if (status !== undefined && whole.answer.status !== status)
    return none(`the request is answered with ${whole.answer.status} ${at}, where ${status} was its refusal`);
  if (isRefusedBy(whole, known, ruleId)) return { kind: 'found', path, known };
  return none(
    isLike(whole.answer, harmless.answer)
      ? `the answer to the request without its fields is the same as to all of it ${at}`
      : `the request is not refused by this rule ${at}`,
  );
}

function none(reason: string): FoundPlace {
  return { kind: 'none', reason };
}
