import type { HeaderChange } from './probe.js';

/** What a browser on the same site sends, and nothing else. */
export const neutral = [
  'browser-agent',
  'own-referer',
  'own-origin',
  'harmless-cookies',
  'no-others',
] as const satisfies readonly HeaderChange[];
