import type { RequestSpec } from '../../model/request.js';
import { parseTarget } from '../../replay/target.js';
import { encodeRequest } from '../../request/encode-request.js';
import { dueProbe, mostProbes, probeKey } from '../../triage/probing/decision-walk.js';
import { probeIds } from '../../triage/probing/probes.js';
import { withoutCredentials } from '../credentials.js';
import { probeMaterial } from './probe-material.js';
import type { TargetQuestion } from './target-question.js';

/** A probe that may be sent. */
export interface PlannedProbe {
  readonly id: string;
  readonly sends: string;
  readonly method: string;
  readonly target: string;
  readonly mayChange: boolean;
}

/** What a triage would send: the request itself, and some of these, by what is answered. */
export interface TriagePlan {
  readonly baseline: Pick<PlannedProbe, 'method' | 'target'>;
  readonly probes: readonly PlannedProbe[];
  /** So many of them at most. */
  readonly most: number;
}

/**
 * What would be sent, of which nothing is.
 * @throws WafproofError `TARGET_UNREACHABLE`, `CA_UNREADABLE`
 */
export function planProbes(question: Probed): TriagePlan {
  const { request, destination } = question;
  const { host, basePath } = parseTarget(destination);
  const means = { ...probeMaterial(question, host), form: anyForm };
  const known = new Set([probeKey({ probe: {}, request })]);
  const probes = probeIds.flatMap((id) => {
    const due = dueProbe(id, request, means);
    if (due === undefined || known.has(probeKey(due))) return [];
    known.add(probeKey(due));
    return [{ id, sends: due.probe.sends, ...lineOf(due.request, basePath), mayChange: due.mayChange }];
  });
  return { baseline: lineOf(request, basePath), probes, most: mostProbes };
}

type Probed = Pick<TargetQuestion, 'request' | 'destination' | 'credentials' | 'from' | 'waitMs'>;

/** Whether there is one shows when the page is there. */
const anyForm = {
  fields: [['csrf_token', 'token']],
  headers: [['X-CSRF-Token', 'token']],
  cookies: [],
} as const;

function lineOf(request: RequestSpec, basePath: string) {
  const { method, target } = encodeRequest(withoutCredentials(request).request);
  return { method, target: `${basePath}${target}` };
}
