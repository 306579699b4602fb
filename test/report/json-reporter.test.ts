import { expect, test } from 'vitest';
import type { RunReport } from '../../src/model/report.js';
import { createJsonReporter } from '../../src/report/json-reporter.js';
import { hostileReport } from './hostile-report.js';
import { wholeText } from './rendered-text.js';
import { sampleReport } from './sample-report.js';
import { tunedReport } from './tuned-report.js';

async function render(report: RunReport): Promise<string> {
  const { files } = await createJsonReporter().render(report);
  expect(files.map(({ name }) => name)).toEqual(['report.json']);
  return wholeText(files[0]);
}

test.each([
  ['sample', sampleReport()],
  ['tuned', tunedReport()],
  ['hostile', hostileReport()],
])('the file reads back as the report: %s', async (_, report) => {
  expect(JSON.parse(await render(report))).toEqual(report);
});

test('nothing in it acts on a terminal or is invisible', async () => {
  expect(await render(hostileReport())).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
});

test('each case has a line of its own', async () => {
  const report = sampleReport();
  const lines = (await render(report)).split('\n');
  for (const result of report.results) {
    const found = lines.find((line) => line.startsWith(`    {"id":${JSON.stringify(result.id)},"suite"`)) ?? '';
    expect(JSON.parse(found.replace(/,$/, ''))).toEqual(result);
  }
});

test('exclusions have lines of their own, and what the engine said is with them', async () => {
  const report = tunedReport();
  const lines = (await render(report)).split('\n');
  for (const exclusion of report.exclusions ?? []) {
    const found = lines.find((line) => line.startsWith(`    {"id":"${exclusion.id}"`)) ?? '';
    expect(JSON.parse(found.replace(/,$/, ''))).toEqual(exclusion);
  }
  expect(lines.filter((line) => line.startsWith('  "verification": {'))).toHaveLength(1);
});

test('the tuned sample that ships is this one', async () => {
  await expect(await render(tunedReport())).toMatchFileSnapshot('../../reports/samples/tuned-report.json');
});

test('the sample that ships is this one', async () => {
  await expect(await render(sampleReport())).toMatchFileSnapshot('../../reports/samples/report.json');
});
