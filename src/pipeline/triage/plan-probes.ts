import type { RequestSpec } from '../../model/request.js';
import { parseTarget } from '../../replay/target.js';
import { encodeRequest } from '../../request/encode-request.js';
import { dueProbe, mostProbes } from '../../triage/probing/decision-walk.js';
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
export function planProbes(question: TargetQuestion): TriagePlan {
  const { request, destination } = question;
  const means = { ...probeMaterial(question, parseTarget(destination).host), form: anyForm };
  const probes = probeIds.flatMap((id) => {
    const due = dueProbe(id, request, means);
    return due === undefined ? [] : [{ id, sends: due.probe.sends, ...lineOf(due.request), mayChange: due.mayChange }];
  });
  return { baseline: lineOf(request), probes, most: mostProbes };
}

/** Whether there is one shows when the page is there. */
const anyForm = {
  fields: [['csrf_token', 'token']],
  headers: [['X-CSRF-Token', 'token']],
  cookies: [],
} as const;

function lineOf(request: RequestSpec) {
  const { method, target } = encodeRequest(withoutCredentials(request).request);
  return { method, target };
}
