import type { LineForm } from './line-form.js';

const word = '(?:"[^"]{0,8000}"|\\S{1,4000})';

/** Lines of clouds, edges and platforms. */
export const cloudForms: readonly LineForm[] = [
  // https 2018-07-02T22:23:00.186641Z app/my-lb/50dc 192.168.131.39:2817 - 0.000 -1 -1 403 - 34 366 "GET https://… HTTP/1.1" … "waf" …
  {
    kind: 'aws-alb',
    pattern: new RegExp(
      `^(?:https?|h2|wss?|grpcs) (?<time>\\d{4}-\\d\\d-\\d\\dT[\\d:.]{8,16}Z) (?:app|net)/\\S{1,200} (?<client>\\S{1,60}) (?<target>\\S{1,100}) [-\\d.]{1,20} [-\\d.]{1,20} [-\\d.]{1,20} (?<status>\\d{3}|-) (?<upstream>\\d{3}|-) \\d{1,15} \\d{1,15} "(?<request>[^"]{0,8000})" "(?<agent>[^"]{0,4000})"(?: ${word}){6} \\S{1,40} \\S{1,40} "(?<actions>[^"]{0,200})"`,
      'u',
    ),
  },
  // 79a5… bucket [06/Feb/2019:00:00:38 +0000] 192.0.2.3 - 3E57… REST.GET.OBJECT key "GET /… HTTP/1.1" 403 AccessDenied 243 …
  {
    kind: 'aws-s3',
    pattern:
      /^\S{1,100} \S{1,100} \[(?<time>[^\]]{10,40})\] (?<client>\S{1,60}) \S{1,300} \S{1,60} (?<operation>[A-Z]{3,12}\.[A-Z.]{3,60}) \S{1,2000} "(?<request>[^"]{0,8000})" (?<status>\d{3}) (?<code>\S{1,60})/u,
  },
  // 07:19:20 | BLOCK | POST /v1/chat/completions | CL=156976 | opencode/1.14.22 | GenericLFI_BODY
  {
    kind: 'aws-waf-sample',
    pattern:
      /^(?<time>[\d:T.Z-]{8,30}) \| (?<action>BLOCK|ALLOW|COUNT|CAPTCHA|CHALLENGE) \| (?<method>[A-Z]{1,20}) (?<path>\S{1,4000}) \| (?:[^|]{0,2000} \| ){0,4}(?<rule>[\w#:./-]{1,200})$/u,
  },
  // 2026-11-22 … tab-separated, as the line that begins with #Fields says
  // heroku[router]: at=error code=H12 desc="Request timeout" method=GET path="/slow" … status=503
  {
    kind: 'heroku',
    pattern:
      /^(?:.{0,200}?heroku\[router\]: )?at=(?<level>\w{4,10})(?: code=(?<code>[HRL]\d{2,3}) desc="(?<message>[^"]{0,200})")? method=(?<method>[A-Z]{1,20}) path="(?<path>[^"]{0,4000})".{0,1000}? status=(?<status>\d{3})/u,
  },
  {
    kind: 'cloudflare',
    has: ['Action', 'RayID', 'Source'],
    fields: {
      action: 'Action',
      source: 'Source',
      client: 'ClientIP',
      method: 'ClientRequestMethod',
      path: 'ClientRequestPath',
      agent: 'ClientRequestUserAgent',
      status: 'EdgeResponseStatus',
      upstream: 'OriginResponseStatus',
      rule: 'RuleID',
      message: 'Description',
      id: 'RayID',
      time: 'Datetime',
    },
  },
  {
    kind: 'cloudflare',
    has: ['action', 'rayName', 'source'],
    fields: {
      action: 'action',
      source: 'source',
      client: 'clientIP',
      method: 'clientRequestHTTPMethodName',
      path: 'clientRequestPath',
      agent: 'userAgent',
      rule: 'ruleId',
      message: 'description',
      id: 'rayName',
      time: 'datetime',
    },
  },
  {
    kind: 'cloud-armor',
    has: ['jsonPayload.statusDetails', 'httpRequest.status'],
    fields: {
      message: 'jsonPayload.statusDetails',
      outcome: 'jsonPayload.enforcedSecurityPolicy.outcome',
      rule: 'jsonPayload.enforcedSecurityPolicy.name',
      method: 'httpRequest.requestMethod',
      url: 'httpRequest.requestUrl',
      status: 'httpRequest.status',
      client: 'httpRequest.remoteIp',
      agent: 'httpRequest.userAgent',
      time: 'timestamp',
    },
  },
  {
    kind: 'azure-waf',
    has: ['category', 'properties.ruleName', 'properties.action'],
    fields: {
      action: 'properties.action',
      rule: 'properties.ruleName',
      message: 'properties.details.msg',
      url: 'properties.requestUri',
      client: 'properties.clientIP',
      id: 'properties.trackingReference',
      time: 'time',
    },
  },
  {
    kind: 'azure-waf',
    has: ['category', 'properties.ruleId', 'properties.action', 'properties.requestUri'],
    fields: {
      action: 'properties.action',
      rule: 'properties.ruleId',
      message: 'properties.message',
      path: 'properties.requestUri',
      client: 'properties.clientIp',
      id: 'properties.transactionId',
      time: 'time',
    },
  },
  {
    kind: 'caddy',
    has: ['logger', 'msg', 'request.uri'],
    fields: {
      logger: 'logger',
      message: 'msg',
      status: 'status',
      method: 'request.method',
      path: 'request.uri',
      client: 'request.remote_ip',
      time: 'ts',
    },
  },
  {
    kind: 'traefik',
    has: ['RouterName', 'RequestPath', 'DownstreamStatus'],
    fields: {
      status: 'DownstreamStatus',
      upstream: 'OriginStatus',
      method: 'RequestMethod',
      path: 'RequestPath',
      client: 'ClientHost',
      router: 'RouterName',
      time: 'StartUTC',
    },
  },
  {
    kind: 'traefik',
    has: ['middlewareName', 'middlewareType', 'msg'],
    fields: { message: 'msg', middleware: 'middlewareType', router: 'middlewareName', time: 'time' },
  },
  {
    kind: 'envoy',
    has: ['response_code', 'response_flags'],
    fields: {
      status: 'response_code',
      flags: 'response_flags',
      details: 'response_code_details',
      method: 'method',
      path: 'path',
      agent: 'user_agent',
      time: 'start_time',
    },
  },
];
