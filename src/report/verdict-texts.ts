import type { VerdictKind } from '../model/case.js';
import type { CaseResult } from '../model/report.js';
import type { Verdict } from '../model/verdict.js';

/** How a verdict is spoken of. `tone` is the group of colours that it is shown in. */
export interface VerdictText {
  readonly label: string;
  readonly meaning: string;
  readonly tone: 'bad' | 'missed' | 'doubtful' | 'unclear' | 'good';
}

/** The texts of all verdicts, those that need attention first. */
export const verdictTexts: Readonly<Record<VerdictKind, VerdictText>> = {
  'false-positive': { label: 'False positive', meaning: 'Legitimate, and the WAF refuses it', tone: 'bad' },
  'attack-missed': { label: 'Attack missed', meaning: 'An attack, and the WAF lets it through', tone: 'missed' },
  'unattributed-block': {
    label: 'Unattributed block',
    meaning: 'Refused in a way that looks like a WAF, but no log proves it',
    tone: 'doubtful',
  },
  'denied-elsewhere': {
    label: 'Denied elsewhere',
    meaning: 'Refused, and the evidence says that another layer did it',
    tone: 'doubtful',
  },
  inconclusive: { label: 'Inconclusive', meaning: 'No answer can be given', tone: 'unclear' },
  'attack-blocked': { label: 'Attack blocked', meaning: 'An attack, and the WAF refuses it', tone: 'good' },
  'let-through': { label: 'Let through', meaning: 'Legitimate, and it passes', tone: 'good' },
};

/** All verdicts, those that need attention first. */
export const verdictOrder = Object.keys(verdictTexts) as readonly VerdictKind[];

/** Why a verdict is as it is, and what to do about it. */
export interface VerdictReason {
  readonly reason?: string;
  readonly fix?: string;
}

/** What a result has to say beyond the name of its verdict: first of all, that the log contradicts the answer. */
export function explainResult({ verdict, contradiction, unread }: CaseResult): VerdictReason {
  const beside = contradiction ?? (verdict.kind === 'denied-elsewhere' ? undefined : unread);
  return beside === undefined || 'reason' in verdict ? explainVerdict(verdict) : { reason: capital(beside) };
}

function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

function explainVerdict(verdict: Verdict): VerdictReason {
  switch (verdict.kind) {
    case 'let-through':
    case 'attack-missed':
      return verdict.nearMiss ? { reason: 'Rules matched, but the score stayed under the threshold' } : {};
    case 'false-positive':
    case 'attack-blocked':
      return verdict.detectedOnly ? { reason: 'The WAF only detects here; it would have refused the request' } : {};
    case 'denied-elsewhere':
      return explainDenial(verdict);
    case 'unattributed-block':
    case 'inconclusive':
      return { reason: verdict.reason };
  }
}

function explainDenial(verdict: Extract<Verdict, { kind: 'denied-elsewhere' }>): VerdictReason {
  const { layer = 'unknown', cause = 'unknown', system, because, fix } = verdict;
  const who = system === undefined ? layer.replaceAll('-', ' ') : `${layer.replaceAll('-', ' ')} (${system})`;
  const isOpen = layer === 'unknown' && cause === 'unknown';
  const reason = isOpen ? capital(because) : `${who}: ${cause.replaceAll('-', ' ')}. ${because}`;
  return fix === undefined ? { reason } : { reason, fix };
}

/** Whether rules matched without reaching the threshold. */
export function isNearMiss({ verdict }: CaseResult): boolean {
  return 'nearMiss' in verdict && verdict.nearMiss;
}

/** `expected status 201 and verdict denied-elsewhere`, where the author of a case said more than its intent. */
export function explainExpectation({ expect }: CaseResult): string | undefined {
  const wishes = [
    ...(expect?.status === undefined ? [] : [`status ${expect.status}`]),
    ...(expect?.verdict === undefined ? [] : [`verdict ${expect.verdict}`]),
  ];
  return wishes.length === 0 ? undefined : wishes.join(' and ');
}
