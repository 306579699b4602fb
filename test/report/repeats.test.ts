import { expect, test } from 'vitest';
import { viewCase } from '../../src/report/html/case-data.js';
import { createRuleTable } from '../../src/report/html/rule-table.js';
import { runFacts } from '../../src/report/run-texts.js';
import { createTerminalReporter } from '../../src/report/terminal/terminal-reporter.js';
import { reportOf, result } from './sample-report.js';

const flaky = result({
  id: 'comments/flaky',
  asExpected: false,
  verdict: { kind: 'inconclusive', reason: 'blocked in 3 of 10 (30 %), let-through in 7' },
  repeats: { sent: 10, blocked: 3, low: 0.1078, high: 0.6032 },
});
const text = 'blocked in 3 of 10 sendings (95 % sure: in 11 % to 60 %)';

test('a case that was sent several times tells how often it was blocked', async () => {
  const { terminal } = await createTerminalReporter().render(reportOf([flaky]));
  expect(terminal).toContain(text);
  const context = { url: 'http://localhost', rules: createRuleTable(), limit: 1000 };
  expect(viewCase(flaky, context).repeats).toBe(text);
  expect(viewCase(result({ id: 'once' }), context).repeats).toBeUndefined();
});

test('the seed of a run is in its report', async () => {
  const seeded = reportOf([flaky], { seed: 7 });
  const { terminal } = await createTerminalReporter().render(seeded);
  expect(terminal).toMatch(/1 case in .*, seed 7$/m);
  expect(runFacts(seeded)).toContainEqual({ label: 'Seed', value: '7' });
  expect(runFacts(reportOf([flaky])).map(({ label }) => label)).not.toContain('Seed');
});
