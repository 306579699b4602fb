import type { Pair, RequestSpec } from '../../model/request.js';
import type { Alternative, Cause, Layer, Triage, TriageEvidence } from '../../model/triage.js';
import { triagedRequest } from '../triage-of-refusal.js';
import type { AnsweredRequest } from './compare-answers.js';
import type { Conclusion, OpenCause } from './conclusion.js';
import { type ConclusionId, conclusionOf } from './conclusions.js';
import type { AnsweredProbe } from './decision-walk.js';
import { isMalformed } from './probe-body.js';
import { hasCredentials } from './shape-probe.js';

/** What probing came to. */
export interface ProbingOutcome {
  readonly baseline: AnsweredRequest;
  /** Scheme, host and port of the site. */
  readonly origin: string;
  readonly conclusion: ConclusionId;
  readonly answered: readonly AnsweredProbe[];
  /** Header fields of somebody else that were tried. */
  readonly credentials: readonly Pair[];
  /** The first probe that passed, sent once more at the end; absent where none passed. */
  readonly control?: {
    readonly of: AnsweredProbe;
    readonly outcome: AnsweredRequest['outcome'];
    readonly holds: boolean;
  };
  /** The log of the WAF shows that the WAF let the refused request pass. */
  readonly isCleared?: boolean;
  /** How a request and what came back are shown. */
  readonly show: (asked: AnsweredRequest) => string;
}

/**
 * Puts together what the answer to the refused request tells by itself and what probing found out: the page tells who
 * answered, the probes tell why. Where the two name different causes, neither wins.
 */
export function conclude(told: Triage, probed: ProbingOutcome): Triage {
  const found = conclusionOf(probed.conclusion);
  const evidence = [...told.evidence, ...evidenceOf(probed)];
  const own = narrowed(found, told, probed);
  const ruledOut = [...(told.ruledOut ?? []), ...ruledOutBy(found, probed)];
  const isOfOthers = own.cause === 'content-denied' && probed.isCleared === true;
  const rest = {
    evidence,
    found: found.says,
    next: isOfOthers ? behindTheWaf : found.next,
    ...(ruledOut.length > 0 && { ruledOut }),
    ...hopsOf(told),
  };
  if (told.cause === 'unknown' || told.confidence === 'none') return { ...own, ...fixOf(found), ...rest };
  if (own.cause === told.cause || (own.cause === 'unknown' && isCertain(told)))
    return { ...told, ...rest, next: told.next ?? found.next };
  if (told.confidence === 'possible') {
    const alternatives = unique([...own.alternatives, nameOf(told), ...told.alternatives], own);
    return { ...own, ...fixOf(found), ...rest, alternatives };
  }
  return contradiction(told, own, { ...rest, ...fixOf(found) });
}

function fixOf({ fix }: Conclusion): Pick<Triage, 'fix'> {
  return fix === undefined ? {} : { fix };
}

const behindTheWaf = 'the log of the application at that minute, and of what stands between it and the WAF';

function contradiction(told: Triage, own: Named, rest: Pick<Triage, 'evidence' | 'found' | 'next' | 'fix'>): Triage {
  const alternatives = unique([nameOf(told), nameOf(own), ...told.alternatives], unknown);
  return { ...unknown, confidence: 'none', ...rest, alternatives };
}

const unknown = { layer: 'unknown', cause: 'unknown' } as const satisfies Alternative;

type Named = Pick<Triage, 'layer' | 'cause' | 'system' | 'confidence' | 'alternatives'>;

/** The conclusion with what is known of who wrote the answer. */
function narrowed(found: Conclusion, told: Triage, probed: ProbingOutcome): Named {
  const { layer, cause } = placed(found, told, probed);
  const isOpen = (one: Alternative) => one.layer !== 'waf' || probed.isCleared !== true;
  const ranked = rank(remaining(found, probed), told).filter(isOpen);
  const named = [...ranked, ...told.alternatives].find((one) => one.layer === layer && one.cause === cause);
  const isOfAuthor = layer === told.layer && layer !== 'unknown';
  const system = isOfAuthor ? told.system : (named?.system ?? systemIn(told, layer, cause));
  const own = { layer, cause, ...(system !== undefined && { system }) };
  const confidence = isLogged(own, probed) ? 'proved' : found.confidence;
  return { ...own, confidence, alternatives: unique(ranked, own) };
}

/** The log says of a probe with the same content that the WAF refused it. */
function isLogged({ cause }: Alternative, { answered }: ProbingOutcome): boolean {
  return (
    cause === 'waf-rule' && answered.some(({ reading, logged }) => reading.kind === 'refused' && logged?.isBlocked)
  );
}

function systemIn({ alternatives }: Triage, layer: Layer, cause: Cause): string | undefined {
  return alternatives.find((one) => one.layer === layer && one.cause === cause)?.system;
}

/** Layers at which a rule about contents is a WAF's, or may be. */
const ofWafs: readonly Layer[] = ['waf', 'edge', 'unknown'];

/** What is refused for what it holds, and by a page of an application, was not refused by a WAF. */
function placed(
  found: Conclusion,
  told: Triage,
  { baseline: { request }, conclusion, credentials: other, isCleared = false }: ProbingOutcome,
): Pick<Alternative, 'layer' | 'cause'> {
  const author = isCertain(told) ? told.layer : 'unknown';
  const isContent = found.cause === 'waf-rule' || found.cause === 'content-denied';
  if (isContent && isCleared && ofWafs.includes(author)) return { layer: author, cause: 'content-denied' };
  if (isContent && isMalformed(request) && conclusion === 'content')
    return { layer: author, cause: 'malformed-request' };
  if (conclusion === 'credentials') return { layer: author, cause: causeOfCredentials(request, other) };
  if (found.cause === 'unknown' || author === 'unknown') return found;
  if (isContent && !ofWafs.includes(author)) return { layer: author, cause: 'content-denied' };
  if (isContent) return { layer: author, cause: 'waf-rule' };
  return found.layer === 'unknown' || found.layer === author ? { layer: author, cause: found.cause } : found;
}

/** Who brought none is to bring some; who brought some may not do this with them. */
function causeOfCredentials(request: RequestSpec, other: readonly Pair[]): Cause {
  const keys = other.filter(([name]) => !/^(?:authorization|cookie)$/i.test(name)).map(([name]) => name.toLowerCase());
  if (keys.length > 0) return 'api-key';
  return hasCredentials(request) ? 'not-authorized' : 'authentication-required';
}

function isCertain({ confidence }: Triage): boolean {
  return confidence === 'proved' || confidence === 'likely';
}

function remaining({ or }: Conclusion, { answered, baseline, origin }: ProbingOutcome): readonly OpenCause[] {
  const sent = triagedRequest(baseline.request, origin);
  return or.filter((one) => (one.onlyIf?.(sent) ?? true) && probeAgainst(one, answered) === undefined);
}

function probeAgainst(
  { unlessRefused = [] }: OpenCause,
  answered: readonly AnsweredProbe[],
): AnsweredProbe | undefined {
  return answered.find(({ id, reading }) => unlessRefused.includes(id) && reading.kind === 'refused');
}

function ruledOutBy({ or }: Conclusion, { answered }: ProbingOutcome): readonly string[] {
  return or.flatMap((candidate) => {
    const against = probeAgainst(candidate, answered);
    return against === undefined ? [] : [`${candidate.cause}: ${against.probe.refused}`];
  });
}

/** What the request speaks for stands first, then what the page may be of. */
function rank(candidates: readonly OpenCause[], told: Triage): readonly Alternative[] {
  const isOfPage = ({ layer }: Alternative) =>
    layer === 'unknown' || told.alternatives.some((one) => one.layer === layer);
  const place = (one: OpenCause) => (one.onlyIf !== undefined ? 0 : isOfPage(one) ? 1 : 2);
  const sorted = candidates.toSorted((a, b) => place(a) - place(b));
  return sorted.map(({ layer, cause, system = systemIn(told, layer, cause) }) =>
    system === undefined ? { layer, cause } : { layer, cause, system },
  );
}

function unique(all: readonly Alternative[], own: Alternative): readonly Alternative[] {
  const keyOf = ({ layer, cause }: Alternative) => `${layer} ${cause}`;
  const found = new Map(all.toReversed().map((one) => [keyOf(one), one]));
  found.delete(keyOf(own));
  const inOrder = [...new Map(all.map((one) => [keyOf(one), one])).values()];
  return inOrder.filter((one) => found.has(keyOf(one)));
}

function nameOf({ layer, cause, system }: Alternative): Alternative {
  return { layer, cause, ...(system !== undefined && { system }) };
}

function hopsOf({ hops }: Triage): Pick<Triage, 'hops'> {
  return hops === undefined ? {} : { hops };
}

function evidenceOf({ answered, control, show, conclusion }: ProbingOutcome): readonly TriageEvidence[] {
  const sent = answered.filter(({ isSameRequest }) => !isSameRequest);
  const isDecided = conclusionOf(conclusion).cause !== 'unknown' && conclusion !== 'banned';
  const isLast = (one: AnsweredProbe) => isDecided && one === sent.at(-1);
  const shown = sent.flatMap((one) => [
    { ...experiment(show(one), meaning(one)), ...(isLast(one) && { decides: true as const }) },
    ...loggedOf(one),
  ]);
  return [...shown, ...controlOf(control, show)];
}

function meaning({ probe, reading }: AnsweredProbe): string {
  switch (reading.kind) {
    case 'refused':
      return probe.refused;
    case 'passes':
      return probe.passes;
    case 'asked':
      return `${probe.sends}: it is asked for credentials`;
    case 'other':
      return `${probe.sends}: ${reading.reason}`;
  }
}

function controlOf(control: ProbingOutcome['control'], show: ProbingOutcome['show']): readonly TriageEvidence[] {
  if (control === undefined) return [];
  const text = show({ request: control.of.request, outcome: control.outcome });
  return control.holds
    ? [experiment(text, 'the first probe that passed, sent once more, passes still: no ban began meanwhile')]
    : [experiment(text, 'the first probe that passed, sent once more, is refused: a ban began meanwhile')];
}

function loggedOf({ logged }: AnsweredProbe): readonly TriageEvidence[] {
  return logged === undefined ? [] : [{ from: 'log', text: logged.text, says: logged.says }];
}

function experiment(text: string, says: string): TriageEvidence {
  return { from: 'experiment', text, says };
}
