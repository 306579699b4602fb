import type { AnswerReading } from '../../../contract/answer-reading.js';
import type { Exchange } from '../../../model/exchange.js';
import type { WebAcl } from '../acl/web-acl.js';
import type { AwsRecord } from '../log-record.js';
import { declaredRefusal } from './declared-response.js';
import { frontReading } from './fronts.js';
import { headerValue, namedRefusal, refusalBy } from './named-response.js';

/**
 * What an answer tells by itself of whether AWS WAF refused the request: by the headers that a staging web ACL sends, by a
 * custom response that the web ACL declares, by what asks for a CAPTCHA or a challenge, and by how the load balancer,
 * distribution or API before the application answers.
 */
export function readAwsAnswer({ outcome }: Exchange, acl?: WebAcl): AnswerReading<AwsRecord> | undefined {
  if (outcome.kind === 'failed') return undefined;
  const { headers, status } = outcome;
  const asked = demand(headerValue(headers, 'x-amzn-waf-action').toLowerCase(), status);
  const own = namedRefusal(headers, status) ?? asked;
  if (own !== undefined) return { kind: 'own', record: own };
  return (acl && declaredRefusal(outcome, acl)) ?? frontReading(outcome);
}

/** CAPTCHA with 405, challenge with 202, whether the client may show a page or not. */
function demand(action: string, status: number): AwsRecord | undefined {
  if (action !== 'captcha' && action !== 'challenge') return undefined;
  const record = refusalBy(undefined, [], status);
  const reason =
    action === 'captcha' ? 'the client was asked to solve a CAPTCHA' : 'the client was asked to run a silent challenge';
  return { ...record, blockedBy: { kind: action, reason, status } };
}

const requestIds = ['x-amz-cf-id', 'x-amz-apigw-id', 'x-amzn-requestid'];

/** The id that the log has as `requestId`, of CloudFront, API Gateway and AppSync; a load balancer tells none. */
export function awsRequestId({ outcome }: Exchange): string | undefined {
  if (outcome.kind === 'failed') return undefined;
  const id = requestIds.map((name) => headerValue(outcome.headers, name)).find((value) => value !== '');
  return id;
}
