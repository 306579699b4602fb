import { describe, expect, test } from 'vitest';
import { casesOf, load, requestOf, suiteOf } from './suite-folder.js';

const everywhere = (tag: string) => `path: /
query: { q: ${tag} }
headers: { H: ${tag} }
cookies: [[c, ${tag}]]
json: { a: [${tag}, { b: ${tag} }] }`;

const values = (text: string) => ({
  query: [['q', text]],
  headers: expect.arrayContaining([['H', text]]),
  cookies: [['c', text]],
  body: { kind: 'json', value: { a: [text, { b: text }] } },
});

describe('!env', () => {
  test('stands wherever a value may, and is a secret', async () => {
    const [only] = await casesOf({ 's.yaml': suiteOf(everywhere('!env PASS')) }, { env: { PASS: 's3cret' } });
    expect(only?.request).toMatchObject(values('s3cret'));
    expect(only?.secrets).toEqual([{ name: 'PASS', value: 's3cret' }]);
  });

  test('in parts and bodies', async () => {
    const env = { PASS: 'x' };
    expect((await requestOf('body: !env PASS', {}, { env })).body).toEqual({ kind: 'raw', content: { text: 'x' } });
    const { body } = await requestOf('multipart: [{ name: a, filename: !env PASS, value: !env PASS }]', {}, { env });
    expect(body).toMatchObject({ parts: [{ name: 'a', filename: 'x', content: { text: 'x' } }] });
  });
});

describe('!session', () => {
  test('leaves a token that is the same in every run and for every use of the name', async () => {
    const files = { 's.yaml': suiteOf(everywhere('!session csrf')) };
    const [only] = await casesOf(files);
    const [again] = await casesOf(files);
    const token = only?.sessionValues[0]?.token ?? '';
    expect(only?.sessionValues).toEqual([{ name: 'csrf', token }]);
    expect(token).toMatch(/^[A-Za-z0-9]{40,}$/);
    expect(only?.request).toMatchObject(values(token));
    expect(again).toEqual(only);
  });

  test('other names and other cases have other tokens', async () => {
    const suite = `suite: S
cases:
  - { id: a, form: { x: !session one, y: !session two } }
  - { id: b, form: { x: !session one } }`;
    const tokens = (await casesOf({ 's.yaml': suite })).flatMap(({ sessionValues }) => sessionValues);
    expect(new Set(tokens.map(({ token }) => token)).size).toBe(3);
  });
});

describe('!file', () => {
  test('is text where it can be, from beside the suite', async () => {
    const files = { 'in/s.yaml': suiteOf('body: !file ../x.txt'), 'x.txt': '\ufeffline\r\n\0' };
    const [only] = await casesOf(files, { patterns: ['in'] });
    expect(only?.request.body).toEqual({ kind: 'raw', content: { text: '\ufeffline\r\n\0' } });
  });

  test('is base64 where it is not text', async () => {
    const { body } = await requestOf('body: !file x.bin', { 'x.bin': Uint8Array.of(0xff, 0xfe) });
    expect(body).toEqual({ kind: 'raw', content: { base64: '//4=' } });
  });

  test('stands for a text in a form, a header and JSON', async () => {
    expect(await requestOf(everywhere('!file x.txt'), { 'x.txt': 'é' })).toMatchObject(values('é'));
  });
});

describe('!base64', () => {
  test('is bytes in a body, and may be folded over lines', async () => {
    const { body } = await requestOf('body: !base64 |\n  /wD/\n  AA==');
    expect(body).toEqual({ kind: 'raw', content: { base64: '/wD/AA==' } });
  });

  test('is text elsewhere', async () => {
    expect(await requestOf(everywhere('!base64 w6k='))).toMatchObject(values('é'));
  });
});

describe('!each', () => {
  const files = { 'n.txt': 'alpha\nbeta\n' };

  test('makes one case a value, with ids that count from 1', async () => {
    const cases = await casesOf({ 's.yaml': suiteOf(everywhere('1').replace('q: 1', 'q: !each n.txt')), ...files });
    expect(cases.map(({ id, request }) => [id, request.query])).toEqual([
      ['s/one#1', [['q', 'alpha']]],
      ['s/one#2', [['q', 'beta']]],
    ]);
  });

  test.each([
    ['a header', 'headers: { H: !each n.txt }'],
    ['a cookie', 'cookies: { c: !each n.txt }'],
    ['JSON', 'json: { a: [{ b: !each n.txt }] }'],
    ['all of the JSON', 'json: !each n.txt'],
    ['a body', 'body: !each n.txt'],
    ['a part', 'multipart: [{ name: a, value: !each n.txt }]'],
    ['a file name', 'multipart: [{ name: a, filename: !each n.txt, value: x }]'],
  ])('stands in %s', async (_, yaml) => {
    const cases = await casesOf({ 's.yaml': suiteOf(yaml), ...files });
    expect(cases.map(({ request }) => JSON.stringify(request).includes('alpha'))).toEqual([true, false]);
    expect(cases.map(({ request }) => JSON.stringify(request).includes('beta'))).toEqual([false, true]);
  });

  test('an alias of it stands for the same value', async () => {
    const cases = await casesOf({ 's.yaml': suiteOf('form: { pass: &x !each n.txt, again: *x }'), ...files });
    expect(cases.map(({ request }) => request.body)).toMatchObject([
      {
        fields: [
          ['pass', 'alpha'],
          ['again', 'alpha'],
        ],
      },
      {
        fields: [
          ['pass', 'beta'],
          ['again', 'beta'],
        ],
      },
    ]);
  });

  test('of the defaults repeats every case', async () => {
    const suite = 'suite: S\ndefaults: { query: { q: !each n.txt } }\ncases: [{ id: a }, { id: b, query: { q: own } }]';
    const cases = await casesOf({ 's.yaml': suite, ...files });
    expect(cases.map(({ id }) => id)).toEqual(['s/a#1', 's/a#2', 's/b']);
  });

  test('a corpus that ships is found wherever the suite is', async () => {
    const suites = await load({ 's.yaml': suiteOf('headers: { User-Agent: !each wafproof:legitimate/user-agents }') });
    expect(suites.total).toBeGreaterThan(10);
  });
});
