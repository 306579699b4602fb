import type { Intent, VerdictKind } from '../../model/case.js';
import { formatVariable, type RuleHit, type VariableSource } from '../../model/evidence.js';
import type { Minimal } from '../../model/minimal.js';
import { formatPlace } from '../../model/place.js';
import type { CaseResult } from '../../model/report.js';
import type { RequestSpec, WireRequest } from '../../model/request.js';
import { encodeRequest } from '../../request/encode-request.js';
import { curlFor } from '../curl-command.js';
import { formatRepeats } from '../run-texts.js';
import { explainExpectation, explainResult } from '../verdict-texts.js';
import type { CaseTuning } from './case-tuning.js';
import { isFingerprint, type LocatedSpot, locateSpots, type Mark, marksOf, marksOfMinimal } from './hit-marks.js';
import type { ShownField } from './request-field.js';
import { type ShownSection, viewRequest } from './request-view.js';
import type { RuleTable } from './rule-table.js';
import { type TriageView, viewTriage } from './triage-view.js';

/** A case, ready to be shown. */
export interface CaseData {
  readonly id: string;
  readonly suite: string;
  readonly title?: string | undefined;
  readonly because?: string | undefined;
  readonly intent: Intent;
  readonly tags: readonly string[];
  readonly place: string;
  readonly verdict: VerdictKind;
  readonly expected: boolean;
  readonly expectation?: string | undefined;
  readonly reason?: string | undefined;
  readonly fix?: string | undefined;
  /** Who refused it and why, where the WAF's log does not say that the WAF did. */
  readonly triage?: TriageView | undefined;
  readonly method: string;
  readonly path: string;
  readonly status?: number | undefined;
  readonly ms: number;
  readonly score?: readonly [inbound: number, threshold: number] | undefined;
  readonly repeats?: string | undefined;
  readonly tuning?: CaseTuning | undefined;
  readonly correlationId: string;
  readonly request: readonly SectionData[];
  readonly hits: readonly HitData[];
  readonly minimal?: MinimalData | undefined;
  /** Absent where the body is longer than the page holds. */
  readonly curl?: string | undefined;
}

/** A part of a request under a heading. */
export interface SectionData {
  readonly title: string;
  readonly fields: readonly FieldData[];
}

/** A name and its value. */
export interface FieldData {
  readonly name: string;
  readonly value: string;
  readonly note?: string | undefined;
  /** How long the value is, where the page does not hold all of it. */
  readonly length?: number;
}

/** A hit; `rule` is its place in the table of rules. */
export interface HitData {
  readonly rule: number;
  readonly variable: string;
  readonly source: VariableSource;
  readonly candidates?: readonly string[] | undefined;
  readonly matched?: string | undefined;
  /** `matched` is not all of it. */
  readonly cut?: true;
  readonly fingerprint?: true;
  /** Why the rule refuses, where it is not for the text that it matched. */
  readonly reason?: string | undefined;
  readonly points?: number | undefined;
  readonly marks: readonly Mark[];
}

/** The smallest request that still fires a rule. */
export interface MinimalData {
  readonly rule: string;
  readonly variable: string;
  readonly value: string;
  readonly probes: number;
  readonly incomplete?: true;
  /** Where the value stands in the request of the case; nowhere where that holds it in another form. */
  readonly marks: readonly Mark[];
  /** Absent where the body is longer than the page holds. */
  readonly curl?: string | undefined;
}

/** What all cases of a page share. */
export interface CaseContext {
  readonly url: string;
  readonly rules: RuleTable;
  /** The most characters that the page holds of one value. */
  readonly limit: number;
  /** What the exclusions do to a case, where there are any. */
  readonly tuningOf?: (id: string) => CaseTuning | undefined;
}

/** Prepares a case for the page. */
export function viewCase(result: CaseResult, context: CaseContext): CaseData {
  const { id, suite, title, because, intent, tags, at, verdict, status, durationMs, score, request } = result;
  const wire = encodeRequest(request);
  const sections = viewRequest(result, wire);
  const { reason, fix } = explainResult(result);
  const spots = result.hits.length > 0 || result.minimal !== undefined ? locateSpots(sections) : [];
  return {
    id,
    suite,
    title,
    because,
    intent,
    tags,
    place: formatPlace(at),
    verdict: verdict.kind,
    expected: result.asExpected,
    expectation: explainExpectation(result),
    reason,
    fix,
    triage: viewRefusal(result, context.limit),
    method: request.method,
    path: request.path.slice(0, context.limit),
    status,
    ms: Math.round(durationMs * 10) / 10,
    score: score && [score.inbound, score.threshold],
    repeats: result.repeats && formatRepeats(result.repeats),
    tuning: context.tuningOf?.(id),
    correlationId: result.correlationId,
    request: sections.map((section) => viewSection(section, context.limit)),
    hits: viewHits(result, spots, context),
    minimal: result.minimal && viewMinimal(result.minimal, spots, context),
    curl: curlWithin(wire, result.request, context),
  };
}

/** Reports of earlier versions have no triage of their own: the verdict tells what it knows. */
function viewRefusal({ verdict, triage }: CaseResult, limit: number): TriageView | undefined {
  if (triage !== undefined) return viewTriage(triage, limit);
  if (verdict.kind !== 'denied-elsewhere') return undefined;
  const { layer, cause, system, evidence = [], next = '' } = verdict;
  const named = { layer, cause: cause ?? 'unknown', ...(system !== undefined && { system }) };
  const shown = viewTriage({ ...named, confidence: 'none', evidence, alternatives: [] }, limit);
  return { ...shown, verdict: '', next };
}

function viewSection({ title, fields }: ShownSection, limit: number): SectionData {
  return { title, fields: fields.map((field) => viewField(field, limit)) };
}

function viewField({ name, value, note }: ShownField, limit: number): FieldData {
  const field = { name: name.slice(0, limit), value: value.slice(0, limit), note };
  return value.length > limit ? { ...field, length: value.length } : field;
}

function viewHits(
  { hits }: CaseResult,
  spots: readonly LocatedSpot[],
  { rules, limit }: CaseContext,
): readonly HitData[] {
  return hits.map((hit) => ({
    rule: rules.indexOf(hit),
    variable: formatVariable(hit.variable),
    source: hit.variableSource,
    candidates: hit.candidates?.map(formatVariable),
    matched: hit.matched?.slice(0, limit),
    ...(isCut(hit, limit) ? { cut: true } : {}),
    ...(isFingerprint(hit) ? { fingerprint: true } : {}),
    reason: hit.reason?.slice(0, limit),
    points: hit.scoring,
    marks: marksOf(hit, spots).filter(([, , , start]) => start < limit),
  }));
}

function isCut({ matched, matchedTruncated }: RuleHit, limit: number): boolean {
  return matchedTruncated === true || (matched !== undefined && matched.length > limit);
}

function viewMinimal(minimal: Minimal, spots: readonly LocatedSpot[], context: CaseContext): MinimalData {
  const { ruleId, variable, value, probes, isIncomplete, request } = minimal;
  return {
    rule: `${ruleId}`,
    variable: formatVariable(variable),
    value: value.slice(0, context.limit),
    probes,
    ...(isIncomplete && { incomplete: true }),
    marks: marksOfMinimal(minimal, spots).filter(([, , , start]) => start < context.limit),
    curl: curlWithin(encodeRequest(request), request, context),
  };
}

function curlWithin(wire: WireRequest, request: RequestSpec, { url, limit }: CaseContext): string | undefined {
  // An encoded value is up to three times as long as the value.
  return wire.body.length + wire.target.length > 4 * limit ? undefined : curlFor(wire, request.omittedHeaders, url);
}
