import { verdictKinds } from '../../src/model/case.js';
import type { Variable } from '../../src/model/evidence.js';
import type { Exclusion, LadderStep, Verification } from '../../src/model/exclusion.js';
import type { Minimal } from '../../src/model/minimal.js';
import type { CaseResult, RunReport } from '../../src/model/report.js';
import type { RequestBody } from '../../src/model/request.js';
import type { Cause, Layer } from '../../src/model/triage.js';
import type { Verdict } from '../../src/model/verdict.js';
import { hostileSurroundings, hostileTriage } from './hostile-surroundings.js';
import { hit, reportOf, request, result } from './sample-report.js';

/** Texts that break out of the places where careless reports put them. `pwned` in the page would say that one did. */
export const hostileTexts: readonly string[] = [
  '</script><script>document.documentElement.dataset.pwned = 1</script>',
  '<!--<script>',
  '--><img src=x onerror="document.documentElement.dataset.pwned = 1">',
  '"><svg/onload=document.documentElement.dataset.pwned=1>',
  "' autofocus onfocus='document.documentElement.dataset.pwned=1",
  'javascript:document.documentElement.dataset.pwned=1',
  '{{constructor.constructor("return process")()}} {{{data.text}}}',
  ']]></textarea></title></style></noscript><plaintext>',
  '<base href="//evil.example/"><meta http-equiv="refresh" content="0;url=//evil.example/">',
  'color \u001b[31mred\u001b[0m \u009b2J bell \u0007 nul \u0000 back \b\b',
  'abc\u202etxt.exe\u2066 \u200b\ufeff\u2028\u2029\r\n',
  'lone \ud800 and \udfff',
  '__proto__',
];

const long = `${'long '.repeat(210_000)}</script>`;

function verdictOf(index: number, text: string): Verdict {
  const kind = verdictKinds[index % verdictKinds.length] ?? 'inconclusive';
  switch (kind) {
    case 'let-through':
    case 'attack-missed':
      return { kind, nearMiss: true };
    case 'false-positive':
    case 'attack-blocked':
      return { kind, detectedOnly: true };
    case 'denied-elsewhere':
      return { kind, layer: text as Layer, cause: text as Cause, because: text, fix: text };
    default:
      return { kind, reason: text };
  }
}

const bodies: readonly ((text: string) => RequestBody)[] = [
  (text) => ({ kind: 'form', fields: [[text, text]] }),
  (text) => ({ kind: 'json', value: { [text]: [text, { [text]: text }], n: [1, null, true, {}, []] } }),
  (text) => ({
    kind: 'multipart',
    boundary: text,
    parts: [{ name: text, filename: text, type: text, content: { text } }],
  }),
  (text) => ({ kind: 'raw', content: { text } }),
  (text) => ({ kind: 'raw', content: { base64: Buffer.from(`\u00ff${text}`, 'latin1').toString('base64') } }),
];

function hostileCase(text: string, index: number, verdict: Verdict): CaseResult {
  const variable = { collection: 'ARGS', key: text };
  return result({
    id: `case ${index} ${text}`,
    suite: text,
    title: text,
    because: text,
    tags: [text],
    at: { file: text, line: 1 },
    correlationId: text,
    verdict,
    asExpected: false,
    ...(verdict.kind === 'denied-elsewhere' && { triage: hostileTriage(text) }),
    ...(verdict.kind === 'attack-missed' && { contradiction: text, unread: text }),
    request: request({
      method: text,
      path: text,
      query: [[text, text]],
      headers: [[text, text]],
      cookies: [[text, text]],
      body: bodies[index % bodies.length]?.(text) ?? { kind: 'none' },
    }),
    minimal: hostileMinimal(text, variable),
    hits: [
      hit({ ruleId: text, message: text, tags: [text], variable, matched: text }),
      hit({
        message: text,
        variable,
        variableSource: 'ambiguous',
        candidates: [variable],
        matched: text,
        matchedTruncated: true,
      }),
      hit({ variable: { collection: text }, variableSource: 'unknown', matched: text.toUpperCase() }),
    ],
  });
}

function hostileMinimal(text: string, variable: Variable): Minimal {
  return {
    ruleId: text,
    variable,
    value: text,
    ranges: [[0, text.length]],
    context: [
      { text, isTrigger: false },
      { text, isTrigger: true },
    ],
    request: request({ method: text, path: text, body: { kind: 'form', fields: [[text, text]] } }),
    probes: 9,
    isIncomplete: true,
  };
}

/** Every hostile text in every place of a report, as a false positive and under every other verdict. */
export function hostileReport(): RunReport {
  const cases = hostileTexts.flatMap((text, index) => [
    hostileCase(text, index, { kind: 'false-positive', detectedOnly: false }),
    hostileCase(text, index + 100, verdictOf(index, text)),
  ]);
  const [text = ''] = hostileTexts;
  const report = reportOf([...cases, manyHits(), longValue()]);
  return reportOf(report.results, {
    ...hostileSurroundings(hostileTexts, report),
    findings: report.findings.map((finding) => ({
      ...finding,
      reasons: [finding.path],
      minimal: hostileMinimal(finding.path, finding.variable),
    })),
    configurations: hostileTexts.map((one) => ({
      dialect: one,
      files: [{ name: one, content: `# ${one} ${one}\n${one}\n\n# ${one}\nX` }],
    })),
    exclusions: hostileTexts.flatMap((one) => hostileExclusions(one, report)),
    verification: hostileVerification(report),
    interrupted: text,
    target: {
      name: text,
      url: text,
      waf: { kind: 'modsecurity', version: text, ruleset: text, name: text, facts: [{ label: text, value: text }] },
    },
    skipped: [{ id: text, suite: text, at: { file: text }, reason: text }],
  });
}

function hostileExclusions(text: string, { findings }: RunReport): readonly Exclusion[] {
  const ids = findings.filter(({ path }) => path === text).map(({ id }) => id);
  const variable = { collection: text, key: text };
  const shared = {
    findings: [...ids, text],
    ruleIds: [942100],
    widerBecause: text,
    ladder: outcomes.map((outcome) => hostileStep(text, outcome)),
    detectionLoss: {
      lost: 5,
      blockedBefore: 9,
      classes: [{ className: text, lost: 5, blockedBefore: 9, example: text }],
    },
  };
  return [
    { ...shared, id: text, effect: 'remove-target', variable, scope: { method: text, path: text } },
    { ...shared, id: `${text} everywhere`, effect: 'remove-target', variable, scope: {} },
    { ...shared, id: `${text} rule`, effect: 'remove-rule', scope: { path: text } },
    { ...shared, id: `${text} setting`, effect: 'change-setting', setting: { name: text, value: text }, scope: {} },
  ];
}

const outcomes = ['impossible', 'insufficient', 'chosen', 'wider'] as const;

function hostileStep(text: string, outcome: LadderStep['outcome']): LadderStep {
  const variables = [{ collection: text, key: text }];
  const scope = { method: text, path: text };
  return { effect: 'remove-target', ruleIds: [942100], variables, scope, outcome, reason: text };
}

function hostileVerification(report: RunReport): Verification {
  const ids = report.results.map(({ id }) => id);
  const outcome = {
    engine: hostileTexts.join(''),
    cleared: ids.slice(0, 10),
    stillBlocked: ids.slice(10, 20),
    newlyBlocked: ids.slice(20),
    tooBroad: hostileTexts,
  };
  return {
    ...outcome,
    attacksLost: [...hostileTexts, ...hostileTexts.map((text) => `${text}: ${text}`)],
    noEffect: hostileTexts,
    notReproduced: ids,
    leftInForce: hostileTexts.map((text) => ({
      ruleId: text,
      variable: { collection: text, key: text },
      scope: { method: text, path: text },
      spares: 3,
    })),
    refused: hostileTexts.flatMap((text) =>
      hostileExclusions(text, report).map((exclusion) => ({ exclusion, reason: text })),
    ),
    servers: hostileTexts.map((text) => ({ ...outcome, engine: text })),
  };
}

/** A case with thousands of hits. */
function manyHits(): CaseResult {
  const variable = { collection: 'ARGS', key: 'comment' };
  const text = '<b>'.repeat(3000);
  return result({
    id: 'many/hits',
    asExpected: false,
    verdict: { kind: 'attack-missed', nearMiss: true },
    request: request({ body: { kind: 'form', fields: [['comment', text]] } }),
    hits: Array.from({ length: 3000 }, (_, index) => hit({ ruleId: 900_000 + index, variable, matched: '<B>' })),
  });
}

/** A case with a value of a megabyte. */
function longValue(): CaseResult {
  return result({ id: 'long/value', request: request({ body: { kind: 'raw', content: { text: long } } }) });
}
