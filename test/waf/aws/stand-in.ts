import { appendFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { emptyLog } from '../../pipeline/doctor-target.js';
import { serveHttp } from '../../replay/loopback.js';
import { fullRecord, group } from './logs/records.js';

export const core = 'AWS#AWSManagedRulesCommonRuleSet';

/** What an Application Load Balancer sends where AWS WAF refuses. */
export const loadBalancerPage =
  '<html>\r\n<head><title>403 Forbidden</title></head>\r\n<body>\r\n<center><h1>403 Forbidden</h1></center>\r\n</body>\r\n</html>\r\n';

type Changes = Readonly<Record<string, unknown>>;

/** What the stand-in does with one request. */
interface Act {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** What differs in its record from that of a request that passes; nothing where it logs none. */
  readonly record?: Changes;
}

const byLoadBalancer = { status: 403, headers: { server: 'awselb/2.0' }, body: loadBalancerPage };

function refusedByCore(rule: string, changes: Changes = {}): Changes {
  return {
    action: 'BLOCK',
    terminatingRuleId: 'core',
    terminatingRuleType: 'MANAGED_RULE_GROUP',
    ruleGroupList: [group(core, { terminatingRule: { ruleId: rule, action: 'BLOCK', ruleMatchDetails: null } })],
    labels: [{ name: `awswaf:managed:aws:core-rule-set:${rule.replace('_BODY', '_Body')}` }],
    ...changes,
  };
}

const acts: Readonly<Record<string, Act>> = {
  '/named': { status: 403, headers: { 'x-wafproof-rule': 'house-rule' } },
  '/busy': {
    ...byLoadBalancer,
    record: { action: 'BLOCK', terminatingRuleId: 'limit', terminatingRuleType: 'RATE_BASED' },
  },
  '/captcha': {
    status: 405,
    headers: { 'x-amzn-waf-action': 'captcha' },
    record: { action: 'CAPTCHA', terminatingRuleId: 'prove-it', responseCodeSent: 405 },
  },
  '/bucket': {
    status: 403,
    headers: { server: 'AmazonS3', 'x-amz-request-id': '0A1B2C3D' },
    body: '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>',
    record: {},
  },
  '/counted': {
    status: 200,
    record: {
      ruleGroupList: [
        group(core, {
          nonTerminatingMatchingRules: [
            { ruleId: 'SizeRestrictions_BODY', action: 'COUNT', overriddenAction: 'BLOCK' },
          ],
        }),
      ],
    },
  },
  '/unlogged': byLoadBalancer,
};

/**
 * A server that stands in for AWS WAF behind a load balancer: it refuses path traversal and scripts, does what some paths
 * say, and writes full logs of the documented shape to a file.
 * @param redacts the logs hide the correlation header
 */
export async function standInForAws({ redacts = false } = {}) {
  const log = await emptyLog();
  let requests = 0;
  const url = await serveHttp(async (request, response) => {
    const body = await textOf(request);
    const target = request.url ?? '/';
    const act = actOf(target, body);
    requests++;
    if (act.record !== undefined)
      appendFileSync(log, `${JSON.stringify(recordOf(request, act.record, { requests, redacts }))}\n`);
    answer(response, act, requests);
  });
  return { url, log };
}

function actOf(target: string, body: string): Act {
  const path = target.split('?', 1)[0] ?? '';
  const known = Object.hasOwn(acts, path) ? acts[path] : undefined;
  if (known !== undefined) return known;
  if (decodeURIComponent(body).includes('../../'))
    return { ...byLoadBalancer, record: refusedByCore('GenericLFI_BODY') };
  const isScript = /script/i.test(target);
  return isScript
    ? { ...byLoadBalancer, record: refusedByCore('CrossSiteScripting_QUERYARGUMENTS') }
    : { status: 200, body: 'ok', record: {} };
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text;
}

function answer(response: ServerResponse, { status, headers = {}, body = '' }: Act, requests: number): void {
  response.writeHead(status, { 'x-amz-cf-id': requestId(requests), ...headers }).end(body);
}

function requestId(requests: number): string {
  return `stand-in-${requests}==`;
}

/** Redaction hides the correlation header where the path says so. */
function recordOf(
  { method, url = '/', headers }: IncomingMessage,
  changes: Changes,
  { requests, redacts }: { readonly requests: number; readonly redacts: boolean },
): Changes {
  const [uri = '', args = ''] = url.split('?', 2);
  const hidden = redacts || uri === '/hidden' ? { 'x-wafproof-id': 'REDACTED' } : {};
  const shown = Object.entries({ ...headers, ...hidden }).map(([name, value]) => ({ name, value: `${value}` }));
  return fullRecord({
    timestamp: Date.now(),
    httpRequest: {
      clientIp: '127.0.0.1',
      headers: shown,
      uri,
      args,
      httpMethod: method,
      requestId: requestId(requests),
    },
    ...changes,
  });
}
