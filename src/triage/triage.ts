import type { Alternative, Triage } from '../model/triage.js';
import { CandidateIndex } from './candidates.js';
import { type FoundHits, findHits, type Hit } from './find-hits.js';
import type { TriageMaterial } from './material.js';
import { layerOf, pickHit } from './pick-hit.js';
import type { System } from './system.js';
import { systems as allSystems } from './systems.js';

/** Decides who refused a request, and why, by a table of systems. */
export type Decider = (material: TriageMaterial) => Triage;

/** Makes a decider of a table; it is read once. */
export function createDecider(systems: readonly System[]): Decider {
  const index = new CandidateIndex(systems);
  return (material) => decide(findHits(material, systems, index));
}

let usual: Decider | undefined;

/** Who refused a request, and why, as far as the material tells. */
export function triage(material: TriageMaterial): Triage {
  usual ??= createDecider(allSystems);
  return usual(material);
}

function decide({ hits, hops }: FoundHits): Triage {
  const picked = pickHit(hits);
  const onTheWay = hops.length === 0 ? {} : { hops: hops.map(({ name }) => name) };
  switch (picked.kind) {
    case 'one':
      return { ...answerOf(picked.hit), ...onTheWay };
    case 'contradiction':
      return { ...undecided, ...onTheWay, alternatives: picked.hits.map(nameOf) };
    case 'none':
      return { ...undecided, ...onTheWay };
  }
}

const undecided: Triage = { layer: 'unknown', cause: 'unknown', confidence: 'none', evidence: [], alternatives: [] };

function answerOf(hit: Hit): Triage {
  const { refusal, system, evidence } = hit;
  const fix = refusal.fix ?? system.fixes?.[refusal.cause];
  return {
    ...nameOf(hit),
    confidence: refusal.cause === 'unknown' && layerOf(hit) === 'unknown' ? 'none' : refusal.grade,
    evidence,
    ...(fix !== undefined && { fix }),
    ...(refusal.next !== undefined && { next: refusal.next }),
    alternatives: refusal.or ?? [],
  };
}

function nameOf(hit: Hit): Alternative {
  return { layer: layerOf(hit), cause: hit.refusal.cause, system: hit.system.id };
}
