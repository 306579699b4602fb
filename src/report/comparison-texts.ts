import type { ChangedCase, ComparedRun, ReportComparison } from '../model/comparison.js';
import { formatCount, plural, wafFacts } from './run-texts.js';

/** The lists of a comparison, those that matter most first, and what is said of each. */
export const comparisonLists = [
  { list: 'newlyBlocked', title: 'Newly blocked', meaning: 'legitimate, passed before, blocked now', tone: 'bad' },
  { list: 'newlyMissed', title: 'Newly missed', meaning: 'attacks, blocked before, let through now', tone: 'bad' },
  { list: 'newlyPassing', title: 'Newly passing', meaning: 'legitimate, blocked before, pass now', tone: 'good' },
  { list: 'newlyDetected', title: 'Newly detected', meaning: 'attacks, let through before, blocked now', tone: 'good' },
  { list: 'otherVerdicts', title: 'Other verdicts', meaning: 'come out in another way', tone: 'doubtful' },
  { list: 'changedRules', title: 'Other rules', meaning: 'come out the same, and other rules match', tone: 'doubtful' },
  {
    list: 'changedScores',
    title: 'Other scores',
    meaning: 'the same rules match, and the score is another',
    tone: 'doubtful',
  },
] as const;

/**
 * Whether the later run is worse: something legitimate is newly blocked, an attack newly missed, or what came out well is refused by
 * another layer or undecided now. A lost answer proves nothing.
 */
export function isWorse({ newlyBlocked, newlyMissed, otherVerdicts }: ReportComparison): boolean {
  const isLost = ({ verdict }: ChangedCase) => verdict.before === 'let-through' || verdict.before === 'attack-blocked';
  return newlyBlocked.length + newlyMissed.length > 0 || otherVerdicts.some(isLost);
}

/** `staging, 2026-11-22 20:00: ModSecurity 3.0.9 · OWASP_CRS/3.3.4 · paranoia level 1 · …`. */
export function runText({ target, startedAt }: ComparedRun): string {
  const facts = wafFacts(target).map(({ label, value }) =>
    /^\d+$/.test(value) ? `${label.toLowerCase()} ${value}` : value,
  );
  return `${target.name}, ${startedAt.slice(0, 16).replace('T', ' ')}: ${facts.join(' · ')}`;
}

/** `let-through → false-positive, score 0 → 5, +942100, −941100`. */
export function changeText({ verdict, score, appeared, gone }: ChangedCase): string {
  const verdicts = verdict.before === verdict.after ? verdict.after : `${verdict.before} → ${verdict.after}`;
  const points =
    score === undefined || score.before === score.after ? [] : [`score ${score.before ?? '?'} → ${score.after ?? '?'}`];
  const rules = [...appeared.map((rule) => `+${rule}`), ...gone.map((rule) => `−${rule}`)];
  return [verdicts, ...points, ...rules].join(', ');
}

/** `12 cases compared; 2 are in the first report only, 1 is in the second only`. */
export function comparedText({ compared, onlyBefore, onlyAfter }: ReportComparison): string {
  const only = [
    ...(onlyBefore.length > 0 ? [`${formatCount(onlyBefore.length)} in the first report only`] : []),
    ...(onlyAfter.length > 0 ? [`${formatCount(onlyAfter.length)} in the second only`] : []),
  ];
  return `${plural(compared, 'case')} compared${only.length === 0 ? '' : `; ${only.join(', ')}`}`;
}
