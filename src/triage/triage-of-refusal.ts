import type { EvidenceResult } from '../model/evidence.js';
import type { Outcome } from '../model/exchange.js';
import type { RequestSpec } from '../model/request.js';
import type { Triage } from '../model/triage.js';
import type { Verdict } from '../model/verdict.js';
import { encodeRequest } from '../request/encode-request.js';
import type { TriagedRequest, WafTestimony } from './material.js';
import { withFindings } from './probing/with-findings.js';
import { triage } from './triage.js';

/** A request that was sent, what came of it, and when. */
export interface RefusedExchange {
  readonly request: RequestSpec;
  /** Scheme, host and port, and the path of the target. */
  readonly site: string;
  readonly outcome: Outcome;
  readonly evidence: EvidenceResult;
  /** In milliseconds since 1970. */
  readonly at: number;
}

/** What the log of a WAF shows of a request that passed it. */
export const passedTheWaf = "the WAF's log has this request, and its score stayed under the threshold";

type Denied = Extract<Verdict, { kind: 'denied-elsewhere' }>;

/**
 * All that one refused exchange tells of who refused it and why; nothing where it was not refused, and where the log of the
 * WAF says that the WAF did it. A verdict that names who it was stands.
 */
export function triageOfRefusal(verdict: Verdict, refusal: RefusedExchange): Triage | undefined {
  switch (verdict.kind) {
    case 'denied-elsewhere':
      return withVerdict(tell(refusal, true), verdict);
    case 'unattributed-block':
      return tell(refusal, false);
    case 'inconclusive':
      return isRefused(refusal) ? tell(refusal, false) : undefined;
    default:
      return undefined;
  }
}

/** Nobody knows what became of it, and the client got no page. */
function isRefused({ outcome, evidence }: RefusedExchange): boolean {
  if (outcome.kind === 'failed') return outcome.reason === 'connection-reset';
  return outcome.status >= 400 && evidence.kind !== 'found';
}

/** @param isCleared the log of the WAF counts, where it has the request */
function tell({ request, site, outcome, evidence, at }: RefusedExchange, isCleared: boolean): Triage {
  const wafs = isCleared && evidence.kind === 'found' ? [passing(evidence.evidence)] : [];
  return withFindings(triage({ sent: triagedRequest(request, site), outcome, wafs }), request, outcome, at);
}

function passing(evidence: WafTestimony['evidence']): WafTestimony {
  return { id: 'waf', waf: 'the WAF', evidence: { ...evidence, action: 'passed' }, text: passedTheWaf };
}

/** A request as it goes out, with what a triage looks at. */
export function triagedRequest(request: RequestSpec, site: string): TriagedRequest {
  const { method, target, headers, body } = encodeRequest(request);
  const text = Buffer.from(body).toString('utf8');
  return { method, url: `${site}${target}`, headers, body: text, bodyBytes: body.length };
}

/** A verdict without evidence of its own was told by the WAF itself, and stands. */
function withVerdict(told: Triage, { layer, cause, evidence, fix, because }: Denied): Triage {
  if (evidence !== undefined) return told;
  return {
    layer,
    cause,
    confidence: 'proved',
    evidence: [{ from: 'log', text: because, says: 'the WAF itself says so' }],
    ...(fix !== undefined && { fix }),
    alternatives: [],
  };
}

/** The verdict that a triage comes to which knows more: where it names another layer than the WAF, that one refused it. */
export function verdictWith(verdict: Verdict, told: Triage): Verdict {
  const { layer, cause, system, evidence, fix, next, confidence } = told;
  const named = {
    layer,
    cause,
    ...(system !== undefined && system !== 'http' && { system }),
    ...(evidence.length > 0 && { evidence }),
    ...(fix !== undefined && { fix }),
    ...(cause === 'unknown' && next !== undefined && { next }),
  };
  if (verdict.kind === 'denied-elsewhere') return { kind: verdict.kind, because: verdict.because, ...named };
  const isElsewhere = !['waf', 'edge', 'unknown'].includes(layer) && cause !== 'unknown';
  const isSure = confidence === 'proved' || confidence === 'likely';
  if (verdict.kind !== 'unattributed-block' || !isElsewhere || !isSure) return verdict;
  return { kind: 'denied-elsewhere', because: verdict.reason, ...named };
}
