import { expect, test } from 'vitest';
import type { RunReport } from '../../../src/model/report.js';
import { createTerminalReporter } from '../../../src/report/terminal/terminal-reporter.js';
import { displayWidth } from '../../../src/util/display-width.js';
import { sampleReport } from '../sample-report.js';
import { manyExclusions, tunedReport } from '../tuned-report.js';

async function render(report: RunReport, width = 100): Promise<string> {
  return (await createTerminalReporter({ outDir: 'out', canTune: true, width }).render(report)).terminal ?? '';
}

/** The lines of a block, from its title to the empty line. */
function block(text: string, title: string): readonly string[] {
  return (
    text
      .split('\n\n')
      .find((lines) => lines.startsWith(title))
      ?.split('\n') ?? []
  );
}

test('exclusions are counted, with what the engine said of them', async () => {
  const [title, ...lines] = block(await render(tunedReport()), 'Exclusions');
  expect(title).toBe('Exclusions (7)');
  expect(lines).toContain('  4 fields at 4 endpoints, 1 setting, 2 wider');
  expect(lines).toContain('  2 of 4 false positives cleared, 2 still blocked, 1 newly blocked');
  expect(lines).toContain('    newly blocked: prose/names#7');
  expect(lines).toContain('  verified on ModSecurity 3.0.9');
});

test('wider exclusions have their reasons, and the most costly their prices', async () => {
  const text = block(await render(tunedReport()), 'Exclusions').join('\n');
  expect(text).toContain(
    '    rule 933100 at POST /api/notes\n      rule 933100 still fires when ARGS:title is taken from it',
  );
  expect(text).toContain('    REQUEST_COOKIES:last visit in every request\n      rule 930120: a run-time exclusion');
  expect(text).toMatch(/732 of 2,084 attacks \(35 %\) +ARGS:comment at POST \/api\/comments\n.*145 of .*\n.*7 of /);
});

test('cases that are cleared are not told again', async () => {
  const text = await render(tunedReport());
  const [title, ...lines] = block(text, 'Not as expected');
  expect(title).toBe('Not as expected, and not cleared by the exclusions (7)');
  expect(lines.join('\n')).toContain('comments/review');
  expect(lines.join('\n')).not.toContain('comments/sql-question');
});

test('the next step is where the exclusions are, or how to get some', async () => {
  const { terminal: tuned = '' } = await createTerminalReporter({ outDir: 'out', hasConfigurations: true }).render(
    tunedReport(),
  );
  expect(tuned).toContain('Next (9 cases not as expected, 2 of 4 false positives cleared):\n  out/modsecurity/\n');
  expect(tuned).toContain('has the exclusions in 2 files');
  expect(tuned).not.toContain('wafproof tune');
  const plain = await render(sampleReport());
  expect(plain).toContain('  wafproof tune out/report.json\n');
  expect(plain).not.toContain('modsecurity/');
});

test('a report that is only shown again names no files but its own', async () => {
  const again = await render(tunedReport());
  expect(again).not.toContain('modsecurity/');
  expect(again).toContain(
    '  out/report.html\n    has each finding with its exclusion and price, the configuration to copy,',
  );
});

test('what is no failure of the exclusions, or a doubt about them, is said', async () => {
  const lines = block(await render(tunedReport()), 'Exclusions');
  expect(lines).toContain('  1 too broad: a rule is silent beside its field too (see report.html)');
  expect(lines).toContain('  1 without effect: nothing is blocked without them');
  expect(lines).toContain(
    '  1 not reproduced: they pass on the servers here, whose rules or settings are others, or which lack a value that the report hides',
  );
  expect(lines).toContain('  1 hit left in force: the requests pass all the same (see report.html)');
});

test('the engine here is told last where servers decide, and no server twice', async () => {
  const report = tunedReport();
  const [server] = report.verification?.servers ?? [];
  const { verification } = report;
  if (verification === undefined || server === undefined) throw new Error('the sample has servers');
  const embedded = {
    ...server,
    engine: 'ModSecurity 3.0.9',
    cleared: ['notes/upload'],
    stillBlocked: ['comments/review'],
  };
  const alone = { ...verification, ...server, stillBlocked: ['notes/upload'], servers: [server], embedded };
  const text = block(await render({ ...report, verification: alone }), 'Exclusions').join('\n');
  expect(text).toContain('1 still blocked, 0 newly blocked\n    still blocked: notes/upload');
  expect(text).not.toContain('  On Apache');
  expect(text).toContain(
    '  verified on Apache 2.4.71, ModSecurity 2.9.7\n  the engine here, ModSecurity 3.0.9, says: 1 of 2 false positives cleared, 1 still blocked',
  );
});

test('each server has its own words', async () => {
  const text = block(await render(tunedReport()), 'Exclusions').join('\n');
  expect(text).toContain(
    '  On Apache 2.4.71, ModSecurity 2.9.7\n    4 of 4 false positives cleared, 0 still blocked, 0 newly blocked\n  On nginx',
  );
  expect(text).toContain(
    '    1 of 2 false positives cleared, 1 still blocked, 0 newly blocked\n    still blocked: notes/upload\n    1 too broad',
  );
});

test('names that look generated are told, and cases that are blocked under other ones', async () => {
  const report = tunedReport();
  const { exclusions = [], verification } = report;
  if (verification === undefined) throw new Error('the sample is verified');
  const told = {
    ...report,
    exclusions: exclusions.map((one, i) => (i < 7 ? { ...one, looksGenerated: [`ARGS:row_${i}`] } : one)),
    verification: { ...verification, siblingsBlocked: ['notes/upload'] },
  };
  const text = block(await render(told), 'Exclusions').join('\n');
  expect(text).toContain(
    '  1 blocked with other ids: cleared as sent, but not with other generated names (see report.html)',
  );
  expect(text).toContain(
    '  Looks generated, and is excluded as it is: the next one will be blocked:\n    ARGS:row_0\n    ARGS:row_1',
  );
  expect(text).toContain('    ARGS:row_4\n    … and 2 more (see report.html)');
});

test('what was refused has its reason', async () => {
  const text = block(await render(tunedReport()), 'Exclusions').join('\n');
  expect(text).toContain(
    '  Refused, and not written (1):\n    REQUEST_HEADERS:User-Agent at GET /search\n      it lets 41.0 % of the attacks through, and 5 % are allowed',
  );
});

test('nothing to exclude, and nothing verified, are said', async () => {
  expect(block(await render({ ...sampleReport(), exclusions: [] }), 'Exclusions')).toEqual([
    'Exclusions (0)',
    '  not verified on an engine',
  ]);
});

test('long lists are cut, and lines keep to the terminal', async () => {
  const lines = block(await render(manyExclusions(3000), 80), 'Exclusions');
  expect(lines.length).toBeLessThan(50);
  for (const line of lines.filter((one) => one.startsWith('    '))) expect(displayWidth(line)).toBeLessThanOrEqual(80);
});

test('a proof on version 3 of the engine is not called one for a target that has version 2', async () => {
  const tuned = tunedReport();
  const { servers, ...verification } = tuned.verification ?? expect.fail('no verification');
  const target = { ...tuned.target, waf: { ...tuned.target.waf, version: 'ModSecurity 2.9.7' } };
  const lines = block(await render({ ...tuned, target, verification }), 'Exclusions').map((line) => line.trim());
  const text = lines.join(' ');
  expect(text).toContain(
    'The target has ModSecurity 2.9.7, and this is proved on ModSecurity 3.0.9: "wafproof tune" with --on apache',
  );
  expect(
    await render({ ...tuned, target, verification, ...(servers && { verification: { ...verification, servers } }) }),
  ).not.toContain('The target has');
  expect(await render({ ...tuned, verification })).not.toContain('The target has');
});
