import type { TriageEvidence } from '../model/triage.js';
import type { Candidate, CandidateIndex, IndexedCandidate } from './candidates.js';
import { type SeenMaterial, type Sighting, sightingOf } from './holds.js';
import type { LogLine } from './log-line.js';
import type { AnsweredOutcome, TriageMaterial } from './material.js';
import { type ReadAnswer, readAnswer } from './read-answer.js';
import type { Sign } from './sign.js';
import type { System } from './system.js';

/** A way to refuse of which all signs were seen. */
export interface Hit extends Candidate {
  readonly evidence: readonly TriageEvidence[];
}

/** All that the material shows of the systems in a table. */
export interface FoundHits {
  readonly hits: readonly Hit[];
  /** Names of systems that were on the way. */
  readonly hops: readonly System[];
  readonly answer?: ReadAnswer;
}

/** Holds the material against a table of systems. */
export function findHits(material: TriageMaterial, systems: readonly System[], index: CandidateIndex): FoundHits {
  const { outcome, sent = {}, lines = [], clientSays } = material;
  const answer = outcome?.kind === 'answered' ? readAnswer(outcome) : undefined;
  const { candidates, has } = answer === undefined ? { candidates: [], has: () => false } : index.inAnswer(answer);
  const failure = clientSays ?? (outcome?.kind === 'failed' ? outcome.message : undefined);
  const seen: SeenMaterial = { ...(answer && { answer }), ...(failure !== undefined && { failure }), sent, has };
  const hits = [
    ...[...candidates, ...(failure === undefined ? [] : index.ofFailures)].flatMap((candidate) =>
      hitOf(candidate, seen, undefined),
    ),
    ...hitsInLogs(lines, seen, index),
  ];
  return { hits, hops: hopsIn(seen, systems, index), ...(answer && { answer }) };
}

/** Whether an answer has all signs of a refusal that the table knows. */
export function hasHit(outcome: AnsweredOutcome, index: CandidateIndex): boolean {
  const answer = readAnswer(outcome);
  const { candidates, has } = index.inAnswer(answer);
  const seen: SeenMaterial = { answer, sent: {}, has };
  return candidates.some(({ inOrder }) => inOrder.every((sign) => sightingOf(sign, seen, undefined) !== undefined));
}

/** Systems that show, in the order of the table. */
function hopsIn(seen: SeenMaterial, systems: readonly System[], index: CandidateIndex): readonly System[] {
  const rides = index.rides(seen.answer?.headerNames ?? []);
  const shown = rides.filter(({ sign }) => sightingOf(sign, seen, undefined) !== undefined);
  const found = new Set(shown.map(({ system }) => system));
  return found.size === 0 ? [] : systems.filter((system) => found.has(system));
}

function hitsInLogs(lines: readonly LogLine[], seen: SeenMaterial, index: CandidateIndex): readonly Hit[] {
  return lines.flatMap((line) => index.inLog(line.kind).flatMap((candidate) => hitOf(candidate, seen, line)));
}

function hitOf(candidate: IndexedCandidate, seen: SeenMaterial, line: LogLine | undefined): readonly Hit[] {
  const { system, refusal, inOrder } = candidate;
  const sightings = new Map<Sign, Sighting>();
  for (const sign of inOrder) {
    const sighting = sightingOf(sign, seen, line);
    if (sighting === undefined) return [];
    sightings.set(sign, sighting);
  }
  const inTheirOrder = refusal.all.flatMap((sign) => sightings.get(sign) ?? []);
  return [{ system, refusal, evidence: evidenceOf(inTheirOrder, candidate) }];
}

/** One piece of evidence for each source, with what was seen there. */
function evidenceOf(sightings: readonly Sighting[], { refusal, system }: Candidate): readonly TriageEvidence[] {
  const sources = [...new Set(sightings.filter(({ text }) => text !== '').map(({ from }) => from))];
  return sources.map((from) => {
    const texts = sightings.filter((one) => one.from === from && one.text !== '').map(({ text }) => text);
    return { from, text: [...new Set(texts)].join(' · '), says: refusal.says || `${system.name} refused it` };
  });
}
