import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { leftOutReasons } from '../../src/record/ftw/ftw-test.js';
import { importFtw, testOf } from './import-ftw.js';

const fixtures = join(import.meta.dirname, 'fixtures', 'ftw');
const names = readdirSync(fixtures, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.yaml'));
const files = Object.fromEntries(names.map((name) => [name, readFileSync(join(fixtures, name))]));

const agent = ['User-Agent', 'Test agent'];
const accept = ['Accept', '*/*'];

describe('the fixtures', () => {
  const importAll = () => importFtw(files);

  test('become suites of attacks and of legitimate requests, in the folders they were in', async () => {
    const imported = await importAll();
    expect(imported.written).toEqual([
      { file: 'attacks/REQUEST-920-PROTOCOL/920100.yaml', intent: 'attack', cases: 1 },
      { file: 'legitimate/REQUEST-920-PROTOCOL/920100.yaml', intent: 'legitimate', cases: 1 },
      { file: 'attacks/REQUEST-942-SQLI/942100.yaml', intent: 'attack', cases: 4 },
      { file: 'legitimate/REQUEST-942-SQLI/942100.yaml', intent: 'legitimate', cases: 2 },
    ]);
    expect(imported.found).toBe(8 + 20);
    expect(imported.notes).toEqual([
      'sent as HTTP/1.1 although they say HTTP/1.0: 1',
      'without tests: REQUEST-942-SQLI/942999.yaml, overrides.yaml',
    ]);
  });

  test('name the rule and the test, so that reviewers find them', async () => {
    const { cases } = await importAll();
    expect(cases.map(({ id, intent, tags, because }) => [id, intent, tags.join(), because])).toEqual([
      ['920100/1', 'attack', 'rule-920100', 'Rule 920100 must match (FTW test 920100-1, Old form)'],
      [
        '942100/1',
        'attack',
        'rule-942100',
        'Rule 942100 must match (FTW test 942100-1, Tautology in a form: nothing is encoded)',
      ],
      [
        '942100/2',
        'attack',
        'rule-942100,rule-942190',
        'Rules 942100 and 942190 must match, rule 942200 must not match (FTW test 942100-2, In the query, two rules)',
      ],
      ['942100/4', 'attack', 'rule-942100', 'Rule 942100 must match (FTW test 942100-4)'],
      ['942100/6', 'attack', 'rule-942100', 'Rule 942100 must match (FTW test 942100-6)'],
      ['920100/2', 'legitimate', 'rule-920100', 'Rule 920100 must not match (FTW test 920100-2)'],
      [
        '942100/3',
        'legitimate',
        'rule-942100',
        'Rule 942100 must not match (FTW test 942100-3, A name that looks like SQL)',
      ],
      ['942100/5', 'legitimate', 'rule-942100', 'Rule 942100 must not match (FTW test 942100-5)'],
    ]);
  });

  test.each<[string, object]>([
    ['920100/1', { method: 'OPTIONS', path: '/', headers: [agent, accept], body: { kind: 'none' } }],
    [
      '920100/2',
      {
        path: '/a',
        headers: [agent, accept, ['Content-Type', 'text/plain']],
        body: { kind: 'raw', content: { text: 'plain & text' } },
        omittedHeaders: ['content-length'],
      },
    ],
    [
      '942100/1',
      {
        method: 'POST',
        body: {
          kind: 'form',
          fields: [
            ['id', "1' or '1'='1"],
            ['note', 'a b'],
          ],
        },
        headers: [agent, accept],
      },
    ],
    ['942100/2', { path: '/get?id=1%20union%20select%202', headers: [['Host', 'shop.example'], agent, accept] }],
    ['942100/3', { body: { kind: 'raw', content: { text: 'name=Miss%20Union' } } }],
    [
      '942100/4',
      {
        method: 'PUT',
        headers: [
          ['Content-Type', 'application/octet-stream'],
          ['X-Number', '007'],
        ],
        body: { kind: 'raw', content: { base64: '/wBB' } },
        omittedHeaders: ['host', 'user-agent', 'accept'],
      },
    ],
    [
      '942100/5',
      {
        body: {
          kind: 'raw',
          content: { text: '--b\r\nContent-Disposition: form-data; name="a"\r\n\r\nababab\r\n--b--\r\n' },
        },
      },
    ],
    [
      '942100/6',
      {
        headers: [],
        body: { kind: 'raw', content: { text: '{"a":"<x>"}' } },
        omittedHeaders: ['user-agent', 'accept', 'content-type', 'content-length'],
      },
    ],
  ])('%s is sent as go-ftw sends it', async (id, expected) => {
    const { cases } = await importAll();
    expect(cases.find((one) => one.id === id)?.request).toMatchObject(expected);
  });

  test('leave out what no suite can say, each with its reason', async () => {
    const { leftOut } = await importAll();
    const expected = {
      '920999-1': leftOutReasons.raw,
      '920999-2': leftOutReasons['no-rule'],
      '920999-3': leftOutReasons.error,
      '920999-4': leftOutReasons.response,
      '920999-5': leftOutReasons.stages,
      '920999-6': leftOutReasons.version,
      '920999-7': leftOutReasons.target,
      '920999-8': leftOutReasons.method,
      '920999-9': leftOutReasons.header,
      '920999-10': leftOutReasons.framing,
      '920999-11': leftOutReasons['go-template'],
      '920999-12': leftOutReasons.shape,
      '920999-13': leftOutReasons.template,
      '920999-14': leftOutReasons.response,
      '920999-15': leftOutReasons.header,
      '920999-16': leftOutReasons.stages,
      '920999-17': leftOutReasons.response,
      '920999-18': leftOutReasons.stages,
      '920999-19': leftOutReasons.response,
      '920999-20': leftOutReasons.shape,
    };
    expect(Object.fromEntries(leftOut.map(({ name, reason }) => [name, reason]))).toEqual(expected);
  });
});

describe('a file', () => {
  test('that is switched off is left out', async () => {
    const { leftOut, written } = await importFtw({ 'a.yaml': `meta: { enabled: false }\ntests: [{ test_id: 1 }]\n` });
    expect([leftOut, written]).toEqual([[{ name: '1', reason: leftOutReasons.disabled }], []]);
  });

  test('whose name is there twice gets a number, and so do tests', async () => {
    const same = { test_id: 1, stages: [{ input: {}, output: { log: { expect_ids: [1] } } }] };
    const twice = JSON.stringify({ rule_id: 942100, tests: [same, same, { ...same, test_id: '#' }] });
    const { cases } = await importFtw({ 'a/942100.yaml': twice, 'b/942100.yml': testOf({}) });
    expect(cases.map(({ id }) => id)).toEqual(['942100/1', '942100/1-2', '942100/3', '942100-2/1']);
  });

  test('may list its headers in order (schema 3)', async () => {
    const ordered_headers = [
      { name: 'X-B', value: '1' },
      { name: 'X-A', value: '2' },
      { name: 'X-B', value: '3' },
    ];
    const { cases } = await importFtw({ 'a.yaml': testOf({ ordered_headers }) });
    expect(cases[0]?.request.headers).toEqual([
      ['X-B', '1'],
      ['X-A', '2'],
      ['X-B', '3'],
    ]);
  });
});

describe('a body', () => {
  const bodyOf = async (input: object) =>
    (await importFtw({ 'a.yaml': testOf({ method: 'POST', ...input }) })).cases[0]?.request;

  test.each<[string, object]>([
    ['a=1&b', { kind: 'raw', content: { text: 'a=1&b' } }],
    ['a b&c=<', { kind: 'raw', content: { text: 'a+b&c=%3C' } }],
    ['é=~*&', { kind: 'form', fields: [['é', '~*']] }],
    [
      'a=1%2B&b=c+d',
      {
        kind: 'form',
        fields: [
          ['a', '1+'],
          ['b', 'c d'],
        ],
      },
    ],
    ['a=1%2b', { kind: 'raw', content: { text: 'a=1%2b' } }],
    ['a=100%', { kind: 'raw', content: { text: 'a=100%' } }],
  ])('%j of a form', async (data, expected) => {
    const request = await bodyOf({ data });
    expect(request?.body).toEqual(expected);
    const isForm = request?.body.kind === 'form';
    expect(request?.headers).toEqual(isForm ? [] : [['Content-Type', 'application/x-www-form-urlencoded']]);
  });

  test('with a template is as long as it says, up to a million characters', async () => {
    const [short, long] = ['{{ "ab" | repeat 3 }}c', '{{ "ab" | repeat 500001 }}'];
    expect((await bodyOf({ data: short, headers: { 'Content-Type': 'text/plain' } }))?.body).toEqual({
      kind: 'raw',
      content: { text: 'abababc' },
    });
    const { leftOut } = await importFtw({ 'a.yaml': testOf({ data: long }) });
    expect(leftOut).toEqual([{ name: '942100-1', reason: leftOutReasons['go-template'] }]);
  });

  test('of a wrong length keeps it, and of a right one leaves it to Wafproof', async () => {
    const headers = (length: string) => ({ 'Content-Type': 'text/plain', 'Content-Length': length });
    expect((await bodyOf({ data: 'abc', headers: headers('3') }))?.headers).toEqual([['Content-Type', 'text/plain']]);
    expect((await bodyOf({ data: 'abc', headers: headers('4') }))?.headers).toContainEqual(['Content-Length', '4']);
  });
});
