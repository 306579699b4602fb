import { describe, expect, test } from 'vitest';
import type { ModsecurityRecord } from '../../../../src/waf/modsecurity/log-record.js';
import { byName, fixture, hitsOf, outcome, read } from './fixture-logs.js';

interface Log {
  readonly file: string;
  readonly engine: 'v2' | 'v3' | 'coraza';
  /** The log shows headers and status of the answer. */
  readonly audit: boolean;
  readonly json?: boolean;
}

const logs: readonly Log[] = [
  { file: 'v2/audit-native.log', engine: 'v2', audit: true },
  { file: 'v2/audit-json.log', engine: 'v2', audit: true },
  { file: 'v2/error-native.log', engine: 'v2', audit: false },
  { file: 'v3/audit-native.log', engine: 'v3', audit: true },
  { file: 'v3/audit-json.log', engine: 'v3', audit: true, json: true },
  { file: 'v3/error-native.log', engine: 'v3', audit: false },
  { file: 'v3/error-json.log', engine: 'v3', audit: false },
  { file: 'coraza/audit-json.log', engine: 'coraza', audit: true },
  { file: 'coraza/audit-native.log', engine: 'coraza', audit: true },
  { file: 'coraza/error-json.log', engine: 'coraza', audit: false },
];

const sqli = [942100, 942190, 942270, 942360];
const on = (variable: string) => sqli.map((ruleId) => `${ruleId} ${variable}`);

describe.each(logs)('$file', ({ file, engine, audit, json = false }) => {
  const records = byName(read([fixture(file)]));
  const record = (name: string): ModsecurityRecord => {
    const found = records.get(name);
    if (found === undefined) throw new Error(`no record of ${name}`);
    return found;
  };
  const outcomes = (...names: readonly string[]) => names.map((name) => outcome(record(name)));

  test('every request has one record, and nothing else has', () => {
    expect(records.size).toBe(30);
    expect([...records.keys()].filter((name) => /forged$|^none$/.test(name))).toEqual([]);
  });

  test('rules and variables', () => {
    expect(hitsOf(record('benign'))).toEqual([]);
    expect(hitsOf(record('sqli'))).toEqual(on('ARGS:comment'));
    expect(hitsOf(record('cookie'))).toEqual(on('REQUEST_COOKIES:note'));
    expect(hitsOf(record('multipart'))).toEqual(on('ARGS:note'));
    expect(hitsOf(record('json'))).toEqual(on(engine === 'v2' ? 'ARGS:comment' : 'ARGS:json.comment'));
    const [hit] = record('sqli').hits.filter(({ ruleId }) => ruleId === 942270);
    expect(hit).toMatchObject({
      message: expect.stringContaining('Looking for basic sql injection'),
      severity: 'CRITICAL',
      tags: expect.arrayContaining(['attack-sqli', 'paranoia-level/1']),
      matched: 'UNION SELECT password FROM',
    });
    const [libinjection] = record('sqli').hits.filter(({ ruleId }) => ruleId === 942100);
    expect(libinjection?.matched).toBe("1' UNION SELECT password FROM users-- -");
  });

  test('a near miss is no block', () => {
    expect(outcome(record('near'))).toBe('passed');
    expect(record('near').hits.map(({ ruleId }) => ruleId)).toEqual([920350]);
  });

  test('what refused', () => {
    const [own, first] = engine === 'v2' ? ['body-parser', ''] : ['body-parser 200002 phase 2', ''];
    expect(outcomes('sqli', 'app-403')).toEqual(['blocked inbound 949110 phase 2', 'passed']);
    expect(outcomes('bad-json')).toEqual([`blocked ${own}${first}`]);
    expect(record('bad-json').blockedBy?.reason).toMatch(/JSON/);
    if (engine === 'coraza') return;
    expect(outcomes('bad-multipart', 'too-long', 'leak')).toEqual([
      `blocked ${own}`,
      `blocked ${own}`,
      'blocked outbound 959100 phase 4',
    ]);
    expect(record('too-long').blockedBy?.reason).toMatch(/larger than the configured limit|bigger than the maximum/);
  });

  test('house rules', () => {
    // Without words such as "Access denied", JSON of libmodsecurity 3 does not tell that a rule of one's own refused.
    if (json) return expect(outcomes('house-status', 'house-drop')).toEqual(['passed', 'passed']);
    expect(outcomes('house-status', 'house-drop', 'house-redirect')).toEqual([
      'blocked rule 10001 phase 2',
      'blocked rule 10002 phase 2',
      'blocked rule 10003 phase 2',
    ]);
  });

  test('score and status', () => {
    if (engine === 'coraza') return;
    expect(record('sqli').score).toEqual({ inbound: 20, threshold: 5 });
    expect(record('sqli').status).toBe(403);
    if (audit)
      expect(['benign', 'house-status', 'house-redirect'].map((name) => record(name).status)).toEqual([200, 406, 302]);
  });

  test('names are what the client sent', () => {
    const names = (name: string) =>
      record(name)
        .hits.filter(({ ruleId }) => ruleId === 942270)
        .map(({ variable }) => variable?.key);
    expect(names('quotes')).toEqual([`it's "quoted"`]);
    expect(names('backslash')).toEqual(['a\\b\\x41']);
    // JSON of libmodsecurity 3 ends at a NUL byte what it says of a match.
    expect(names('control')).toEqual([json ? undefined : 'nul\0tab\tline\nend']);
    expect(names('utf8')).toEqual(['näme']);
    expect(names('invalid')).toEqual(['bad\ufffd\ufffd']);
    // Coraza tells the name in the data only, which it cuts.
    if (engine === 'coraza') return expect(names('long')).toEqual([undefined]);
    expect(names('blank')).toEqual(['two words, one: comma']);
    expect(names('empty')).toEqual(['']);
    expect(names('long')).toEqual(['n'.repeat(300)]);
  });

  test('what a payload writes is no record and no hit', () => {
    const ids = [...records.values()].flatMap(({ hits }) => hits.map(({ ruleId }) => Number(ruleId)));
    expect(ids.filter((id) => id >= 666000 && id < 667000)).toEqual([]);
    expect(hitsOf(record('forged-arg'))).toEqual(on('ARGS:comment'));
    expect(hitsOf(record('forged-header'))).toEqual(on('ARGS:c'));
    expect(record('forged-name').hits.map(({ ruleId }) => ruleId)).toEqual(sqli);
    const [, forged] = record('forged-name').hits;
    expect(forged?.within ?? forged?.variable?.key).toMatch(/x\. \[file "\/f"\] .*host: "/);
    expect(record('forged-message').hits).toMatchObject([
      { ruleId: 10006, variable: { collection: 'ARGS', key: 'echo' } },
    ]);
    if (engine !== 'coraza') expect(outcome(record('forged-body'))).toBe('passed');
  });

  test('the engine', () => {
    expect(record('sqli').waf).toMatchObject({
      kind: 'modsecurity',
      ruleset: /* both CRS 3 and 4 */ expect.stringMatching(/^OWASP_CRS\/\d/),
    });
    expect(record('sqli').at).toMatch(/^2026-11-23T\d\d:\d\d:\d\d\.\d{3}Z$/);
  });
});

test('two variables that matched are two hits', () => {
  expect(hitsOf(two('v2/audit-native.log'))).toEqual([...on('ARGS:a'), ...on('ARGS:b')].sort());
  expect(hitsOf(two('coraza/audit-json.log'))).toEqual([...on('ARGS:a'), ...on('ARGS:b')].sort());
  // libmodsecurity 3 names the last one only; its reference tells how many there are.
  expect(two('v3/audit-native.log').hits.at(-1)).toMatchObject({
    variable: { key: 'b' },
    matches: [{ variable: { length: 39 } }, { variable: { length: 39 } }],
  });
});

function two(file: string): ModsecurityRecord {
  const record = byName(read([fixture(file)])).get('two');
  if (record === undefined) throw new Error('no record');
  return record;
}

test.each([
  'v2/audit-native-detect.log',
  'v2/audit-json-detect.log',
  'v3/audit-native-detect.log',
  'v3/audit-json-detect.log',
  'v2/error-detect.log',
  'v3/error-detect.log',
  'coraza/audit-detect.log',
])('%s: an engine that only detects', (file) => {
  const records = byName(read([fixture(file)]));
  expect(records.size).toBe(7);
  const outcomes = ['benign', 'sqli', 'near', 'house-status'].map((name) => {
    const record = records.get(name);
    return record === undefined ? 'none' : outcome(record);
  });
  expect(outcomes).toEqual(['passed', 'would-block inbound 949110 phase 2', 'passed', 'passed']);
  // ModSecurity 2 refuses what it cannot parse even then.
  expect(records.get('too-long')?.action).toBe(
    file.startsWith('v2') ? 'blocked' : file.startsWith('v3') ? 'would-block' : 'passed',
  );
});

test('ModSecurity 2 tells of a refusal by a rule that does not log', () => {
  for (const file of ['v2/audit-native.log', 'v2/audit-json.log']) {
    const silent = byName(read([fixture(file)])).get('house-silent');
    expect(silent).toMatchObject({ action: 'blocked', blockedBy: { kind: 'rule', phase: 2 }, hits: [] });
  }
});

test('nginx tells of one too', () => {
  const silent = byName(read([fixture('v3/error-native.log')])).get('house-silent');
  expect(silent).toMatchObject({ action: 'blocked', blockedBy: { kind: 'rule', ruleId: 10004, phase: 2 } });
});

test('Caddy writes what Coraza says as on a terminal', () => {
  const records = byName(read([fixture('coraza/error-console.log')]));
  expect(records.size).toBe(30);
  expect(hitsOf(records.get('sqli') ?? noRecord)).toEqual(on('ARGS:comment'));
  expect(hitsOf(records.get('forged-arg') ?? noRecord)).toEqual(on('ARGS:comment'));
  expect(records.get('sqli')?.at).toMatch(/^2026-11-23T\d\d:\d\d:\d\d\.000Z$/);
  const ids = [...records.values()].flatMap(({ hits }) => hits.map(({ ruleId }) => Number(ruleId)));
  expect(ids.filter((id) => id >= 666000 && id < 667000)).toEqual([]);
});

const noRecord: ModsecurityRecord = { action: 'passed', waf: { kind: 'modsecurity' }, hits: [] };

test('only what belongs to the run is read', async () => {
  const { createLogReader } = await import('../../../../src/waf/modsecurity/logs/log-reader.js');
  for (const { file } of logs) {
    const reader = (wanted: string) => createLogReader({ prefix: wanted });
    expect(byName(read([fixture(file)], reader('w7-fix-'))).size, file).toBe(30);
    expect(read([fixture(file)], reader('w7-other-')), file).toEqual([]);
  }
});
