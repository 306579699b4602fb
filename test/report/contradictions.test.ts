import { expect, test } from 'vitest';
import { createHtmlReporter } from '../../src/report/html/html-reporter.js';
import { createTerminalReporter } from '../../src/report/terminal/terminal-reporter.js';
import { wholeText } from './rendered-text.js';
import { reportOf, result } from './sample-report.js';

const contradiction = 'the log says that rule 949110 refused it, but the application answered <200>';
const missed = { kind: 'attack-missed', nearMiss: true } as const;
const report = reportOf([
  result({ id: 's/fine' }),
  result({ id: 's/missed', intent: 'attack', verdict: missed, asExpected: false, contradiction }),
]);
const told = "The WAF's log of 1 case contradicts its answer";

test('a terminal tells how many answers the log contradicts, and of each what it says', async () => {
  const { terminal } = await createTerminalReporter({ width: 200 }).render(report);
  expect(terminal).toContain(told);
  expect(terminal).toContain('The log says that rule 949110 refused it, but the application answered <200>');
  expect(terminal).not.toContain('stayed under the threshold');
});

test('the page does, too', async () => {
  const { files } = await createHtmlReporter().render(report);
  const page = await wholeText(files[0]);
  expect(page).toMatch(/role="note">The WAF&#x27;s log of 1 case contradicts its answer/);
  expect(page).not.toContain('answered <200>');
});

test('nothing is said where log and answers agree', async () => {
  const { terminal } = await createTerminalReporter().render(reportOf([result({ id: 's/fine' })]));
  expect(terminal).not.toContain('contradict');
});

test('a body that no rule has seen is told of its case, and counted', async () => {
  const unread = 'the engine could not read the body (JSON parsing error) and let the request pass';
  const { terminal } = await createTerminalReporter({ width: 200 }).render(reportOf([result({ id: 's/a', unread })]));
  expect(terminal).toContain('The engine could not read the body of 1 case and let the request pass');
});
