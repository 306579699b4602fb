import type { Intent } from '../model/case.js';
import type { Evidence, EvidenceResult } from '../model/evidence.js';
import type { Exchange, Outcome } from '../model/exchange.js';
import type { Verdict } from '../model/verdict.js';
import { overloadOf, refusalOf } from './refusals.js';

/** What is known of one case when it has been sent. */
export interface Observed {
  readonly intent: Intent;
  readonly exchange: Exchange;
  readonly evidence: EvidenceResult;
}

/** What an exchange means. A refusal counts as the WAF's only where its log says so. */
export function judge({ intent, exchange, evidence }: Observed): Verdict {
  const { outcome } = exchange;
  if (outcome.kind === 'failed') return { kind: 'inconclusive', reason: outcome.message };
  if (evidence.kind === 'undecided') return { kind: 'inconclusive', reason: evidence.reason };
  if (evidence.kind === 'missing') return withoutEvidence(outcome, evidence.reason);
  return withEvidence(intent, outcome, evidence.evidence);
}

function withoutEvidence(answer: Answer, reason: string): Verdict {
  const { status } = answer;
  const overload = overloadOf(answer, reason);
  if (overload !== undefined) return { kind: 'denied-elsewhere', ...overload };
  return status === 403 || status === 406
    ? { kind: 'unattributed-block', reason: `answered ${status}, but ${reason}` }
    : { kind: 'inconclusive', reason };
}

type Answer = Extract<Outcome, { kind: 'answered' }>;

function withEvidence(intent: Intent, { status }: Answer, { action, hits, score }: Evidence): Verdict {
  if (action !== 'passed') {
    const detectedOnly = action === 'would-block';
    return intent === 'attack' ? { kind: 'attack-blocked', detectedOnly } : { kind: 'false-positive', detectedOnly };
  }
  const refusal = refusalOf(status);
  if (refusal !== undefined && score !== undefined && score.inbound >= score.threshold) {
    const reason = `answered ${status}; its score of ${score.inbound} reached the threshold of ${score.threshold}, but no log line says that the WAF refused it`;
    return { kind: 'unattributed-block', reason };
  }
  if (refusal !== undefined) return { kind: 'denied-elsewhere', ...refusal };
  const nearMiss = hits.length > 0;
  return intent === 'attack' ? { kind: 'attack-missed', nearMiss } : { kind: 'let-through', nearMiss };
}
