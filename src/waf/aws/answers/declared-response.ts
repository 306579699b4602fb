import type { AnswerReading } from '../../../contract/answer-reading.js';
import type { Outcome } from '../../../model/exchange.js';
import type { CustomResponse, RuleAction } from '../acl/rule-action.js';
import type { AclRule, WebAcl } from '../acl/web-acl.js';
import type { AwsRecord } from '../log-record.js';
import { defaultAction } from '../rule-names.js';
import { fitsText } from './fits-text.js';
import { headerValue, refusalBy } from './named-response.js';

type Answered = Extract<Outcome, { kind: 'answered' }>;

/** A custom response, and the rule that gives it. */
interface Declared {
  readonly ruleId: string;
  readonly response: CustomResponse;
}

/**
 * Whose custom response an answer is, of those that a web ACL declares. Where several rules give the same one, it is the WAF's
 * and tells no rule. A response without headers and body is told by its status alone, which others answer with too.
 */
export function declaredRefusal(answer: Answered, acl: WebAcl): AnswerReading<AwsRecord> | undefined {
  const fitting = declaredIn(acl).filter(({ response }) => fits(answer, response, acl));
  const telling = fitting.filter(({ response }) => response.headers.length > 0 || response.bodyKey !== undefined);
  const [only, ...others] = telling;
  if (only !== undefined)
    return { kind: 'own', record: refusalBy(others.length === 0 ? only.ruleId : undefined, [], answer.status) };
  const [plain] = fitting;
  return plain && { kind: 'like-refusal', as: `rule ${plain.ruleId} of the web ACL answers` };
}

function declaredIn({ rules, defaultAction: byDefault }: WebAcl): readonly Declared[] {
  return [...rules.flatMap(ofRule), ...declared(defaultAction, byDefault)];
}

function ofRule({ name, action, statement }: AclRule): readonly Declared[] {
  if (action !== undefined) return declared(name, action);
  if (statement.kind !== 'managed-group') return [];
  const group = `${statement.vendor}#${statement.name}`;
  return statement.overrides.flatMap(({ rule, action: own }) => declared(`${group}#${rule}`, own));
}

function declared(ruleId: string, action: RuleAction): readonly Declared[] {
  return action.kind === 'block' && action.response !== undefined ? [{ ruleId, response: action.response }] : [];
}

function fits(answer: Answered, { status, headers, bodyKey }: CustomResponse, { responseBodies }: WebAcl): boolean {
  if (answer.status !== status) return false;
  if (!headers.every(([name, value]) => fitsText(headerValue(answer.headers, name.toLowerCase()), value))) return false;
  if (bodyKey === undefined) return true;
  const body = Object.hasOwn(responseBodies, bodyKey) ? responseBodies[bodyKey]?.content : undefined;
  return body !== undefined && fitsText(answer.bodyExcerpt, body);
}
