import { randomBytes, randomUUID } from 'node:crypto';
import type { ProxyDecision } from '../../../lab/reverse-proxy.js';
import type { Pair } from '../../../model/request.js';
import type { CustomResponse } from '../acl/rule-action.js';
import type { Front, WebAcl } from '../acl/web-acl.js';
import type { FinalAction } from '../evaluate/decision.js';

/** What a front says to the client and to the log of one request. */
export interface FrontRequest {
  /** As the log has it. */
  readonly requestId: string;
  /** Headers of every answer of the front. */
  readonly headers: readonly Pair[];
}

/** How a front names a request: a load balancer tells the client no id. */
export function frontRequest(front: Front): FrontRequest {
  switch (front) {
    case 'cloudfront': {
      const id = `${randomBytes(39).toString('base64url')}==`;
      const via = `1.1 ${randomBytes(16).toString('hex')}.cloudfront.net (CloudFront)`;
      return {
        requestId: id,
        headers: [
          ['x-amz-cf-id', id],
          ['via', via],
        ],
      };
    }
    case 'api-gateway': {
      const id = `${randomBytes(11).toString('base64url')}=`;
      return {
        requestId: id,
        headers: [
          ['x-amzn-requestid', randomUUID()],
          ['x-amz-apigw-id', id],
        ],
      };
    }
    case 'appsync':
    case 'cognito': {
      const id = randomUUID();
      return { requestId: id, headers: [['x-amzn-requestid', id]] };
    }
    default:
      return { requestId: `1-${randomBytes(4).toString('hex')}-${randomBytes(12).toString('hex')}`, headers: [] };
  }
}

type Refusal = Extract<ProxyDecision, { kind: 'refuse' }>;
type Page = Pick<Refusal, 'headers' | 'body'>;

/** What was decided, as far as the answer depends on it. */
export interface RefusedRequest {
  readonly action: Exclude<FinalAction, 'allow'>;
  readonly response?: CustomResponse;
  /** Puts in what a text has placeholders for. */
  resolve(text: string): string;
}

/** The status that the client gets, which the log has too where it is not the usual one. */
export function refusalStatus({ action, response }: Omit<RefusedRequest, 'resolve'>): number {
  if (action === 'captcha') return 405;
  return action === 'challenge' ? 202 : (response?.status ?? 403);
}

/**
 * How a front answers where AWS WAF refuses.
 * @param own what the front adds to each of its answers
 */
export function frontRefusal(refused: RefusedRequest, front: Front, acl: WebAcl, own: readonly Pair[]): Refusal {
  const { headers, body } = pageOf(refused, front, acl, own);
  return { kind: 'refuse', status: refusalStatus(refused), headers: [...headers, ...own], body };
}

function pageOf({ action, response, resolve }: RefusedRequest, front: Front, acl: WebAcl, own: readonly Pair[]): Page {
  if (action !== 'block') return { headers: [['x-amzn-waf-action', action], ...html], body: '' };
  return response === undefined ? blockPage(front, own) : customPage(response, acl, resolve);
}

const html: readonly Pair[] = [['content-type', 'text/html']];
const json: readonly Pair[] = [['content-type', 'application/json']];
const contentTypes: Readonly<Record<string, string>> = {
  TEXT_PLAIN: 'text/plain',
  TEXT_HTML: 'text/html',
  APPLICATION_JSON: 'application/json',
};

function customPage({ headers, bodyKey = '' }: CustomResponse, acl: WebAcl, resolve: RefusedRequest['resolve']): Page {
  const own = headers.map(([name, value]): Pair => [name, resolve(value)]);
  const body = Object.hasOwn(acl.responseBodies, bodyKey) ? acl.responseBodies[bodyKey] : undefined;
  if (body === undefined) return { headers: own, body: '' };
  const type = contentTypes[body.type] ?? 'text/plain';
  return { headers: [...own, ['content-type', type]], body: resolve(body.content) };
}

/** Each front answers in a way of its own. */
function blockPage(front: Front, own: readonly Pair[]): Page {
  switch (front) {
    case 'cloudfront':
      return {
        headers: [['server', 'CloudFront'], ['x-cache', 'Error from cloudfront'], ...html],
        body: cloudFrontPage(own),
      };
    case 'api-gateway':
      return { headers: [['x-amzn-errortype', 'ForbiddenException'], ...json], body: '{"message":"Forbidden"}' };
    case 'appsync':
      return { headers: json, body: '{"errors":[{"errorType":"WAFForbiddenException","message":"403 Forbidden"}]}' };
    case 'cognito':
      return {
        headers: [['content-type', 'application/x-amz-json-1.1']],
        body: '{"__type":"ForbiddenException","message":"Request not allowed due to WAF block."}',
      };
    case 'alb':
    case 'app-runner':
    case 'verified-access':
      return { headers: [['server', 'awselb/2.0'], ...html], body: loadBalancerPage };
  }
}

const loadBalancerPage =
  '<html>\r\n<head><title>403 Forbidden</title></head>\r\n<body>\r\n<center><h1>403 Forbidden</h1></center>\r\n</body>\r\n</html>\r\n';

function cloudFrontPage(own: readonly Pair[]): string {
  const id = own.find(([name]) => name === 'x-amz-cf-id')?.[1] ?? '';
  return `<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN" "http://www.w3.org/TR/html4/loose.dtd">
<HTML><HEAD><TITLE>ERROR: The request could not be satisfied</TITLE></HEAD>
<BODY><H1>403 ERROR</H1><H2>The request could not be satisfied.</H2><HR>Request blocked.<BR>
<PRE>Generated by cloudfront (CloudFront)
Request ID: ${id}</PRE></BODY></HTML>
`;
}
