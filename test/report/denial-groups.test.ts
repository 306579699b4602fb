import { expect, test } from 'vitest';
import type { CaseResult } from '../../src/model/report.js';
import { createTerminalReporter } from '../../src/report/terminal/terminal-reporter.js';
import { sampleReport } from './sample-report.js';

const [some] = sampleReport().results;

function denied(suite: string, count: number, asExpected = false): readonly CaseResult[] {
  const verdict = {
    kind: 'denied-elsewhere',
    layer: 'application',
    cause: 'csrf',
    because: 'x',
    fix: 'a session',
  } as const;
  return Array.from({ length: count }, (_, i) => ({
    ...(some as CaseResult),
    id: `${suite}/${i}`,
    suite,
    asExpected,
    verdict,
  }));
}

async function textOf(results: readonly CaseResult[]): Promise<string> {
  const { terminal } = await createTerminalReporter().render({ ...sampleReport(), results });
  return terminal ?? '';
}

test('what fails for one reason is told once for a suite', async () => {
  const passed = { ...(some as CaseResult), id: 'Carts/ok', suite: 'Carts' };
  const text = await textOf([...denied('Orders', 40), ...denied('Carts', 2), passed, ...denied('Single', 1)]);
  expect(text).toContain(
    'Refused elsewhere\n  all 40 cases of Orders: CSRF, by the application\n    In the suite: give the target a session with the page of the form, and take its token with\n    !session\n    Fix: a session\n  2 of 3 cases of Carts: CSRF, by the application\n',
  );
  expect(text).not.toContain('of Single');
});

test('what is expected to be refused is no group', async () => {
  expect(await textOf(denied('Orders', 40, true))).not.toContain('Refused elsewhere');
});
