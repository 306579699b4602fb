import { expect, test } from 'vitest';
import type { AuditEntry } from '../../../src/model/audit.js';
import { createTerminalReporter } from '../../../src/report/terminal/terminal-reporter.js';
import { displayWidth } from '../../../src/util/display-width.js';
import { isVisible } from '../../../src/util/printable.js';
import { sampleReport } from '../sample-report.js';

const entry: AuditEntry = {
  at: { file: 'before.conf', line: 7, column: 3 },
  text: 'ctl:ruleRemoveTargetById=942100;ARGS:note',
  where: 'POST /notes',
  verdict: 'needed',
  reason: 's/note is blocked without it',
  blockedWithout: ['s/note'],
  matchedWithout: [],
  stillBlocked: [],
  notes: [],
};
const broader: AuditEntry = {
  ...entry,
  at: { file: 'after.conf', line: 2 },
  text: 'SecRuleRemoveById 942100',
  verdict: 'broader',
  reason: 'acts on every request; ARGS:note from 942100 at POST /notes is enough',
  enough: 'SecRule REQUEST_FILENAME "@streq /notes" "id:10001,\\\n    ctl:ruleRemoveTargetById=942100;ARGS:note"',
  notes: [
    { kind: 'partial', engine: 'ModSecurity 2', text: 'something else' },
    { kind: 'broad', engine: 'ModSecurity 3', text: 'acts on every request' },
  ],
};

async function audited(audit: readonly AuditEntry[], width = 100): Promise<readonly string[]> {
  const report = { ...sampleReport(), audit };
  const { terminal = '' } = await createTerminalReporter({ outDir: 'out', width }).render(report);
  return (
    terminal
      .split('\n\n')
      .find((lines) => lines.startsWith('Audit'))
      ?.split('\n') ?? []
  );
}

test('what needs a hand comes first, with its place, its reason and what is enough', async () => {
  expect(await audited([entry, broader, { ...entry, verdict: 'idle', reason: 'does nothing' }])).toEqual([
    'Audit of your exclusions (3): 1 idle, 1 broader, 1 needed',
    '  idle          before.conf:7',
    '    ctl:ruleRemoveTargetById=942100;ARGS:note',
    '    does nothing',
    '  broader       after.conf:2',
    '    SecRuleRemoveById 942100',
    '    acts on every request; ARGS:note from 942100 at POST /notes is enough',
    '    ModSecurity 2: something else',
    '    Enough:',
    '      SecRule REQUEST_FILENAME "@streq /notes" "id:10001,\\',
    '          ctl:ruleRemoveTargetById=942100;ARGS:note"',
    '  needed        before.conf:7',
    '    ctl:ruleRemoveTargetById=942100;ARGS:note',
    '    s/note is blocked without it',
  ]);
});

test('what is not enough has what is missing', async () => {
  const lines = await audited([{ ...broader, verdict: 'insufficient', missing: 'SecRuleRemoveById 941100' }]);
  expect(lines.slice(-2)).toEqual(['    Missing:', '      SecRuleRemoveById 941100']);
});

test('a report without an audit has no word of it', async () => {
  const { terminal } = await createTerminalReporter({}).render(sampleReport());
  expect(terminal).not.toContain('Audit');
});

test('hostile and endless texts stay on their lines', async () => {
  const text = `\u001b[31m${'ctl:ruleRemoveById=1;'.repeat(200)}\n`;
  const hostile = { ...broader, text, reason: text, enough: text, at: { file: 'a\u001b]0;x\u0007.conf', line: 1 } };
  const lines = await audited([hostile], 60);
  expect(lines.every(isVisible)).toBe(true);
  expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(60);
});

test('many exclusions of one kind are cut short', async () => {
  const lines = await audited(Array.from({ length: 60 }, () => entry));
  expect(lines.at(-1)).toBe('  … and 50 more (see report.json)');
});
