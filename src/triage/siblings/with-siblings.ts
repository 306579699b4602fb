import type { CaseResult } from '../../model/report.js';
import type { Alternative, Cause, Triage, TriageEvidence } from '../../model/triage.js';
import { causeTexts } from '../cause-texts.js';
import { credentialsIn, type PassingSibling, type Siblings } from './sibling-index.js';

/** What one piece of evidence shows that it was not. */
interface Told {
  readonly evidence: TriageEvidence;
  readonly rulesOut: readonly Cause[];
  /** What it speaks for. */
  readonly speaksFor?: readonly Cause[];
}

/** For whatever method, whoever asks: none of these holds where a GET of the path passes. */
const ofPaths: readonly Cause[] = [
  'path-denied',
  'ip-denied',
  'geo-denied',
  'missing-index',
  'file-permission',
  'symlink-denied',
  'host-not-allowed',
  'client-certificate',
  'tls-required',
  'maintenance',
];
const ofMethods: readonly Cause[] = ['method-denied', 'method-not-supported', 'script-not-executable'];
const ofClients: readonly Cause[] = ['authentication-required', 'api-key'];
/** What is asked of requests that may change something. */
const ofWriting: readonly Cause[] = ['csrf', 'method-denied'];
const fewest = 2;

/** What is known of a refusal with what other cases of the same run tell: which causes they rule out, and which they speak for. */
export function withSiblings(told: Triage, result: CaseResult, siblings: Siblings): Triage {
  const found = tellingOf(result, siblings);
  if (found.length === 0) return told;
  const evidence = [...told.evidence, ...found.map((one) => one.evidence)];
  const isOpen = told.confidence === 'none' || told.confidence === 'possible';
  if (!isOpen) return { ...told, evidence };
  const out = new Set(found.flatMap(({ rulesOut }) => rulesOut));
  const first = new Set(found.flatMap(({ speaksFor = [] }) => speaksFor));
  const left = told.alternatives.filter(({ cause }) => !out.has(cause));
  const alternatives = left.toSorted((a, b) => Number(first.has(b.cause)) - Number(first.has(a.cause)));
  const ruledOut = [...(told.ruledOut ?? []), ...ruledOutBy(told, found)];
  return narrowed({ ...told, evidence, alternatives, ...(ruledOut.length > 0 && { ruledOut }) }, out);
}

/** A cause that is ruled out is none any more, and what alone is left is the one. */
function narrowed(told: Triage, out: ReadonlySet<Cause>): Triage {
  const isOut = told.cause !== 'unknown' && out.has(told.cause);
  const [only, ...others] = told.alternatives;
  if (told.cause !== 'unknown' && !isOut) return told;
  if (only === undefined || others.length > 0)
    return isOut ? named(told, { layer: told.layer, cause: 'unknown' }) : told;
  return { ...named(told, only), alternatives: [] };
}

function named({ system: _, ...told }: Triage, one: Alternative): Triage {
  const { fix, next } = causeTexts[one.cause];
  return { ...told, ...one, confidence: one.cause === 'unknown' ? 'none' : 'possible', fix, next };
}

function ruledOutBy({ cause, alternatives }: Triage, found: readonly Told[]): readonly string[] {
  const candidates = [...new Set([cause, ...alternatives.map((one) => one.cause)])];
  return candidates.flatMap((candidate) => {
    const by = found.find(({ rulesOut }) => rulesOut.includes(candidate));
    return by === undefined ? [] : [`${candidate}: ${by.evidence.says}`];
  });
}

function tellingOf(result: CaseResult, { same, get, atPath, elsewhere, writing, reading }: Siblings): readonly Told[] {
  if (same !== undefined) return [ofSame(result, same)];
  if (get !== undefined) return [ofGet(get), ...ofWritings(result, writing, reading)];
  if (atPath.passed > 0) return [];
  const all = atPath.refused + elsewhere.refused;
  if (elsewhere.passed > 0) return [...ofPath(atPath, elsewhere), ...ofWritings(result, writing, reading)];
  if (all < fewest) return [];
  const says = 'no case of this run passes: it is about who is asking, or the site is closed';
  return [{ evidence: { from: 'report', text: `refused: ${all}; passed: 0`, says }, rulesOut: [] }];
}

function ofPath(atPath: Siblings['atPath'], elsewhere: Siblings['elsewhere']): readonly Told[] {
  if (atPath.refused < fewest) return [];
  const text = `refused: ${atPath.refused} here; passed: ${elsewhere.passed} elsewhere`;
  const says = 'no case at this path passes, and others do: it is about the path, or about who may use it';
  return [{ evidence: { from: 'report', text, says }, rulesOut: [] }];
}

function ofSame(result: CaseResult, same: PassingSibling): Told {
  const isSameClient = credentialsIn(result) === same.credentials;
  const says = `another case with this method at this endpoint passes${isSameClient ? ', with the same credentials' : ''}: neither the path nor the method is closed`;
  const rulesOut = [...ofPaths, ...ofMethods, ...(isSameClient ? ofClients : [])];
  return { evidence: { from: 'report', text: lineOf(same), says }, rulesOut };
}

function ofGet(get: PassingSibling): Told {
  const says = 'a GET of this endpoint passes: the path is not closed to this client';
  return { evidence: { from: 'report', text: lineOf(get), says }, rulesOut: ofPaths };
}

function ofWritings(
  { request }: CaseResult,
  writing: Siblings['writing'],
  reading: Siblings['reading'],
): readonly Told[] {
  const isReading = ['GET', 'HEAD', 'OPTIONS'].includes(request.method);
  if (isReading || writing.passed > 0 || writing.refused < fewest || reading.passed === 0) return [];
  const text = `refused: ${writing.refused} that may change something; passed: ${reading.passed} that read`;
  const says =
    'no case that may change something passes, and those that read do: a token of a form or a rule about methods';
  return [{ evidence: { from: 'report', text, says }, rulesOut: [], speaksFor: ofWriting }];
}

/** `GET /orders: 200 (orders/list)` */
function lineOf({ method, path, status, id }: PassingSibling): string {
  return `${method} ${path.split('?')[0]}: ${status} (${id})`;
}
