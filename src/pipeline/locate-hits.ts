import type { FieldLookup } from '../contract/field-names.js';
import type { RuleHit } from '../model/evidence.js';

/** Hits, each with the field of the request that its variable is. */
export function locateHits(hits: readonly RuleHit[], fieldOf: FieldLookup): readonly RuleHit[] {
  return hits.map((hit) => {
    const field = fieldOf(hit.variable);
    const candidateFields = hit.candidates?.flatMap((one) => fieldOf(one) ?? []);
    return {
      ...hit,
      ...(field !== undefined && { field }),
      ...(candidateFields !== undefined && { candidateFields }),
    };
  });
}
