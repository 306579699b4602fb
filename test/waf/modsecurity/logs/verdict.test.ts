import { describe, expect, test } from 'vitest';
import { parseVerdict } from '../../../../src/waf/modsecurity/logs/verdict.js';

const rest = 'String match "redirect" at ARGS:house. [file "/srv/lab/server.conf"] [line "31"] [id "10003"]';

describe('a line says that the request was refused', () => {
  test.each([
    ['Access denied with code 403 (phase 2). ', { status: 403, phase: 2 }],
    ['Access denied with code 302 (phase 1). ', { status: 302, phase: 1 }],
    [
      'Access denied with redirection to http://staging.test/no using status 302 (phase 2). ',
      { status: 302, phase: 2 },
    ],
    ['Access denied with connection close (phase 3). ', { phase: 3 }],
    ['Access denied using proxy to http://127.0.0.1:8080/ (phase 2). ', { phase: 2 }],
    ['Access denied (phase 4). ', { phase: 4 }],
    ['Access dropped (phase 2). ', { phase: 2 }],
    ['Access redirected (phase 1). ', { phase: 1 }],
    ['Custom disruptive action triggered (phase 2). ', { phase: 2 }],
  ])('%s', (words, more) => {
    expect(parseVerdict(`${words}${rest}`)).toEqual({ denied: true, ...more, rest });
  });
});

describe('a line says that a rule matched and the request went on', () => {
  test.each(['Warning. ', 'Access allowed (phase 1). ', 'Access denied (phase 5). '])('%s', (words) => {
    expect(parseVerdict(`${words}${rest}`)).toMatchObject({ denied: false, rest });
  });
});

describe('a line says nothing of that', () => {
  test.each([
    'Multipart parsing error: Multipart: Final boundary missing.',
    'Access denied with code 403 (phase 2)',
    'Rule says: Access denied with code 403 (phase 2). ',
    'Rule says: Warning. ',
    'Rule says: Access allowed (phase 1). ',
    '',
  ])('%j', (line) => {
    expect(parseVerdict(line)).toBeUndefined();
  });
});
