import { header, logged, no, status } from '../../sign.js';
import type { System } from '../../system.js';

export const awsAlbSystem: System = {
  id: 'aws-alb',
  name: 'AWS load balancer',
  layer: 'edge',
  source: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html',
  rides: [header('server', /^awselb\/2/), header('set-cookie', /^AWSALB/)],
  refusals: [
    {
      id: '403',
      by: 'stock',
      all: [status(403), header('server', /^awselb\/2/)],
      cause: 'unknown',
      grade: 'proved',
      says: 'the load balancer made this answer itself: AWS WAF at it refused, or a fixed response of the listener',
      or: ['edge/waf-rule', 'waf/waf-rule', 'edge/path-denied', 'edge/user-agent-denied'],
      next: 'the access log of the load balancer: actions_executed has `waf` or `fixed-response`; the log of the web ACL names the rule',
      seen: ['aws-alb/403-no-user-agent'],
    },
    {
      id: 'log-waf',
      by: 'log',
      all: [
        status(403),
        logged('aws-alb', /(?:^|,)waf(?:,|$)/, 'actions'),
        no(logged('aws-alb', /forward/, 'actions')),
      ],
      cause: 'waf-rule',
      grade: 'proved',
      says: 'the access log of the load balancer says that AWS WAF decided, and no target was asked',
    },
    {
      id: 'log-fixed',
      by: 'log',
      all: [logged('aws-alb', /fixed-response/, 'actions')],
      cause: 'path-denied',
      grade: 'proved',
      says: 'a rule of the listener gives a fixed response',
    },
    {
      id: 'log-auth',
      by: 'log',
      all: [
        status(401, 403, 561),
        logged('aws-alb', /authenticate/, 'actions'),
        no(logged('aws-alb', /forward/, 'actions')),
      ],
      cause: 'authentication-required',
      grade: 'proved',
      says: 'a rule of the listener asks for authentication',
    },
    {
      id: '400',
      by: 'stock',
      all: [status(400), header('server', /^awselb\/2/)],
      cause: 'malformed-request',
      grade: 'likely',
      says: 'the load balancer could not understand the request',
      or: ['edge/waf-rule'],
    },
    {
      id: '413',
      by: 'stock',
      all: [status(413), header('server', /^awselb\/2/)],
      cause: 'body-too-large',
      grade: 'likely',
      says: 'the body is over what the load balancer or a Lambda target takes',
    },
    {
      id: '460',
      by: 'status',
      all: [status(460)],
      cause: 'connection-dropped',
      grade: 'likely',
      says: '460: the client closed the connection before the target answered',
    },
    {
      id: '463',
      by: 'status',
      all: [status(463), header('server', /^awselb\/2/)],
      cause: 'malformed-request',
      grade: 'likely',
      says: '463: X-Forwarded-For has more than 30 addresses',
    },
    {
      id: '464',
      by: 'status',
      all: [status(464), header('server', /^awselb\/2/)],
      cause: 'malformed-request',
      grade: 'likely',
      says: '464: the version of HTTP does not fit the target group',
    },
    {
      id: '561',
      by: 'status',
      all: [status(561), header('server', /^awselb\/2/)],
      cause: 'authentication-required',
      grade: 'likely',
      says: '561: the identity provider answered with an error',
    },
    {
      id: '502',
      by: 'stock',
      all: [status(502, 503, 504), header('server', /^awselb\/2/)],
      cause: 'upstream-down',
      grade: 'proved',
      says: 'the load balancer has no healthy target, or its target gave no valid answer',
    },
  ],
  fixes: {
    'waf-rule':
      '`aws elbv2 describe-load-balancers` and `aws wafv2 get-web-acl-for-resource` show the ACL; its log names terminatingRuleId for the X-Amzn-Trace-Id: override that rule to Count or scope it down for this path; then send the request again',
    'authentication-required':
      'the listener rule has an authenticate-oidc or authenticate-cognito action (`aws elbv2 describe-rules`): send its session cookie, or put a rule without it before it for the tests',
    'malformed-request':
      'ALB refuses it before any rule: look at routing.http.desync_mitigation_mode and drop_invalid_header_fields (`aws elbv2 describe-load-balancer-attributes`), correct Content-Length, Transfer-Encoding and header names, and send the bytes again',
    'body-too-large':
      'a Lambda target takes 1 MB: send a smaller body, or give this path a target group of instances; `aws elbv2 describe-target-groups` shows TargetType; then send it again',
    'connection-dropped':
      '460: the client closed first: raise the time-out of the client above idle_timeout.timeout_seconds of the load balancer, and send the request again',
    'path-denied':
      'look at the rules of the listener for a fixed response that covers host and path, and at the access log (actions_executed)',
    'upstream-down': '`describe-target-health`: the targets of that rule are unhealthy or none are registered',
  },
};
