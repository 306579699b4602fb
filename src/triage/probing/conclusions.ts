import type { Conclusion } from './conclusion.js';
import { contentConclusions } from './conclusions-content.js';
import { decidedConclusions } from './conclusions-decided.js';
import { openConclusions } from './conclusions-open.js';

/** All that probing can come to. */
const conclusions = { ...contentConclusions, ...decidedConclusions, ...openConclusions };

export type ConclusionId = keyof typeof conclusions;

export function conclusionOf(id: ConclusionId): Conclusion {
  return conclusions[id];
}
