import { describe, expect, it } from 'vitest';
import type { ContextPiece, Minimal } from '../../../src/model/minimal.js';
import type { RunReport } from '../../../src/model/report.js';
import { createTerminalReporter } from '../../../src/report/terminal/terminal-reporter.js';
import { triggerText } from '../../../src/report/terminal/trigger-text.js';
import { displayWidth } from '../../../src/util/display-width.js';
import { request, sampleReport } from '../sample-report.js';

function minimal(...pieces: (string | [trigger: string])[]): Minimal {
  const context = pieces.map(
    (piece): ContextPiece =>
      typeof piece === 'string' ? { text: piece, isTrigger: false } : { text: piece[0], isTrigger: true },
  );
  return {
    ruleId: 942190,
    variable: { collection: 'ARGS', key: 'comment' },
    value: 'UNION SELECT',
    ranges: [],
    context,
    request: request(),
    probes: 7,
  };
}

const split = minimal('…was about how to write ', ['UNION'], ' ALL ', ['SELECT'], ' in a query…');

describe('what makes a rule fire', () => {
  it('is marked in the text around it', () => {
    expect(triggerText(split, 80)).toBe('trigger  …was about how to write [[UNION]] ALL [[SELECT]] in a query…');
  });

  it('stays in view where the line is short', () => {
    expect(triggerText(split, 50)).toBe('trigger  …o write [[UNION]] ALL [[SELECT]] in a q…');
    for (let columns = 20; columns < 90; columns++) {
      expect(displayWidth(triggerText(split, columns))).toBeLessThanOrEqual(columns);
    }
  });

  it('is the value where nothing tells what stood around it', () => {
    const { context: _context, ...bare } = split;
    expect(triggerText(bare, 80)).toBe('trigger  [[UNION SELECT]]');
  });

  it('cannot write to the terminal', () => {
    expect(triggerText(minimal('\u001b[2J\n', ['\u202e<script>\r'], '\u0007'), 80)).toBe(
      'trigger  \\x1b[2J\\n[[\\u202e<script>\\r]]\\x07',
    );
  });

  it('stands below its finding, and in the case that shows it', async () => {
    const report = sampleReport();
    const findings = report.findings.map((finding) => ({ ...finding, minimal: split }));
    const results = report.results.map((result) => (result.asExpected ? result : { ...result, minimal: split }));
    const lines = await render({ ...report, findings, results });
    const trigger = 'trigger  …was about how to write [[UNION]] ALL [[SELECT]] in a query…';
    const endpoint = lines.findIndex((line) => line.startsWith('    ARGS:comment'));
    expect(lines[endpoint + 1]).toBe(`      ${trigger}`);
    expect(lines).toContain(`    ${trigger}`);
  });
});

async function render(report: RunReport): Promise<readonly string[]> {
  const { terminal } = await createTerminalReporter({ width: 100 }).render(report);
  return (terminal ?? '').split('\n');
}
