import type { RuleKnowledge, RuleMatch } from '../../../contract/prover.js';
import type { FieldPath } from '../../../model/field.js';
import type { RequestSpec } from '../../../model/request.js';
import { isBodyParserRule } from '../rule-ids.js';
import { leastMargin } from './bench.js';

/** What is known of the Core Rule Set's rules without asking an engine. */
export function ruleKnowledge(threshold: number): RuleKnowledge {
  return {
    outcomeOf(hits, margin = leastMargin) {
      if (hits.some(({ ruleId }) => isBodyParserRule(ruleId))) return 'blocked';
      return sumOf(hits) <= threshold - margin ? 'passed' : 'blocked';
    },
    refusesAlone: isBodyParserRule,
    placeKind,
  };
}

function sumOf(hits: readonly RuleMatch[]): number {
  return hits.reduce((total, { scoring = 0 }) => total + scoring, 0);
}

/** Names of headers that rules single out, such as `User-Agent`; of those that begin with `X-`, names of uploads only. */
const ownHeader = /^x-(?!file-?name)/i;

/** Cookies of web analytics, which most rules of the Core Rule Set leave out. */
const spared = /__utm|_pk_ref/;

/** Rules tell headers apart by name, and all else by the way in which it comes. */
function placeKind({ query, body, headers }: RequestSpec, field: FieldPath): string {
  if (field.kind === 'cookie') return `cookie ${spared.test(field.name ?? '') ? field.name : ''}`;
  if (field.kind === 'header') return `header ${ownHeader.test(field.name ?? '') ? 'X-' : field.name?.toLowerCase()}`;
  const type = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1].replace(/;.*$/s, '') ?? '';
  const side = 'of' in field ? field.of : undefined;
  return `${field.kind} ${side ?? ''} ${query.length > 0 ? 'query' : `${body.kind} ${type.toLowerCase()}`}`;
}
