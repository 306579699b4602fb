import type { Waf } from '../contract/waf.js';
import { aws } from '../waf/aws/waf.js';
import { modsecurity } from '../waf/modsecurity/waf.js';

/** Every kind of WAF that Wafproof knows. The first is meant where none is named. */
export const builtInWafs: readonly [Waf, ...Waf[]] = [modsecurity, aws];
