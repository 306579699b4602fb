import { expect } from 'vitest';
import { toPassWaf } from '../pipeline/request-check/to-pass-waf.js';
import type { WafproofOptions } from '../pipeline/request-check/wafproof.js';

expect.extend({ toPassWaf });

declare module 'vitest' {
  // The parameter is that of Vitest's own declaration.
  interface Matchers<T> {
    /** The WAF lets a request through: a `Request` of fetch, the keys that a suite gives a case, or a case. */
    toPassWaf(options?: WafproofOptions): Promise<void>;
  }
}
