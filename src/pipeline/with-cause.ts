import type { EvidenceResult } from '../model/evidence.js';
import type { Verdict } from '../model/verdict.js';

/** The verdict with what could not be decided, where the rules depend on what only the real WAF knows. */
export function withCause(verdict: Verdict, evidence: EvidenceResult): Verdict {
  const by = evidence.kind === 'undecided' ? evidence.by : undefined;
  return verdict.kind === 'inconclusive' && by !== undefined ? { ...verdict, undecidedBy: by } : verdict;
}
