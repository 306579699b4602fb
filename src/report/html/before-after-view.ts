import type { CaseResult, Finding, StreamedReport } from '../../model/report.js';
import { digestOf } from '../result-digest.js';
import { formatCount, plural } from '../run-texts.js';
import type { HitsLeft } from './hits-left.js';
import { caseLink, countOver, type PageLink } from './page-text.js';

const maxRows = 8;

/** How the cases of a finding come out without the exclusions and with them. */
export interface BeforeAfterView {
  /** Absent from the page where no engine was asked of any of the cases. */
  readonly any: boolean;
  readonly before: string;
  readonly after: string;
  readonly tone: string;
  readonly rows: readonly BeforeAfterRow[];
  readonly more: string;
}

/** One case. */
export interface BeforeAfterRow extends PageLink {
  readonly before: string;
  readonly after: string;
  readonly tone: string;
}

type After = 'cleared' | 'still-blocked' | 'not-reproduced' | 'unknown';

const none: BeforeAfterView = { any: false, before: '', after: '', tone: '', rows: [], more: '' };

const tones: Readonly<Record<After, string>> = {
  cleared: 'good',
  'still-blocked': 'bad',
  'not-reproduced': 'unclear',
  unknown: 'unclear',
};

/** Says of each finding what its cases scored, and what became of them. */
export function viewBeforeAfter(report: StreamedReport, left: HitsLeft): (finding: Finding) => BeforeAfterView {
  const { verification } = report;
  if (verification === undefined) return () => none;
  const { shown } = digestOf(report);
  const outcomes = new Map<string, After>([
    ...(verification.notReproduced ?? []).map((id) => [id, 'not-reproduced'] as const),
    ...verification.cleared.map((id) => [id, 'cleared'] as const),
    ...verification.stillBlocked.map((id) => [id, 'still-blocked'] as const),
  ]);
  const outcomeOf = (id: string) => outcomes.get(id) ?? 'unknown';
  return ({ cases }) => {
    const blocked = cases.flatMap((id) => shown.get(id) ?? []);
    const all = blocked.map(({ id }) => outcomeOf(id));
    if (all.every((one) => one === 'unknown')) return none;
    return {
      any: true,
      before: beforeText(blocked),
      after: afterText(all),
      tone: tones[worst(all)],
      rows: blocked.slice(0, maxRows).map((result) => viewRow(result, outcomeOf(result.id), left)),
      more: countOver(blocked.length, maxRows),
    };
  };
}

/** `42 cases blocked, score 5 to 38 (threshold 5)` */
function beforeText(blocked: readonly CaseResult[]): string {
  const scores = blocked.flatMap(({ score }) => (score === undefined ? [] : [score]));
  const inbound = scores.map((score) => score.inbound);
  const [first] = scores;
  const count = `${plural(blocked.length, 'case')} blocked`;
  if (first === undefined) return count;
  const least = inbound.reduce((a, b) => Math.min(a, b));
  const most = inbound.reduce((a, b) => Math.max(a, b));
  return `${count}, score ${least === most ? least : `${least} to ${most}`} (threshold ${first.threshold})`;
}

function afterText(all: readonly After[]): string {
  const count = (after: After) => all.filter((one) => one === after).length;
  const cleared = count('cleared');
  if (cleared === all.length) return all.length === 1 ? 'passes' : 'all pass';
  const parts: readonly (readonly [number, string])[] = [
    [cleared, cleared === 1 ? 'passes' : 'pass'],
    [count('still-blocked'), 'still blocked'],
    [count('not-reproduced'), 'not reproduced'],
    [count('unknown'), 'not replayed'],
  ];
  return parts.flatMap(([some, text]) => (some === 0 ? [] : [`${formatCount(some)} ${text}`])).join(', ');
}

function worst(all: readonly After[]): After {
  const order: readonly After[] = ['still-blocked', 'unknown', 'not-reproduced'];
  return order.find((one) => all.includes(one)) ?? 'cleared';
}

function viewRow(result: CaseResult, after: After, left: HitsLeft): BeforeAfterRow {
  const { score, hits } = result;
  const points = score === undefined ? '' : `score ${score.inbound}, `;
  return {
    ...caseLink(result.id),
    before: `${points}${plural(hits.length, 'hit')}`,
    after: rowText(after, left.countOf(result)),
    tone: tones[after],
  };
}

function rowText(after: After, staying: number): string {
  switch (after) {
    case 'cleared':
      return staying === 0
        ? 'passes'
        : `passes, ${staying === 1 ? '1 hit stays' : `${formatCount(staying)} hits stay`}`;
    case 'still-blocked':
      return 'still blocked';
    case 'not-reproduced':
      return 'passes on the engine here without any exclusion';
    case 'unknown':
      return 'not replayed';
  }
}
