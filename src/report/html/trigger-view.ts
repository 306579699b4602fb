import { formatVariable, type RuleHit } from '../../model/evidence.js';
import type { Minimal } from '../../model/minimal.js';
import type { CaseResult, Finding, StreamedReport } from '../../model/report.js';
import { encodeRequest } from '../../request/encode-request.js';
import { isSeenAt } from '../../request/field-paths.js';
import { digestOf } from '../result-digest.js';
import { plural } from '../run-texts.js';
import { excerpt, type PieceMark, type TextPiece } from './excerpt.js';
import { type LocatedSpot, locateSpots, type Mark, marksOf, marksOfMinimal } from './hit-marks.js';
import { caseLink, type PageLink } from './page-text.js';
import { type ShownSection, viewRequest } from './request-view.js';

/** What made a rule fire, marked in the text that it stands in. */
export interface TriggerView {
  readonly any: boolean;
  readonly label: string;
  readonly pieces: readonly TextPiece[];
  readonly note: string;
  /** The case that the text is from, where the page can tell. */
  readonly links: readonly PageLink[];
}

interface LocatedRequest {
  readonly sections: readonly ShownSection[];
  readonly spots: readonly LocatedSpot[];
}

/** The request of a case, ready to be marked; nothing where the page has marked enough. */
type Locate = (result: CaseResult) => LocatedRequest | undefined;

/** How many cases of a finding are looked through, and how many bytes of requests for all findings. */
const maxCases = 5;
const maxBytes = 32_000_000;

const none: TriggerView = { any: false, label: '', pieces: [], note: '', links: [] };

/** Says of each finding what triggered it: the smallest part that does, else what the log says that matched. */
export function viewTriggers(report: StreamedReport): (finding: Finding) => TriggerView {
  const { shown } = digestOf(report);
  const locate = createLocator();
  return (finding) => {
    const cases = finding.cases.flatMap((id) => shown.get(id) ?? []);
    return finding.minimal === undefined
      ? viewMatch(finding, cases, locate)
      : viewMinimal(finding.minimal, cases, locate);
  };
}

function createLocator(): Locate {
  const known = new Map<string, LocatedRequest>();
  let bytes = 0;
  return (result) => {
    const found = known.get(result.id);
    if (found !== undefined || bytes > maxBytes) return found;
    const wire = encodeRequest(result.request);
    bytes += wire.body.length + wire.target.length;
    const sections = viewRequest(result, wire);
    const located = { sections, spots: locateSpots(sections) };
    known.set(result.id, located);
    return located;
  };
}

function viewMinimal(minimal: Minimal, cases: readonly CaseResult[], locate: Locate): TriggerView {
  const { value, context = [{ text: value, isTrigger: true }], probes, isIncomplete } = minimal;
  const asked = plural(probes, 'request');
  const view = {
    any: true,
    label: 'Trigger',
    note: isIncomplete ? `as short as ${asked} could make it` : `nothing of it can be left out; ${asked} asked`,
  };
  const likely = cases.filter((one) => one.minimal !== undefined && isSame(one.minimal, minimal));
  for (const result of [...likely, ...cases].slice(0, maxCases)) {
    const located = locate(result);
    const marks = located === undefined ? [] : marksOfMinimal(minimal, located.spots);
    if (located === undefined || marks.length === 0) continue;
    return { ...view, pieces: viewMarks(marks, located, 'trigger'), links: [caseLink(result.id)] };
  }
  const pieces = context.flatMap(({ text, isTrigger }) =>
    excerpt(text, isTrigger ? [{ start: 0, end: text.length }] : [], 'trigger'),
  );
  return { ...view, pieces, links: [] };
}

function isSame(one: Minimal, other: Minimal): boolean {
  return (
    one.ruleId === other.ruleId &&
    one.value === other.value &&
    formatVariable(one.variable) === formatVariable(other.variable)
  );
}

function viewMatch(finding: Finding, cases: readonly CaseResult[], locate: Locate): TriggerView {
  let fallback: TriggerView | undefined;
  for (const result of cases.slice(0, maxCases)) {
    const hit = result.hits.find((one) => isOf(finding, one));
    const located = hit === undefined ? undefined : locate(result);
    const marks = hit === undefined || located === undefined ? [] : marksOf(hit, located.spots);
    if (located === undefined || marks.length === 0) continue;
    const exact = marks.filter(([, , , , , one]) => one === 1);
    const links = [caseLink(result.id)];
    if (exact.length > 0)
      return { ...none, any: true, label: 'Matched', pieces: viewMarks(exact, located, 'exact'), links };
    fallback ??= { ...none, any: true, label: 'Looked at', pieces: viewMarks(marks, located, 'whole'), links };
  }
  return fallback ?? none;
}

function isOf(finding: Finding, hit: RuleHit): boolean {
  return finding.ruleId === hit.ruleId && isSeenAt(hit, finding);
}

/** The marks that stand in the same text as the first one. */
function viewMarks(marks: readonly Mark[], { sections }: LocatedRequest, kind: PieceMark): readonly TextPiece[] {
  const [first] = marks;
  if (first === undefined) return [];
  const [section, field, part] = first;
  const shown = sections[section]?.fields[field];
  const here = marks.filter(([a, b, c]) => a === section && b === field && c === part);
  const text = (part === 0 ? shown?.name : shown?.value) ?? '';
  return excerpt(
    text,
    here.map(([, , , start, end]) => ({ start, end })),
    kind,
  );
}
