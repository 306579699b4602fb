import type { AnswerReading } from '../contract/answer-reading.js';
import type { Intent } from '../model/case.js';
import type { Evidence, EvidenceResult } from '../model/evidence.js';
import type { Exchange, Outcome } from '../model/exchange.js';
import type { Verdict } from '../model/verdict.js';
import { type Author, authorOf } from './author.js';
import { type BlockAnswer, isBlockPage } from './block-answer.js';
import { denialByAnswer, denialOf, denialOfClient, wafPageIn } from './denial.js';

/** What is known of one case when it has been sent. */
export interface Observed {
  readonly intent: Intent;
  readonly exchange: Exchange;
  readonly evidence: EvidenceResult;
  /** What the answer tells by itself of who made it. */
  readonly answer?: AnswerReading;
  /** What refusals look like here; absent where the status is the engine's own, which is right whatever it is. */
  readonly blockAnswer?: BlockAnswer;
}

const noPage: BlockAnswer = { kind: 'none' };

/**
 * What an exchange means. A refusal counts as the WAF's only where its log says so, and only where the client was refused:
 * what the application answered was not blocked, whatever a log line says.
 */
export function judge(observed: Observed): Verdict {
  const { exchange, evidence } = observed;
  const { outcome } = exchange;
  if (outcome.kind === 'failed') return withoutAnswer(observed, outcome.message);
  if (evidence.kind === 'undecided') return { kind: 'inconclusive', reason: evidence.reason };
  if (evidence.kind === 'missing') return withoutEvidence(outcome, evidence.reason, observed);
  return withEvidence(observed, outcome, evidence.evidence);
}

/** Where the client got no answer, the log tells what became of the request, if it has it. */
function withoutAnswer(observed: Observed, reason: string): Verdict {
  const { evidence } = observed;
  if (evidence.kind !== 'found') return { kind: 'inconclusive', reason };
  const { status, blockedBy } = evidence.evidence;
  const logged = status ?? blockedBy?.status;
  if (logged === undefined && blockedBy?.assumed === true) return { kind: 'inconclusive', reason };
  const usual = evidence.evidence.action === 'blocked' ? 403 : 200;
  return withEvidence(observed, { ...noAnswer, status: logged ?? usual }, evidence.evidence);
}

const noAnswer = { kind: 'answered', headers: [], bodyExcerpt: '' } as const;

function withoutEvidence(answer: Answer, reason: string, observed: Observed): Verdict {
  const { answer: reading, blockAnswer = noPage } = observed;
  const { status } = answer;
  if (reading?.kind === 'elsewhere') return elsewhere(reading);
  if (reading?.kind === 'like-refusal')
    return { kind: 'unattributed-block', reason: `answered ${status} as ${reading.as}, but ${reason}` };
  if (isBlockPage(answer, blockAnswer))
    return { kind: 'unattributed-block', reason: `${likeRefusals(status)}, but ${reason}` };
  const page = wafPageIn(answer);
  if (page !== undefined) return { kind: 'unattributed-block', reason: `answered ${status}: ${page}; but ${reason}` };
  const denial = denialByAnswer(answer, reason);
  if (denial !== undefined) return { kind: 'denied-elsewhere', ...denial };
  return status === 403 || status === 406
    ? { kind: 'unattributed-block', reason: `answered ${status}, but ${reason}` }
    : { kind: 'inconclusive', reason };
}

type Answer = Extract<Outcome, { kind: 'answered' }>;

function elsewhere({ layer, cause, because, fix }: Extract<AnswerReading, { kind: 'elsewhere' }>): Verdict {
  return { kind: 'denied-elsewhere', layer, cause, because, fix };
}

function withEvidence(observed: Observed, answer: Answer, evidence: Evidence): Verdict {
  const { intent, blockAnswer, answer: reading } = observed;
  const { action, blockedBy } = evidence;
  const client = blockedBy === undefined ? undefined : denialOfClient(blockedBy);
  if (action === 'would-block' && client === undefined) return blocked(intent, true);
  if (action === 'passed' && reading?.kind === 'elsewhere') return elsewhere(reading);
  const own: Author | undefined = reading?.kind === 'own' ? { kind: 'waf' } : undefined;
  const author = action === 'blocked' ? (own ?? authorOf(answer, evidence, blockAnswer)) : application;
  if (author.kind === 'waf')
    return client === undefined ? blocked(intent, false) : { kind: 'denied-elsewhere', ...client };
  if (author.kind === 'unknown') return { kind: 'inconclusive', reason: author.reason };
  return passed(intent, answer, evidence, blockAnswer ?? noPage);
}

const application: Author = { kind: 'application' };

function blocked(intent: Intent, detectedOnly: boolean): Verdict {
  return intent === 'attack' ? { kind: 'attack-blocked', detectedOnly } : { kind: 'false-positive', detectedOnly };
}

function passed(intent: Intent, answer: Answer, evidence: Evidence, blockAnswer: BlockAnswer): Verdict {
  const { status } = answer;
  const { action, hits, score } = evidence;
  if (action === 'passed' && isBlockPage(answer, blockAnswer))
    return {
      kind: 'unattributed-block',
      reason: `${likeRefusals(status)}, but no log line says that the WAF refused it`,
    };
  const denial = denialOf(answer, { ...evidence, action: 'passed' });
  if (denial !== undefined && score !== undefined && score.inbound >= score.threshold) {
    const reason = `answered ${status}; its score of ${score.inbound} reached the threshold of ${score.threshold}, but no log line says that the WAF refused it`;
    return { kind: 'unattributed-block', reason };
  }
  if (denial !== undefined) return { kind: 'denied-elsewhere', ...denial };
  const nearMiss = hits.length > 0;
  return intent === 'attack' ? { kind: 'attack-missed', nearMiss } : { kind: 'let-through', nearMiss };
}

function likeRefusals(status: number): string {
  return `answered ${status} with what this WAF answers to refused requests`;
}
