import type { Pair } from '../model/request.js';

/** What is sent where nobody says otherwise: a client without these headers is refused by many rule sets. */
export const usualHeaders: readonly Pair[] = [
  ['User-Agent', 'Mozilla/5.0 (compatible; Wafproof)'],
  ['Accept', '*/*'],
];
