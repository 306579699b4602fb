import { toPassWaf } from '../pipeline/request-check/to-pass-waf.js';
import type { WafproofOptions } from '../pipeline/request-check/wafproof.js';

/** Jest puts `expect` into the globals of each test file. */
const { expect } = globalThis as unknown as { readonly expect: { extend(matchers: object): void } };
expect.extend({ toPassWaf });

declare global {
  namespace jest {
    // The parameters are those of Jest's own declaration.
    interface Matchers<R, T> {
      /** The WAF lets a request through: a `Request` of fetch, the keys that a suite gives a case, or a case. */
      toPassWaf(options?: WafproofOptions): Promise<R>;
    }
  }
}
