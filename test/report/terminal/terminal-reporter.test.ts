import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { RunReport } from '../../../src/model/report.js';
import type { ReporterOptions } from '../../../src/report/reporter-options.js';
import { createTerminalReporter } from '../../../src/report/terminal/terminal-reporter.js';
import { displayWidth } from '../../../src/util/display-width.js';
import { hostileReport } from '../hostile-report.js';
import { largeReport, reportOf, result, sampleReport } from '../sample-report.js';

async function render(report: RunReport, options: ReporterOptions = {}): Promise<string> {
  const { terminal, files } = await createTerminalReporter(options).render(report);
  expect(files).toEqual([]);
  return terminal ?? '';
}

describe('the sample', () => {
  test('says what was run, against what, and how it came out', async () => {
    const text = await render(sampleReport());
    expect(text).toContain('wafproof 0.1.0 on staging (https://staging.example.com)');
    expect(text).toContain('ModSecurity 3.0.9 · OWASP_CRS/3.3.4 · paranoia level 1 · threshold 5 · blocking');
    expect(text).toContain('52 cases in 12.3 s, 1 skipped');
    expect(text).toMatch(/^ {3}5 {2}false positive {6}/m);
    expect(text).toMatch(/^ {2}41 {2}let through .* 1 near miss among them$/m);
  });

  test('groups findings under their rule, with field, endpoint and number of cases', async () => {
    const text = await render(sampleReport());
    expect(text).toMatch(
      /^ {2}942130 SQL Injection Attack: SQL Tautology Detected\.\n {4}ARGS:comment +POST \/api\/comments +1 case\n {4}ARGS:q +GET \/search +1 case$/m,
    );
  });

  test('names the place of each unexpected case, and why', async () => {
    const text = await render(sampleReport());
    expect(text).toContain('false positive  comments/review  suites/comments.yaml:17:5');
    expect(text).toContain('POST /api/reviews: status 403, score 5 (threshold 5)');
    expect(text).toContain('932100 in ARGS:json.steps.array_0.text: `rm -rf ./dist');
    expect(text).toContain('Fix: Add csrf: !session csrf_token to the form');
    expect(text).toContain('No answer within 30 s');
  });

  test('ends with what to do next', async () => {
    expect(await render(sampleReport(), { outDir: 'out' })).toContain('  out/report.html\n');
    expect(await render(sampleReport(), { outDir: 'out', canTune: true })).toContain(
      '  wafproof tune out/report.json\n',
    );
  });

  test('is the same each time', async () => {
    expect(await render(sampleReport())).toBe(await render(sampleReport()));
  });
});

test('colours change nothing but colours', async () => {
  const coloured = await render(sampleReport(), { colours: true });
  expect(coloured).toContain('\u001b[31m');
  expect(stripVTControlCharacters(coloured)).toBe(await render(sampleReport()));
});

test('nothing from payloads or logs reaches the terminal as it is', async () => {
  expect(await render(hostileReport())).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
});

test.each([40, 60, 80, 120])('no line of findings or details is wider than %d columns', async (width) => {
  const lines = (await render(sampleReport(), { width })).split('\n');
  const found = lines.slice(lines.findIndex((line) => line.startsWith('Findings')));
  const details = found.filter((line) => /^ {4}\S/.test(line) && !line.startsWith('    finds'));
  for (const line of details.slice(0, -4)) expect(displayWidth(line)).toBeLessThanOrEqual(width);
});

test('long lists are cut, and the cut is told', async () => {
  const text = await render(largeReport(3000));
  expect(text).toContain('Not as expected (100)');
  expect(text).toContain('  … and 90 more (see report.html)');
  expect(text.split('\n').length).toBeLessThan(120);
});

test('a run in which all is well says so', async () => {
  const text = await render(reportOf([result({ id: 'a/b' })]));
  expect(text).toContain('Every case came out as expected.');
  expect(text).not.toContain('Findings');
});

test('an interrupted run says so', async () => {
  expect(await render(reportOf([result({ id: 'a/b' })], { interrupted: 'Ctrl-C' }))).toContain('Interrupted: Ctrl-C');
});
