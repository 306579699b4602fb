import { expect, test } from 'vitest';
import type { RunReport } from '../../src/model/report.js';
import { createJsonReporter } from '../../src/report/json-reporter.js';
import { createTerminalReporter } from '../../src/report/terminal/terminal-reporter.js';
import { findCauses } from '../../src/triage/findings.js';
import { markup } from './html/markup.js';
import { wholeText } from './rendered-text.js';
import { hit, reportOf, result } from './sample-report.js';

const reason = 'JSON parsing error: <b>Parsing depth limit</b> exceeded';

/** A body that the engine could not read, with the engine's words. */
function report(): RunReport {
  const variable = { collection: 'REQBODY_ERROR' };
  const refused = hit({
    ruleId: 200002,
    message: 'The request body could not be parsed',
    variable,
    matched: '1',
    reason,
  });
  const results = [
    result({
      id: 'deep',
      status: 400,
      verdict: { kind: 'false-positive', detectedOnly: false },
      asExpected: false,
      hits: [refused],
    }),
  ];
  return reportOf(results, { findings: findCauses(results, (one) => one) });
}

test('the terminal says why a body could not be read', async () => {
  const { terminal } = await createTerminalReporter().render(report());
  expect(terminal).toContain(`because: ${reason}`);
  expect(terminal).toContain(`200002 in REQBODY_ERROR: ${reason}`);
});

test('so do the page and the JSON, and nothing of it is markup', async () => {
  const page = await markup(report());
  expect(page).toContain('Because: <code>JSON parsing error: &lt;b&gt;Parsing depth limit&lt;/b&gt; exceeded</code>');
  expect(page).not.toContain('<b>Parsing');
  const [json] = (await createJsonReporter().render(report())).files;
  const { findings, results } = JSON.parse(await wholeText(json)) as RunReport;
  expect([findings[0]?.reasons, results[0]?.hits[0]?.reason]).toEqual([[reason], reason]);
});
