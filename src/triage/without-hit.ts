import type { Triage } from '../model/triage.js';
import type { FoundHits } from './find-hits.js';
import type { AnsweredOutcome, TriageMaterial } from './material.js';

/** An answer of which some parts may be filled in later. */
export type TriageDraft = Omit<Triage, 'fix' | 'next'> & Partial<Pick<Triage, 'fix' | 'next'>>;

/** What there is to say where nothing of the table was seen. */
export function withoutHit({ outcome }: TriageMaterial, found: FoundHits): TriageDraft {
  if (outcome === undefined) return open;
  if (outcome.kind === 'failed') return { ...open, alternatives: [{ layer: 'unknown', cause: 'connection-dropped' }] };
  if (outcome.status >= 100 && outcome.status < 400) return notRefused(outcome);
  return { ...open, evidence: shown(outcome), alternatives: guesses(found) };
}

const open: TriageDraft = { layer: 'unknown', cause: 'unknown', confidence: 'none', evidence: [], alternatives: [] };

function notRefused(outcome: AnsweredOutcome): TriageDraft {
  const says = 'a status below 400, and no page or header of a system that refuses so';
  return {
    layer: 'application',
    cause: 'not-refused',
    confidence: 'likely',
    evidence: [{ from: 'response', text: `${outcome.status}`, says }],
    alternatives: [],
  };
}

function shown({ status, headers }: AnsweredOutcome): Triage['evidence'] {
  if (status === 0) return [];
  const server = headers.find(([name]) => name.toLowerCase() === 'server')?.[1];
  const text = server === undefined ? `${status}` : `${status} · server: ${server}`;
  return [{ from: 'response', text, says: 'no system in the table answers like this' }];
}

function guesses({ hops }: FoundHits): Triage['alternatives'] {
  const [edge] = hops.filter(({ layer }) => layer === 'edge');
  return [
    { layer: 'application', cause: 'not-authorized' },
    ...(edge === undefined ? [] : [{ layer: 'edge', cause: 'waf-rule', system: edge.id } as const]),
    { layer: 'waf', cause: 'waf-rule' },
    { layer: 'server', cause: 'path-denied' },
  ];
}
