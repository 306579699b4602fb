import type { Secret } from '../../model/case.js';
import type { Outcome } from '../../model/exchange.js';
import type { CaseResult } from '../../model/report.js';
import type { RequestSpec } from '../../model/request.js';
import type { Witnessed } from '../assemble-report.js';
import { isDecided } from './is-decided.js';

/** A refused request as it went out, with what came back: probes are made of it. It stays in memory. */
export interface KeptRefusal {
  readonly result: CaseResult;
  readonly request: RequestSpec;
  readonly outcome: Outcome;
  readonly secrets: readonly Secret[];
  readonly sessionSecrets: readonly Secret[];
  /** The log of the WAF shows that the WAF let it pass. */
  readonly isCleared: boolean;
}

/** More than these are not kept. */
const mostKept = 1000;

/** Keeps one refusal of each request line, status and cause that the answer alone does not decide. */
export class KeptRefusals {
  readonly #kept = new Map<string, KeptRefusal>();

  note(result: CaseResult, { sent, exchange, inSession, sessionSecrets = [], evidence }: Witnessed): void {
    const { triage, asExpected, intent, request, status } = result;
    if (triage === undefined || asExpected || intent !== 'legitimate') return;
    if (isDecided(triage, exchange.outcome)) return;
    const key = JSON.stringify([request.method, request.path.split('?')[0], status, triage.layer, triage.cause]);
    if (this.#kept.has(key) || this.#kept.size >= mostKept) return;
    this.#kept.set(key, {
      result,
      request: inSession ?? sent.request,
      outcome: exchange.outcome,
      secrets: sent.secrets,
      sessionSecrets,
      isCleared: result.verdict.kind === 'denied-elsewhere' && evidence.kind === 'found',
    });
  }

  all(): readonly KeptRefusal[] {
    return [...this.#kept.values()];
  }
}
