import { expect, test } from 'vitest';
import { denialOf } from '../../src/triage/denial.js';

const passed = { action: 'passed', hits: [] } as const;
const answered = (bodyExcerpt: string) =>
  ({ kind: 'answered', status: 200, headers: [['Content-Type', 'text/html']], bodyExcerpt }) as const;

test('a page of refusal with status 200 counts, though the log of the WAF shows that it let the request pass', () => {
  const page =
    '<html><head><title>Request Rejected</title></head><body>The requested URL was rejected. Please consult with your ' +
    'administrator.<br><br>Your support ID is: 18446744073709551615<br><br></body></html>';
  expect(denialOf(answered(page), passed)).toMatchObject({ system: 'f5-asm', cause: 'waf-rule' });
});

test('an ordinary page with status 200 is no refusal', () => {
  expect(denialOf(answered('<html><head><title>Thanks</title></head><body>Saved.</body></html>'), passed)).toBe(
    undefined,
  );
});
