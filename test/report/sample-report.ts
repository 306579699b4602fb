import type { VerdictKind } from '../../src/model/case.js';
import { formatVariable, type RuleHit, type Variable } from '../../src/model/evidence.js';
import type { CaseResult, Finding, RunReport, SkippedCase } from '../../src/model/report.js';
import type { RequestBody, RequestSpec } from '../../src/model/request.js';
import type { Cause, Layer } from '../../src/model/triage.js';
import type { Verdict } from '../../src/model/verdict.js';
import { withFields } from '../../src/pipeline/report-fields.js';
import { modsecurityFieldNames } from '../../src/waf/modsecurity/field-names.js';

/** A request with the parts that a test cares for. */
export function request(parts: Partial<RequestSpec> = {}): RequestSpec {
  return {
    method: 'POST',
    path: '/api/comments',
    query: [],
    headers: [['Accept', 'application/json']],
    cookies: [],
    body: { kind: 'none' },
    omittedHeaders: [],
    ...parts,
  };
}

/** A hit of the SQL rule that refuses most prose about databases. */
export function hit(parts: Partial<RuleHit> = {}): RuleHit {
  return {
    ruleId: 942100,
    message: 'SQL Injection Attack Detected via libinjection',
    severity: 'CRITICAL',
    tags: ['application-multi', 'language-multi', 'platform-multi', 'attack-sqli', 'paranoia-level/1', 'OWASP_CRS'],
    paranoia: 1,
    variable: { collection: 'ARGS', key: 'comment' },
    variableSource: 'logged',
    matched: 's&1c',
    scoring: 5,
    ...parts,
  };
}

/** A case that passed, changed as a test needs it. */
export function result({ id, ...parts }: Partial<CaseResult> & { readonly id: string }): CaseResult {
  return {
    id,
    suite: 'Comments',
    intent: 'legitimate',
    tags: [],
    at: { file: 'suites/comments.yaml', line: 9 },
    request: request(),
    correlationId: `run-${id}`,
    status: 200,
    durationMs: 7.25,
    verdict: { kind: 'let-through', nearMiss: false },
    asExpected: true,
    hits: [],
    ...parts,
  };
}

/** A report of these cases, with the findings and counts that follow from them. */
export function reportOf(results: readonly CaseResult[], parts: Partial<RunReport> = {}): RunReport {
  const skipped = parts.skipped ?? [];
  const report: RunReport = {
    schemaVersion: 1,
    tool: { name: 'wafproof', version: '0.1.0' },
    target: {
      name: 'staging',
      url: 'https://staging.example.com',
      waf: {
        kind: 'modsecurity',
        name: 'ModSecurity',
        version: 'ModSecurity 3.0.9',
        facts: [
          { label: 'Paranoia level', value: '1' },
          { label: 'Threshold', value: '5' },
        ],
        ruleset: 'OWASP_CRS/3.3.4',
        paranoia: 1,
        threshold: 5,
        mode: 'block',
      },
    },
    startedAt: '2026-11-22T20:00:00.000Z',
    durationMs: 12_345,
    results,
    skipped,
    findings: findingsOf(results),
    summary: {
      cases: results.length,
      skipped: skipped.length,
      unexpected: results.filter(({ asExpected }) => !asExpected).length,
      verdicts: countVerdicts(results),
    },
    ...parts,
  };
  return withFields(report, modsecurityFieldNames);
}

function countVerdicts(results: readonly CaseResult[]): Readonly<Partial<Record<VerdictKind, number>>> {
  const counts: Partial<Record<VerdictKind, number>> = {};
  for (const { verdict } of results) counts[verdict.kind] = (counts[verdict.kind] ?? 0) + 1;
  return counts;
}

function findingsOf(results: readonly CaseResult[]): readonly Finding[] {
  const findings = new Map<string, Finding>();
  for (const { id, hits, request: spec } of results.filter(({ verdict }) => verdict.kind === 'false-positive')) {
    for (const { ruleId, message, variable } of hits) {
      const key = `${ruleId}-${formatVariable(variable)}-${spec.method}-${spec.path}`;
      const cases = new Set([...(findings.get(key)?.cases ?? []), id]);
      findings.set(key, {
        id: key,
        ruleId,
        message,
        variable,
        method: spec.method,
        path: spec.path,
        cases: [...cases],
      });
    }
  }
  return [...findings.values()];
}

const bad = { asExpected: false, status: 403 } as const;
const blocked: Verdict = { kind: 'false-positive', detectedOnly: false };

function arg(key: string): Variable {
  return { collection: 'ARGS', key };
}

const falsePositives: readonly CaseResult[] = [
  result({
    ...bad,
    id: 'comments/sql-question',
    title: 'A question that quotes SQL',
    because: 'Support staff paste SQL all day',
    tags: ['comments', 'support'],
    request: request({
      body: {
        kind: 'form',
        fields: [
          ['comment', 'SELECT name FROM users WHERE id = 1 OR 1=1; -- how does this work?'],
          ['topic', 'databases'],
        ],
      },
      cookies: [['session', 'a1b2c3']],
    }),
    verdict: blocked,
    score: { inbound: 10, threshold: 5 },
    hits: [
      hit(),
      hit({
        ruleId: 942130,
        message: 'SQL Injection Attack: SQL Tautology Detected.',
        matched: '1 or 1=1',
        variable: arg('comment'),
      }),
    ],
  }),
  result({
    ...bad,
    id: 'comments/review',
    title: 'A review that names a command',
    tags: ['comments'],
    at: { file: 'suites/comments.yaml', line: 17, column: 5 },
    request: request({
      path: '/api/reviews',
      body: {
        kind: 'json',
        value: {
          title: 'How I freed the disk',
          stars: 5,
          steps: [{ text: 'Use `rm -rf ./dist` first', line: 12 }, { text: 'then "npm ci"' }],
        },
      },
    }),
    verdict: blocked,
    score: { inbound: 5, threshold: 5 },
    hits: [
      hit({
        ruleId: 932100,
        message: 'Remote Command Execution: Unix Command Injection',
        variable: arg('json.steps.array_0.text'),
        variableSource: 'recovered',
        matched: '`rm -rf ./dist',
      }),
    ],
  }),
  result({
    ...bad,
    id: 'notes/upload',
    suite: 'Notes',
    title: 'Release notes with a snippet of PHP',
    tags: ['upload'],
    at: { file: 'suites/notes.yaml', line: 4 },
    request: request({
      path: '/api/notes',
      body: {
        kind: 'multipart',
        boundary: 'wafproof-7d1f',
        parts: [
          { name: 'title', content: { text: 'Release notes: <?php echo "hi"; ?>' } },
          { name: 'file', filename: '.htaccess', type: 'text/plain', content: { text: 'Options -Indexes\n' } },
          {
            name: 'logo',
            filename: 'logo.png',
            type: 'image/png',
            content: { base64: 'iVBORw0KGgoAAAANSUhEUgAA/wD+' },
          },
        ],
      },
    }),
    verdict: blocked,
    score: { inbound: 10, threshold: 5 },
    hits: [
      hit({
        ruleId: 933100,
        message: 'PHP Injection Attack: PHP Open Tag Found',
        variable: arg('title'),
        variableSource: 'ambiguous',
        candidates: [arg('title'), { collection: 'REQUEST_BODY' }],
        matched: '<?php',
      }),
      hit({
        ruleId: 930120,
        message: 'OS File Access Attempt',
        variable: { collection: 'FILES', key: 'file' },
        matched: '.htaccess',
        matchedTruncated: true,
      }),
    ],
  }),
  result({
    ...bad,
    id: 'search/names#3',
    suite: 'Search',
    title: 'A name with an apostrophe',
    at: { file: 'suites/search.yaml', line: 6 },
    request: request({
      method: 'GET',
      path: '/search',
      query: [
        ['q', "O'Brien or 'union'"],
        ['page', '2'],
      ],
      headers: [
        ['Accept', 'text/html'],
        ['User-Agent', 'Mozilla/5.0 (X11; Linux x86_64) sqlmap-notes/1.0'],
      ],
      cookies: [['last', 'a=b; path=/etc/passwd']],
    }),
    verdict: blocked,
    score: { inbound: 15, threshold: 5 },
    hits: [
      hit({
        ruleId: 942130,
        message: 'SQL Injection Attack: SQL Tautology Detected.',
        variable: arg('q'),
        matched: "O%27Brien%20or'union'",
      }),
      hit({
        ruleId: 913100,
        message: 'Found User-Agent associated with security scanner',
        variable: { collection: 'REQUEST_HEADERS', key: 'User-Agent' },
        matched: 'sqlmap',
      }),
      hit({
        ruleId: 930120,
        message: 'OS File Access Attempt',
        variable: { collection: 'REQUEST_COOKIES', key: 'last' },
        matched: 'etc/passwd',
      }),
    ],
  }),
  result({
    ...bad,
    id: 'graphql/query',
    suite: 'GraphQL',
    at: { file: 'suites/graphql.yaml', line: 3 },
    status: 200,
    request: request({
      path: '/graphql',
      headers: [['Content-Type', 'application/graphql']],
      body: { kind: 'raw', content: { text: 'query {\n  me { name }\n}\n' } },
    }),
    verdict: { kind: 'false-positive', detectedOnly: true },
    score: { inbound: 5, threshold: 5 },
    hits: [
      hit({
        ruleId: 920420,
        message: 'Request content type is not allowed by policy',
        variable: { collection: 'REQUEST_HEADERS', key: 'Content-Type' },
        matched: 'application/graphql',
      }),
      hit({
        ruleId: 'AWS#AWSManagedRulesCommonRuleSet#GenericLFI_BODY',
        message: 'GenericLFI_BODY',
        variable: { collection: 'REQUEST_BODY' },
        variableSource: 'unknown',
        matched: 'me { NAME',
      }),
    ],
  }),
];

const others: readonly CaseResult[] = [
  result({
    ...bad,
    id: 'attacks/sqli#12',
    suite: 'Attacks',
    intent: 'attack',
    tags: ['attack-sqli'],
    at: { file: 'suites/attacks.yaml', line: 3 },
    status: 200,
    request: request({ body: { kind: 'form', fields: [['comment', "1' AND 1=1#"]] } }),
    verdict: { kind: 'attack-missed', nearMiss: true },
    score: { inbound: 3, threshold: 5 },
    hits: [
      hit({
        ruleId: 942440,
        message: 'SQL Comment Sequence Detected',
        severity: 'WARNING',
        paranoia: 2,
        matched: '#',
        scoring: 3,
      }),
    ],
  }),
  result({
    id: 'attacks/xss#1',
    suite: 'Attacks',
    intent: 'attack',
    tags: ['attack-xss'],
    at: { file: 'suites/attacks.yaml', line: 8 },
    status: 403,
    request: request({ body: { kind: 'form', fields: [['comment', '<script>alert(1)</script>']] } }),
    verdict: { kind: 'attack-blocked', detectedOnly: false },
    score: { inbound: 15, threshold: 5 },
    hits: [hit({ ruleId: 941100, message: 'XSS Attack Detected via libinjection', matched: 'XSS data found' })],
  }),
  result({
    ...bad,
    id: 'account/change-email',
    suite: 'Account',
    at: { file: 'suites/account.yaml', line: 11 },
    verdict: {
      kind: 'denied-elsewhere',
      layer: earlier<Layer>('Django'),
      cause: earlier<Cause>('CSRF token missing'),
      because: 'The body says "CSRF verification failed", a page that only Django writes',
      evidence: [
        {
          from: 'response',
          text: '<h1>Forbidden</h1> CSRF verification failed.',
          says: 'only Django writes this page',
        },
      ],
      next: 'the same request with a fresh token',
      fix: 'Add csrf: !session csrf_token to the form',
    },
  }),
  result({
    id: 'account/admin',
    suite: 'Account',
    at: { file: 'suites/account.yaml', line: 20 },
    status: 403,
    expect: { status: 403, verdict: 'denied-elsewhere' },
    request: request({ method: 'GET', path: '/admin' }),
    verdict: {
      kind: 'denied-elsewhere',
      layer: earlier<Layer>('nginx'),
      cause: earlier<Cause>('deny rule'),
      because: 'error.log: access forbidden by rule',
    },
  }),
  result({
    ...bad,
    id: 'account/avatar',
    suite: 'Account',
    at: { file: 'suites/account.yaml', line: 30 },
    request: request({
      method: 'PUT',
      path: '/account/avatar',
      body: { kind: 'raw', content: { base64: '/9j/4AAQSkZJRgABAQ==' } },
    }),
    verdict: {
      kind: 'unattributed-block',
      reason: 'Status 403 with a page of 146 bytes, and the log has no entry for it',
    },
  }),
  result({
    id: 'account/slow',
    suite: 'Account',
    at: { file: 'suites/account.yaml', line: 41 },
    asExpected: false,
    durationMs: 30_000,
    verdict: { kind: 'inconclusive', reason: 'No answer within 30 s' },
  }),
  result({
    id: 'comments/near-miss',
    status: 201,
    request: request({ body: { kind: 'form', fields: [['comment', 'SELECT a plan']] } }),
    verdict: { kind: 'let-through', nearMiss: true },
    score: { inbound: 3, threshold: 5 },
    hits: [
      hit({
        ruleId: 942360,
        message: 'Detects concatenated basic SQL injection',
        severity: 'WARNING',
        matched: 'select',
        scoring: 3,
      }),
    ],
  }),
];

const skippedCases: readonly SkippedCase[] = [
  {
    id: 'comments/emoji',
    suite: 'Comments',
    at: { file: 'suites/comments.yaml', line: 44 },
    reason: 'the application does not store emoji yet',
  },
];

/** A report with every verdict and every kind of body, as a first-time reader may see it. */
export function sampleReport(): RunReport {
  const { status: _, ...slow } = others.find(({ id }) => id === 'account/slow') ?? result({ id: 'account/slow' });
  const rest = others.filter(({ id }) => id !== 'account/slow');
  const passed = [...Array(40).keys()].map((index) => passedCase(index));
  return reportOf([...falsePositives, ...rest, slow, ...passed], { skipped: skippedCases });
}

const words = 'release notes for the search page and the order form with a table of prices in euro'.split(' ');
const bodies: readonly ((text: string) => RequestBody)[] = [
  (text) => ({ kind: 'form', fields: [['comment', text]] }),
  (text) => ({ kind: 'json', value: { comment: text, tags: ['a', 'b'] } }),
  (text) => ({ kind: 'raw', content: { text } }),
  (text) => ({ kind: 'multipart', boundary: 'b-1', parts: [{ name: 'comment', content: { text } }] }),
  () => ({ kind: 'none' }),
];

function passedCase(index: number): CaseResult {
  const text = words.map((_, at) => words[(at * 7 + index * 3) % words.length]).join(' ');
  const body = bodies[index % bodies.length]?.(text) ?? { kind: 'none' };
  return result({
    id: `prose/names#${index + 1}`,
    suite: index % 3 === 0 ? 'Orders' : 'Prose',
    tags: index % 4 === 0 ? ['smoke', 'prose'] : ['prose'],
    at: { file: 'suites/prose.yaml', line: 5 + (index % 50) },
    durationMs: 3 + (index % 23),
    request: request({ path: `/api/${words[index % words.length]}`, body }),
  });
}

/** A report of so many cases, of which about one in thirty is a false positive. */
export function largeReport(cases: number): RunReport {
  const results = [...Array(cases).keys()].map((index) => {
    const example = index % 30 === 0 ? falsePositives[(index / 30) % falsePositives.length] : undefined;
    return example === undefined ? passedCase(index) : { ...example, id: `${example.id}-${index}` };
  });
  return reportOf(results);
}

/** A word of reports of earlier versions, which are read all the same. */
function earlier<T extends string>(word: string): T {
  return word as T;
}
