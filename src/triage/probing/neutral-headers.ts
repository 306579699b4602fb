import type { HeaderChange } from './probe.js';

/** What a browser on the same site sends, and nothing else. */
export const neutral = [
  'browser-agent',
  'own-referer',
  'own-origin',
  'harmless-cookies',
  'no-others',
] as const satisfies readonly HeaderChange[];

/** The same for a GET, with which a browser sends no Origin to its own site. */
export const neutralGet = [
  'browser-agent',
  'own-referer',
  'no-origin',
  'harmless-cookies',
  'no-others',
] as const satisfies readonly HeaderChange[];
