import type { BlockedBy } from '../model/evidence.js';
import type { Cause, TriageEvidence } from '../model/triage.js';
import { mayBeOfParser } from './author.js';
import type { TriageMaterial, WafTestimony } from './material.js';

/** What the log of a WAF says of a request, held against the answer. */
export type Testimony =
  | {
      readonly kind: 'refused';
      readonly cause: Cause;
      readonly isSure: boolean;
      readonly evidence: TriageEvidence;
      readonly waf: WafTestimony;
    }
  /** The WAF let it pass, or its refusal did not reach the client. */
  | { readonly kind: 'cleared'; readonly evidence: TriageEvidence; readonly waf: WafTestimony }
  /** What is there of it could be the beginning of a refusal as of a pass. */
  | { readonly kind: 'incomplete'; readonly evidence: TriageEvidence; readonly waf: WafTestimony };

/** What WAFs say. */
export function testimoniesIn({ wafs = [], outcome }: TriageMaterial): readonly Testimony[] {
  const status = outcome?.kind === 'answered' ? outcome.status : undefined;
  return wafs.map((waf) => testify(waf, status));
}

function testify(waf: WafTestimony, status: number | undefined): Testimony {
  const { action, blockedBy, hits, score, status: logged } = waf.evidence;
  if (action === 'would-block')
    return cleared(waf, `${waf.waf} only detects here: it would have refused this, and let it pass`);
  if (action === 'blocked' && !agrees(blockedBy, status)) return cleared(waf, contradiction(waf, status));
  if (action === 'blocked') {
    const cause = causeOf(blockedBy, status);
    const rule = blockedBy?.ruleId === undefined ? '' : ` by rule ${blockedBy.ruleId}`;
    const says = `${waf.waf} says that it refused this very request${rule}`;
    return { kind: 'refused', cause, isSure: blockedBy?.assumed !== true, waf, evidence: evidence(waf, says) };
  }
  if (hits.length > 0 && score === undefined && logged === undefined && (status ?? 0) >= 400) {
    const says = `${waf.waf} warned of this request; the line that says what became of it is not there`;
    return { kind: 'incomplete', waf, evidence: evidence(waf, says) };
  }
  return cleared(waf, `${waf.waf} has this request and let it pass`);
}

function cleared(waf: WafTestimony, says: string): Testimony {
  return { kind: 'cleared', waf, evidence: evidence(waf, says) };
}

function evidence({ text }: WafTestimony, says: string): TriageEvidence {
  return { from: 'log', text, says };
}

/** What the client got can be what the WAF says that it did. */
function agrees(blockedBy: BlockedBy | undefined, status: number | undefined): boolean {
  if (status === undefined || status === 0) return true;
  if (blockedBy?.assumed === true) return mayBeOfParser(status);
  return status >= 300 || blockedBy?.status === status;
}

function contradiction({ waf, evidence: { blockedBy } }: WafTestimony, status: number | undefined): string {
  const refused = blockedBy?.assumed === true ? 'noted a reason to refuse it' : 'says that it refused it';
  return `${waf} ${refused}, but the client got ${status}: it was answered all the same`;
}

const causes: Readonly<Record<BlockedBy['kind'], Cause>> = {
  inbound: 'waf-rule',
  outbound: 'waf-outbound',
  'body-parser': 'waf-body-parser',
  rule: 'waf-rule',
  'managed-rule': 'waf-rule',
  rate: 'rate-limited',
  bot: 'user-agent-denied',
  ip: 'ip-denied',
  geo: 'geo-denied',
  challenge: 'challenge',
  captcha: 'challenge',
  'default-action': 'waf-rule',
};

function causeOf(blockedBy: BlockedBy | undefined, status: number | undefined): Cause {
  if (blockedBy === undefined) return 'waf-rule';
  return blockedBy.kind === 'body-parser' && status === 413 ? 'body-too-large' : causes[blockedBy.kind];
}
