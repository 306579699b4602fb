import type { WafSession } from '../../contract/waf.js';
import type { Joiner } from '../../evidence/joiner.js';
import type { RuleId } from '../../model/evidence.js';
import type { RequestSpec } from '../../model/request.js';
import type { CorrelationIds } from '../../replay/correlation-ids.js';
import type { TargetProbe } from './target-probe.js';

/** The log of a target that is probed. */
export interface ProbedLog {
  readonly log: WafSession;
  readonly joiner: Joiner;
  readonly ids: CorrelationIds;
}

/** What the log says of a shortened request. */
export type Confirmation =
  | { readonly kind: 'same-rule' }
  | { readonly kind: 'another-rule'; readonly reason: string }
  | { readonly kind: 'unknown'; readonly reason: string };

/**
 * Sends a shortened request once more, and has the log say which rule refuses it.
 * @returns what the log says, which may take as long as the log does
 */
export async function askLog(
  request: RequestSpec,
  ruleId: RuleId,
  { target, log: { log, joiner, ids } }: { readonly target: TargetProbe; readonly log: ProbedLog },
): Promise<{ readonly confirmation: Promise<Confirmation> }> {
  const id = ids.next();
  const expected = joiner.expect(id);
  const answered = await target.ask(request, id);
  if (answered === undefined) {
    expected.forget();
    return { confirmation: Promise.resolve({ kind: 'unknown', reason: target.stopped ?? 'it was not answered' }) };
  }
  const read = async (): Promise<Confirmation> => {
    const joined = await expected.arrival();
    if (joined.kind === 'missing') return { kind: 'unknown', reason: joined.reason };
    const { hits, action } = log.attribute(joined.record, target.wire(request));
    if (action === 'blocked' && hits.some((hit) => hit.ruleId === ruleId)) return { kind: 'same-rule' };
    const others = hits.map((hit) => hit.ruleId).join(', ');
    return {
      kind: 'another-rule',
      reason: `the log names ${others === '' ? 'no rule' : others} for what was left of it`,
    };
  };
  return { confirmation: read() };
}
