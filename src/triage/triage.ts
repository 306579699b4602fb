import type { Alternative, Cause, Layer, Triage, TriageEvidence } from '../model/triage.js';
import { CandidateIndex } from './candidates.js';
import { causeTexts } from './cause-texts.js';
import { type FoundHits, findHits, type Hit, hasHit } from './find-hits.js';
import { handOverOf } from './hand-over.js';
import type { AnsweredOutcome, TriageMaterial } from './material.js';
import { layerOf, pickHit } from './pick-hit.js';
import { isSameRefuser, rankAlternatives } from './rank-alternatives.js';
import { isOfShownApplication } from './shown-application.js';
import { staleCopyIn } from './stale-copy.js';
import type { LayerAndCause, System } from './system.js';
import { systems as allSystems } from './systems.js';
import { type Testimony, testimoniesIn } from './testimony.js';
import { type TriageDraft, withoutHit } from './without-hit.js';

/** Decides who refused a request, and why, by a table of systems. */
export type Decider = (material: TriageMaterial) => Triage;

/** Makes a decider of a table; it is read once. */
export function createDecider(systems: readonly System[], index = new CandidateIndex(systems)): Decider {
  return (material) => decide(material, findHits(material, systems, index), testimoniesIn(material));
}

let index: CandidateIndex | undefined;
let usual: Decider | undefined;

/** Who refused a request, and why, as far as the material tells. */
export function triage(material: TriageMaterial): Triage {
  index ??= new CandidateIndex(allSystems);
  usual ??= createDecider(allSystems, index);
  return usual(material);
}

/** Whether an answer has what some system writes where it refuses, whatever its status: told faster than who that is. */
export function looksRefused(answer: AnsweredOutcome): boolean {
  index ??= new CandidateIndex(allSystems);
  return hasHit(answer, index);
}

function decide(material: TriageMaterial, found: FoundHits, testimonies: readonly Testimony[]): Triage {
  const cleared = testimonies.filter(({ kind }) => kind === 'cleared');
  const answer = byWaf(testimonies) ?? byTable(material, found, testimonies);
  const { sent = {} } = material;
  const isOpen = (layer: string) => layer !== 'waf' || cleared.length === 0;
  const others = answer.alternatives.filter((one) => isOpen(one.layer) && !isSameRefuser(one, answer));
  const ruledOut = [...cleared.map(({ evidence }) => evidence.says), ...(answer.ruledOut ?? [])];
  const handOver = handOverOf(material, found, answer);
  const { outcome } = material;
  const stale = outcome?.kind === 'answered' ? staleCopyIn(outcome) : undefined;
  return {
    ...answer,
    layer: onlyLayer(answer, others, cleared),
    evidence: [...answer.evidence, ...clearing(answer, cleared), ...(stale === undefined ? [] : [stale.evidence])],
    alternatives: rankAlternatives(others, { sent, isSilent: isSilent(material, found) }),
    fix: answer.fix ?? causeTexts[answer.cause].fix,
    next: stale?.next ?? answer.next ?? nextOf(answer),
    ...(ruledOut.length > 0 && { ruledOut }),
    ...(found.hops.length > 0 && { hops: found.hops.map(({ name }) => name) }),
    ...(handOver !== undefined && { handOver }),
  };
}

/** Where the WAF is cleared, and all that is left is of one layer, it is that one. */
function onlyLayer({ layer }: TriageDraft, others: readonly Alternative[], cleared: readonly Testimony[]): Layer {
  const layers = new Set(others.map((one) => one.layer));
  const [only] = layers;
  return layer === 'unknown' && cleared.length > 0 && layers.size === 1 && only !== undefined ? only : layer;
}

/** The server logged that it answered, and nothing of why. */
function isSilent({ lines = [] }: TriageMaterial, { hits }: FoundHits): boolean {
  return lines.length > 0 && !hits.some(({ refusal }) => refusal.by === 'log');
}

/** The log of the WAF decides where it says that it refused. */
function byWaf(testimonies: readonly Testimony[]): TriageDraft | undefined {
  const refused = testimonies.find((one) => one.kind === 'refused');
  if (refused === undefined) return undefined;
  return {
    layer: 'waf',
    cause: refused.cause,
    system: refused.waf.id,
    confidence: refused.isSure ? 'proved' : 'likely',
    evidence: [refused.evidence],
    alternatives: [],
  };
}

function byTable(material: TriageMaterial, found: FoundHits, testimonies: readonly Testimony[]): TriageDraft {
  const picked = pickHit(found.hits, found.hops);
  const warned = testimonies.find(({ kind }) => kind === 'incomplete');
  if (picked.kind === 'contradiction') return contradictory(picked.hits);
  const isPassed = testimonies.some(({ kind }) => kind === 'cleared');
  const answer = picked.kind === 'one' ? answerOf(picked.hit, found, isPassed) : withoutHit(material, found);
  return warned === undefined || answer.cause !== 'unknown' ? answer : warnedOf(answer, warned);
}

/** The WAF warned, and nothing says who else refused. */
function warnedOf(answer: TriageDraft, { evidence, waf }: Testimony): TriageDraft {
  const rule = { layer: 'waf', cause: 'waf-rule', system: waf.id } as const;
  const alternatives = [rule, ...answer.alternatives.filter((one) => !isSameRefuser(one, rule))];
  return { ...answer, layer: 'waf', confidence: 'possible', alternatives, evidence: [evidence, ...answer.evidence] };
}

function contradictory(hits: readonly Hit[]): TriageDraft {
  return {
    layer: 'unknown',
    cause: 'unknown',
    confidence: 'none',
    evidence: hits.flatMap(({ evidence }) => evidence),
    alternatives: hits.map(nameOf),
    next: 'two systems speak of it in the same way: ask for the log of each at the time of the request',
  };
}

function answerOf(hit: Hit, found: FoundHits, isPassed: boolean): TriageDraft {
  const { refusal, system, evidence } = hit;
  const fix = refusal.fix ?? system.fixes?.[refusal.cause];
  const isOpen = refusal.cause === 'unknown' && layerOf(hit) === 'unknown';
  return {
    ...nameOf(hit),
    ...(isOfShownApplication(hit, found, isPassed) && { layer: 'application' }),
    confidence: isOpen ? 'none' : refusal.grade,
    evidence,
    ...(fix !== undefined && { fix }),
    ...(refusal.next !== undefined && { next: refusal.next }),
    alternatives: (refusal.or ?? []).map((one) => alternative(one, hit)),
  };
}

/** What a page of a server stands for may be the work of that server: then it has its name. */
function alternative(name: LayerAndCause, hit: Hit): Alternative {
  const [layer, cause] = name.split('/') as [Layer, Cause];
  return { layer, cause, ...(layer === hit.system.layer && { system: hit.system.id }) };
}

function nameOf({ refusal, system, ...hit }: Hit) {
  return { layer: layerOf({ refusal, system, ...hit }), cause: refusal.cause, system: system.id };
}

/** What clears the WAF is evidence where nothing was refused after all. */
function clearing(answer: TriageDraft, cleared: readonly Testimony[]): readonly TriageEvidence[] {
  return answer.cause === 'not-refused' ? cleared.map(({ evidence }) => evidence) : [];
}

function nextOf({ cause, alternatives }: TriageDraft): string {
  const first = cause === 'unknown' ? alternatives[0]?.cause : cause;
  return causeTexts[first ?? 'unknown'].next;
}
