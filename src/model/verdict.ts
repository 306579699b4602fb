import type { UndecidedBy } from './evidence.js';

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
      readonly layer: string;
      readonly cause: string;
      readonly because: string;
      readonly fix?: string;
    }
  /** Refused in a way that looks like a WAF, but no log proves it. */
  | { readonly kind: 'unattributed-block'; readonly reason: string }
  /** No answer can be given. */
  | { readonly kind: 'inconclusive'; readonly reason: string; readonly undecidedBy?: UndecidedBy };
