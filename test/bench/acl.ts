/**
 * How fast a web ACL of 20 rules is evaluated on one core, beside the plainest loop that does the same comparisons on the
 * same requests by hand, without unknowns, labels or reasons. The ratio tells what those cost; it counts CPU time.
 */
import type { JsonValue } from '../../src/model/request.js';
import { compileAcl } from '../../src/waf/aws/evaluate/compile-acl.js';
import type { RequestFacts } from '../../src/waf/aws/evaluate/request-facts.js';
import { findManagedGroup } from '../../src/waf/aws/managed/managed-groups.js';
import { apiAnswer, apiRule, readTexts } from '../waf/aws/source/acl-text.js';
import { interleave, medianOf, ratio } from './support/figures.js';
import { isQuick } from './support/machine.js';
import { printTable } from './support/print.js';

const cases = isQuick ? 20_000 : 100_000;
const rounds = isQuick ? 3 : 5;
const limitSeconds = isQuick ? 20 : 100;

const none = [{ Priority: 0, Type: 'NONE' }];
const decodedLower = [
  { Priority: 0, Type: 'URL_DECODE' },
  { Priority: 1, Type: 'LOWERCASE' },
];

function contains(field: JsonValue, text: string, transformations: JsonValue = none): JsonValue {
  return {
    ByteMatchStatement: {
      SearchString: Buffer.from(text).toString('base64'),
      FieldToMatch: field,
      TextTransformations: transformations,
      PositionalConstraint: 'CONTAINS',
    },
  };
}

const body = { Body: { OversizeHandling: 'CONTINUE' } };
const words = ['<script', 'union select', '../', 'etc/passwd', 'cmd.exe', '${jndi'];
const rules = [
  ...words.map((word) => contains(body, word, decodedLower)),
  ...words.map((word) => contains({ AllQueryArguments: {} }, word, decodedLower)),
  ...['/admin', '/internal', '/debug', '/.git'].map((path) => contains({ UriPath: {} }, path)),
  contains({ SingleHeader: { Name: 'user-agent' } }, 'sqlmap'),
  {
    RegexMatchStatement: {
      RegexString: '^/api/v[0-9]+/users/[0-9]+$',
      FieldToMatch: { UriPath: {} },
      TextTransformations: none,
    },
  },
  {
    SizeConstraintStatement: {
      ComparisonOperator: 'GT',
      Size: 2048,
      FieldToMatch: { QueryString: {} },
      TextTransformations: none,
    },
  },
  contains({ JsonBody: { MatchPattern: { All: {} }, MatchScope: 'VALUE' } }, 'evil'),
].map((statement, index) => apiRule(statement, { Name: `r${index}`, Priority: index }));

const { acl, resources } = await readTexts({ acl: apiAnswer(rules) });
const evaluate = compileAcl({ acl, resources }, findManagedGroup);
const requests = Array.from({ length: cases }, (_, index) => requestOf(index));

function requestOf(index: number): RequestFacts {
  const text = `{"id":${index},"note":"The quick brown fox jumps over the lazy dog %2${index % 10}","tags":["a","b"]}`;
  return {
    method: 'POST',
    path: `/api/v1/notes/${index}`,
    query: `page=${index}&sort=name&q=a%20b`,
    headers: [
      ['Host', 'app.example.com'],
      ['User-Agent', 'Mozilla/5.0'],
      ['Content-Type', 'application/json'],
      ['Content-Length', `${text.length}`],
    ],
    body: text,
    client: {},
    tokens: {},
    front: 'alb',
  };
}

/** The same comparisons by hand. */
function plainly({ path, query = '', body: text, headers }: RequestFacts): boolean {
  const decoded = decodeURIComponent(text.replaceAll('%', '%25')).toLowerCase();
  const values = query.split('&').map((pair) => decodeURIComponent(pair.slice(pair.indexOf('=') + 1)).toLowerCase());
  const agent = headers.find(([name]) => name.toLowerCase() === 'user-agent')?.[1] ?? '';
  return (
    words.some((word) => decoded.includes(word) || values.some((value) => value.includes(word))) ||
    ['/admin', '/internal', '/debug', '/.git'].some((part) => path.includes(part)) ||
    agent.includes('sqlmap') ||
    /^\/api\/v[0-9]+\/users\/[0-9]+$/.test(path) ||
    query.length > 2048 ||
    Object.values(JSON.parse(text)).some((value) => typeof value === 'string' && value.includes('evil'))
  );
}

let passed = 0;
const results = await interleave(
  rounds,
  [
    contestant('the evaluator', (request) => evaluate(request).action === 'allow'),
    contestant('a plain loop', (request) => !plainly(request)),
  ],
  limitSeconds,
);
const [ours = [], plain = []] = ['the evaluator', 'a plain loop'].map((name) => results.get(name));
printTable(
  [`${cases} requests, ${rules.length} rules`, 'CPU ms', 'requests a second'],
  [...results].map(([name, all]) => {
    const ms = medianOf(all, (one) => one);
    return [name, ms.toFixed(0), Math.round((cases / ms) * 1000).toString()];
  }),
);
console.log(
  `  the evaluator takes ${ratio(ours, plain, (ms) => ms).toFixed(1)} times as long; ${passed} answers let requests through`,
);

function contestant(name: string, passes: (request: RequestFacts) => boolean) {
  return {
    name,
    measure: async () => {
      const before = process.cpuUsage();
      for (const request of requests) if (passes(request)) passed++;
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1000;
    },
  };
}
