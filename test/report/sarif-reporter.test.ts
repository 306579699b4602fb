import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RunReport } from '../../src/model/report.js';
import { createSarifReporter } from '../../src/report/sarif/sarif-reporter.js';
import { anyText, reportWith } from './hostile-case.js';
import { hostileReport } from './hostile-report.js';
import { wholeText } from './rendered-text.js';
import { hit, reportOf, result, sampleReport } from './sample-report.js';
import { sarifProblems } from './sarif-schema.js';
import { tunedReport } from './tuned-report.js';

async function render(report: RunReport): Promise<string> {
  const { files } = await createSarifReporter().render(report);
  expect(files.map(({ name }) => name)).toEqual(['report.sarif']);
  return wholeText(files[0]);
}

interface Location {
  readonly physicalLocation: {
    readonly artifactLocation: { readonly uri: string; readonly uriBaseId?: string };
    readonly region: { readonly startLine: number };
  };
}

interface Log {
  readonly runs: readonly [
    {
      readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
      readonly results: readonly {
        readonly ruleId: string;
        readonly ruleIndex: number;
        readonly level: string;
        readonly message: { readonly text: string };
        readonly locations: readonly Location[];
        readonly relatedLocations?: readonly Location[];
        readonly partialFingerprints: Readonly<Record<string, string>>;
        readonly fixes?: readonly {
          readonly artifactChanges: readonly {
            readonly artifactLocation: { readonly uri: string };
            readonly replacements: readonly { readonly insertedContent: { readonly text: string } }[];
          }[];
        }[];
      }[];
    },
  ];
}

async function runOf(report: RunReport): Promise<Log['runs'][0]> {
  return (JSON.parse(await render(report)) as Log).runs[0];
}

test.each([
  ['sample', sampleReport()],
  ['tuned', tunedReport()],
  ['hostile', hostileReport()],
  ['empty', reportOf([])],
])('the log is valid against the schema of SARIF 2.1.0: %s', async (_, report) => {
  expect(sarifProblems(JSON.parse(await render(report)))).toEqual([]);
});

test('the schema is one that finds faults', () => {
  expect(sarifProblems({ version: '2.1.0', runs: [{}] })).not.toEqual([]);
});

test('each finding is a result at the lines of its cases, with its rule', async () => {
  const report = sampleReport();
  const { tool, results } = await runOf(report);
  for (const { id, ruleId, cases } of report.findings) {
    const found = results.find(({ partialFingerprints }) => Object.values(partialFingerprints).includes(id));
    expect(found).toMatchObject({ ruleId: `${ruleId}`, level: 'error' });
    expect(tool.driver.rules[found?.ruleIndex ?? -1]?.id).toBe(`${ruleId}`);
    const places = [...(found?.locations ?? []), ...(found?.relatedLocations ?? [])].map(({ physicalLocation }) => [
      physicalLocation.artifactLocation.uri,
      physicalLocation.region.startLine,
    ]);
    const expected = cases.map((one) => report.results.find((other) => other.id === one)?.at);
    expect(places).toEqual(expected.map((at) => [at?.file, at?.line]));
  }
});

test('what no rule is to blame for is a result by its verdict, and what came out as expected is none', async () => {
  const kinds = (await runOf(sampleReport())).results.map(({ ruleId }) => ruleId);
  expect(kinds).toEqual(
    expect.arrayContaining(['attack-missed', 'denied-elsewhere', 'unattributed-block', 'inconclusive']),
  );
  expect(kinds.filter((kind) => kind === 'denied-elsewhere')).toHaveLength(1);
});

test('the fingerprint of a finding is the same whatever else the run has found', async () => {
  const blocked = result({
    id: 'a',
    asExpected: false,
    verdict: { kind: 'false-positive', detectedOnly: false },
    hits: [hit()],
  });
  const other = { ...blocked, id: 'b', at: { file: 'other.yaml', line: 2 }, durationMs: 99 };
  const [one] = (await runOf(reportOf([blocked]))).results;
  const [both] = (await runOf(reportOf([other, blocked], { startedAt: '2026-12-24T20:00:00.000Z' }))).results;
  expect(both?.partialFingerprints).toEqual(one?.partialFingerprints);
});

test('the exclusions that clear a finding are its fixes: the lines for its endpoint, file by file', async () => {
  const report = tunedReport();
  const { results } = await runOf(report);
  const fixed = results.flatMap(({ fixes = [] }) => fixes);
  expect(fixed.length).toBeGreaterThan(0);
  const [configuration] = report.configurations ?? [];
  const contents = (configuration?.files ?? []).map(({ content }) => content).join('\n');
  for (const { artifactChanges } of fixed)
    for (const { artifactLocation, replacements } of artifactChanges) {
      expect(artifactLocation.uri).toMatch(/^modsecurity\//);
      for (const { insertedContent } of replacements) expect(contents).toContain(insertedContent.text.trimEnd());
    }
});

test('paths become references to files, and brackets and numbers in braces no links and placeholders', async () => {
  const strange = result({
    id: '[x](http://evil.example) {0}',
    asExpected: false,
    at: { file: './suites/a b#1%.yaml', line: 7 },
    verdict: { kind: 'inconclusive', reason: 'x' },
  });
  const [found] = (await runOf(reportOf([strange]))).results;
  expect(found?.locations[0]?.physicalLocation.artifactLocation).toEqual({
    uri: 'suites/a%20b%231%25.yaml',
    uriBaseId: 'SRCROOT',
  });
  expect(found?.message.text).toContain('\\[x\\](http://evil.example) {{0}}');
});

test('whatever the texts are, the log is valid', async () => {
  await fc.assert(
    fc.asyncProperty(anyText, async (text) => {
      expect(sarifProblems(JSON.parse(await render(reportWith(text))))).toEqual([]);
    }),
    { numRuns: 200 },
  );
});

test('a rule is described in as many characters and tags as GitHub takes, and has a help', async () => {
  const strange = hit({
    ruleId: 1000,
    message: '\u0001 '.repeat(900),
    tags: [...Array(40).keys()].map((tag) => `tag-${tag}`),
  });
  const verdict = { kind: 'false-positive', detectedOnly: false } as const;
  const rules = [
    {
      ruleId: 1000,
      sentence: 'Looks for \u0002'.repeat(500),
      source: { url: 'https://example.com/a b#L4', text: 'a' },
    },
    { ruleId: 942100, sentence: 'Looks for SQL.', source: { url: 'javascript:alert(1)', text: 'b' } },
  ];
  const report = reportOf([result({ id: 'a', asExpected: false, verdict, hits: [strange, hit()] })], { rules });
  const text = await render(report);
  expect(sarifProblems(JSON.parse(text))).toEqual([]);
  const described = JSON.parse(text).runs[0].tool.driver.rules;
  expect(described).toHaveLength(2);
  for (const { shortDescription, fullDescription, help, properties } of described) {
    for (const one of [shortDescription, fullDescription]) {
      expect(one.text.length).toBeGreaterThan(0);
      expect(one.text.length).toBeLessThanOrEqual(1024);
    }
    expect(help.text).not.toBe('');
    expect(properties.tags.length).toBeLessThanOrEqual(20);
  }
  expect(described.map(({ helpUri }: { helpUri?: string }) => helpUri)).toEqual([
    'https://example.com/a%20b#L4',
    undefined,
  ]);
  expect(described[1].fullDescription.text).toBe('Looks for SQL.');
});

test('a log is no larger than GitHub takes, packed', async () => {
  const reason = (place: number) =>
    createHash('shake256', { outputLength: 900 }).update(`${place}`).digest().toString('latin1');
  const cases = [...Array(20_000).keys()].map((place) =>
    result({ id: `slow#${place}`, verdict: { kind: 'inconclusive', reason: reason(place) }, asExpected: false }),
  );
  const text = await render(reportOf(cases));
  expect(gzipSync(text).length).toBeLessThan(10_000_000);
  const [run] = JSON.parse(text).runs;
  expect(run.results.length).toBeGreaterThan(1000);
  expect(run.invocations[0].toolExecutionNotifications[0].message.text).toMatch(
    new RegExp(`^${(20_000 - run.results.length).toLocaleString('en')} results more are in report.json`),
  );
});

test('more results than GitHub takes are left out, and the log says so', async () => {
  const cases = [...Array(25_002).keys()].map((place) =>
    result({ id: `slow#${place}`, verdict: { kind: 'inconclusive', reason: 'it timed out' }, asExpected: false }),
  );
  const text = await render(reportOf(cases));
  const log = JSON.parse(text);
  const [run] = log.runs;
  expect(sarifProblems({ ...log, runs: [{ ...run, results: [] }] })).toEqual([]);
  expect(run.results).toHaveLength(25_000);
  expect(run.invocations[0].toolExecutionNotifications).toEqual([
    {
      level: 'warning',
      message: { text: '2 results more are in report.json: GitHub takes 25,000 of a run, and 10 MB.' },
    },
  ]);
  const few = JSON.parse(await render(reportOf(cases.slice(0, 2))));
  expect(few.runs[0].invocations[0]).not.toHaveProperty('toolExecutionNotifications');
});
