import type { UndecidedBy } from './evidence.js';
import type { Cause, Layer, TriageEvidence } from './triage.js';

/** What one exchange means. */
export type Verdict =
  /** Legitimate and passed. `nearMiss`: rules hit, but the score stayed under the threshold. */
  | { readonly kind: 'let-through'; readonly nearMiss: boolean }
  /** Legitimate and blocked by the WAF; `detectedOnly` where the WAF only detects and would have blocked. */
  | { readonly kind: 'false-positive'; readonly detectedOnly: boolean }
  | { readonly kind: 'attack-blocked'; readonly detectedOnly: boolean }
  | { readonly kind: 'attack-missed'; readonly nearMiss: boolean }
  /** Refused, and the evidence says that another layer did it. */
  | {
      readonly kind: 'denied-elsewhere';
      /** Reports of earlier versions may have other words for layer and cause. */
      readonly layer: Layer;
      readonly cause: Cause;
      /** The product, as the table of systems names it. */
      readonly system?: string;
      readonly because: string;
      readonly evidence?: readonly TriageEvidence[];
      readonly fix?: string;
      /** What would decide where the cause is not known. */
      readonly next?: string;
    }
  /** Refused in a way that looks like a WAF, but no log proves it. */
  | { readonly kind: 'unattributed-block'; readonly reason: string }
  /** No answer can be given. */
  | { readonly kind: 'inconclusive'; readonly reason: string; readonly undecidedBy?: UndecidedBy };
