import type { Outcome } from '../../model/exchange.js';
import type { RequestSpec } from '../../model/request.js';
import type { Cause, Triage } from '../../model/triage.js';
import { causeTexts } from '../cause-texts.js';
import { clockFinding, credentialFindings } from './credential-times.js';

/** What a refusal may be called for which an expired token or signature is the reason. */
const open: readonly Cause[] = ['unknown', 'authentication-required', 'not-authorized', 'api-key', 'token-expired'];

/** What an answer tells, and what the request tells by itself of tokens, signatures and clocks. */
export function withFindings(told: Triage, request: RequestSpec, outcome: Outcome, now: number): Triage {
  if (outcome.kind === 'failed') return told;
  const findings = credentialFindings(request, now);
  const date = outcome.headers.find(([name]) => name.toLowerCase() === 'date')?.[1];
  const evidence = [...told.evidence, ...findings.map((one) => one.evidence), ...clockFinding(date, now)];
  const cause = findings.find((one) => one.cause !== undefined)?.cause;
  const isReason = [400, 401, 403].includes(outcome.status) && open.includes(told.cause);
  if (cause === undefined || !isReason) return { ...told, evidence };
  const { fix, next } = causeTexts[cause];
  return { ...told, cause, confidence: 'likely', evidence, fix, next };
}
