import { type CodeRow, patternsOf } from '../../code-rows.js';
import { header, heading, logged, markup, no, status, title, xml } from '../../sign.js';
import type { System } from '../../system.js';

const results: readonly CodeRow[] = [
  ['ClientGeoBlocked', 'geo-denied', 'the log of the distribution says ClientGeoBlocked'],
  ['InvalidRequestMethod', 'method-denied', 'the log of the distribution says InvalidRequestMethod'],
  ['InvalidRequestBlocked', 'waf-rule', 'the log of the distribution says InvalidRequestBlocked'],
  ['InvalidRequestHeader', 'malformed-request', 'the log of the distribution says InvalidRequestHeader'],
  ['InvalidRequestCertificate', 'client-certificate', 'the log of the distribution says InvalidRequestCertificate'],
];

export const cloudfrontSystem: System = {
  id: 'cloudfront',
  name: 'CloudFront',
  layer: 'edge',
  source: 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/http-403-permission-denied.html',
  rides: [header('x-amz-cf-id'), header('via', /\.cloudfront\.net \(CloudFront\)/), header('x-amz-cf-pop')],
  refusals: [
    {
      id: 'blocked',
      by: 'page',
      all: [
        status(403),
        title('ERROR: The request could not be satisfied'),
        heading('The request could not be satisfied.'),
        markup('Request blocked.'),
      ],
      cause: 'waf-rule',
      grade: 'likely',
      says: "CloudFront's page for what AWS WAF refuses",
      or: ['edge/body-too-large', 'waf/waf-rule', 'edge/ip-denied'],
      seen: ['cloudfront/waf-request-blocked'],
    },
    {
      id: 'method',
      by: 'page',
      all: [
        status(403),
        title('ERROR: The request could not be satisfied'),
        heading('The request could not be satisfied.'),
        markup('not configured to allow the HTTP request method that was used'),
      ],
      cause: 'method-denied',
      grade: 'proved',
      says: 'the cache behaviour of this path does not allow the method',
      seen: ['cloudfront/method-2018'],
    },
    {
      id: 'country',
      by: 'page',
      all: [
        status(403),
        title('ERROR: The request could not be satisfied'),
        heading('The request could not be satisfied.'),
        markup('configured to block access from your country'),
      ],
      cause: 'geo-denied',
      grade: 'proved',
      says: 'the distribution blocks the country of the client',
    },
    {
      id: 'bad-request',
      by: 'page',
      all: [
        status(400, 403),
        title('ERROR: The request could not be satisfied'),
        heading('The request could not be satisfied.'),
        markup(/(?:^|>)\s{0,5}Bad request\./),
      ],
      cause: 'host-not-allowed',
      grade: 'likely',
      says: 'CloudFront answers so for a host that no distribution has, and for requests that it cannot read',
      or: ['edge/malformed-request', 'edge/tls-required'],
    },
    {
      id: 'https',
      by: 'page',
      all: [
        status(403),
        title('ERROR: The request could not be satisfied'),
        heading('The request could not be satisfied.'),
        markup(/(?:requires|only supports) HTTPS|Bad request\. We can't connect/),
      ],
      cause: 'host-not-allowed',
      grade: 'possible',
      says: 'CloudFront cannot connect this request to a distribution',
      or: ['edge/tls-required'],
    },
    {
      id: 'connect',
      by: 'page',
      all: [
        status(502, 503, 504),
        title('ERROR: The request could not be satisfied'),
        heading('The request could not be satisfied.'),
        markup(/CloudFront (?:wasn't able to connect|attempted to establish)|We can't connect to the server/),
      ],
      cause: 'upstream-down',
      grade: 'proved',
      says: 'CloudFront could not reach the origin',
    },
    {
      id: 'function',
      by: 'header',
      all: [
        status(500, 502, 503),
        header(
          'x-cache',
          /^(?:LambdaExecutionError|LambdaLimitExceeded|LambdaValidationError|LambdaThrottle|FunctionExecutionError|FunctionThrottledError) from cloudfront/,
        ),
      ],
      cause: 'internal-error',
      grade: 'proved',
      says: 'X-Cache says that a function at the edge failed',
    },
    {
      id: 'lambda',
      by: 'page',
      all: [
        status(502, 503),
        title('ERROR: The request could not be satisfied'),
        heading('The request could not be satisfied.'),
        markup(/Lambda (?:function|@Edge)|The (?:Lambda|CloudFront) function/),
      ],
      cause: 'internal-error',
      grade: 'proved',
      says: 'a function at the edge failed',
    },
    {
      id: 'rate',
      by: 'page',
      all: [
        status(429, 503),
        title('ERROR: The request could not be satisfied'),
        heading('The request could not be satisfied.'),
        markup(/too many requests|request rate/i),
      ],
      cause: 'rate-limited',
      grade: 'likely',
      says: 'CloudFront limits requests',
    },
    {
      id: 'page',
      by: 'stock',
      all: [
        status(403),
        title('ERROR: The request could not be satisfied'),
        heading('The request could not be satisfied.'),
      ],
      cause: 'unknown',
      grade: 'proved',
      says: "CloudFront's own page; the sentence that names the cause is not known",
      or: ['edge/waf-rule', 'edge/method-denied', 'edge/geo-denied'],
    },
    {
      id: 'xml-missingkey',
      by: 'code',
      all: [status(403), xml('Code', 'MissingKey'), header('server', /^CloudFront/), no(header('x-amz-request-id'))],
      cause: 'signed-url',
      grade: 'proved',
      says: 'CloudFront wants a signed URL or cookie, and there is none',
      or: ['storage/signed-url'],
      seen: ['cloudfront/missing-key-pair'],
    },
    {
      id: 'xml-invalidkey',
      by: 'code',
      all: [status(403), xml('Code', 'InvalidKey'), header('server', /^CloudFront/), no(header('x-amz-request-id'))],
      cause: 'signed-url',
      grade: 'proved',
      says: 'the key pair of the signature is not known',
      or: ['storage/signed-url'],
    },
    {
      id: 'xml-accessdenied',
      by: 'code',
      all: [status(403), xml('Code', 'AccessDenied'), header('server', /^CloudFront/), no(header('x-amz-request-id'))],
      cause: 'signed-url',
      grade: 'likely',
      says: 'the signature or its policy does not hold, or has expired',
      or: ['storage/storage-policy'],
    },
    ...patternsOf(results, (code) => ({
      id: `log-${code}`,
      by: 'log',
      all: [logged('cloudfront', code, 'details')],
      grade: 'proved',
      source: 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logs-reference.html',
    })),
  ],
  fixes: {
    'upstream-down':
      'x-edge-detailed-result-type in the standard log names the error (OriginConnectError, OriginDnsError): mend domain, port, protocol and certificate of the origin (`aws cloudfront get-distribution-config`), and send the request again',
    'internal-error':
      'the log of the function (`aws logs tail /aws/cloudfront/function/NAME`) or of Lambda@Edge has the exception: mend it, publish, and send the request again',
    'rate-limited':
      'Service Quotas > CloudFront (requests per second) or concurrency of Lambda@Edge is reached: raise it, or lower --rate; then send the request by itself',
    'malformed-request':
      'the alternate domain name is missing in the distribution, or the request is not well formed: `aws cloudfront get-distribution-config` shows Aliases; add the host, and send the request again',
    'client-certificate':
      'ViewerMtlsConfig of the distribution names the trust store: send a certificate that one of its CAs signed (`curl --cert … --key …`)',
    'method-denied':
      'set Allowed HTTP methods of the cache behaviour for this path to GET, HEAD, OPTIONS, PUT, POST, PATCH, DELETE; wait for the deployment, and send the request again',
    'geo-denied':
      'except the test machine by sending past the distribution, or lift the geographic restriction for the staging distribution',
    'host-not-allowed':
      'add the name to the alternate domain names (CNAMEs) of the distribution, with a certificate that has it',
    'signed-url': 'sign URL or cookies afresh with a key of the trusted key group; compare the clocks',
    'waf-rule':
      'find the request in the logs of the web ACL (scope CLOUDFRONT, us-east-1) by x-amz-cf-id: it names the rule; set that one rule to Count with a scope-down for this path',
  },
  references: [
    { header: 'x-amz-cf-id', as: 'request id' },
    { page: /Request ID: ([\w=+/-]{10,100})/, as: 'request id' },
  ],
};
