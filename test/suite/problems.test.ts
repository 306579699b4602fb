import { truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadSuites } from '../../src/suite/load-suites.js';
import { type Files, folderOf, problemListOf, problemsOf, suiteOf } from './suite-folder.js';

const fine = { 's.yaml': suiteOf('path: /') };

describe('codes', () => {
  test.each<[string, Files, object?]>([
    ['SUITE_NONE', fine, { patterns: [] }],
    ['SUITE_NOT_FOUND', fine, { patterns: ['t.yaml'] }],
    ['SUITE_NOT_FOUND', fine, { patterns: ['*.yml'] }],
    ['SUITE_NOT_TEXT s.yaml', { 's.yaml': Uint8Array.of(0x61, 0xff) }],
    ['SUITE_NOT_TEXT s.yaml', { 's.yaml': 'a: "\0"' }],
    ['SUITE_YAML s.yaml:2:1', { 's.yaml': 'suite:\n\t- x' }],
    ['SUITE_UNKNOWN_KEY s.yaml:4:5', { 's.yaml': suiteOf('header: {}') }],
    ['SUITE_INVALID s.yaml:4:11', { 's.yaml': suiteOf('path: x') }],
    ['SUITE_INVALID s.yaml:4:15', { 's.yaml': suiteOf('endpoint: /posts/7') }],
    ['SUITE_DUPLICATE_ID s.yaml:5:11', { 's.yaml': `${suiteOf('path: /')}  - { id: one }` }],
    ['SUITE_DUPLICATE_ID t/s.yaml:3:9', { ...fine, 't/s.yaml': suiteOf('path: /') }, { patterns: ['.'] }],
    ['SUITE_ONLY_IN_CI s.yaml:4:5', { 's.yaml': suiteOf('only: true') }, { ci: true }],
    ['SUITE_ONLY_IN_CI s.yaml:4:5', { 's.yaml': suiteOf('only: true') }, { env: { CI: 'true' } }],
    ['SUITE_NO_CASES', fine, { select: { grep: 'two', tags: ['x'] } }],
    ['FILE_MISSING s.yaml:4:11', { 's.yaml': suiteOf('body: !file gone') }],
    ['FILE_MISSING s.yaml:4:38', { 's.yaml': suiteOf('multipart: [{ name: a, file:     gone }]') }],
    ['FILE_UNREADABLE s.yaml:4:11', { 's.yaml': suiteOf('body: !file .') }],
    ['FILE_NOT_TEXT s.yaml:4:16', { 's.yaml': suiteOf('form: { a: !file x }'), x: Uint8Array.of(0xff) }],
    ['ENV_MISSING s.yaml:4:16', { 's.yaml': suiteOf('form: { a: !env GONE }') }],
    ['ENV_EMPTY s.yaml:4:16', { 's.yaml': suiteOf('form: { a: !env E }') }, { env: { E: '' } }],
    ['CORPUS_MISSING s.yaml:4:11', { 's.yaml': suiteOf('body: !each gone') }],
    ['CORPUS_MISSING s.yaml:4:11', { 's.yaml': suiteOf('body: !each "*.txt"') }],
    ['CORPUS_MISSING s.yaml:4:11', { 's.yaml': suiteOf('body: !each wafproof:../package.json') }],
  ])('%s', async (expected, files, options) => {
    expect(await problemsOf(files, options)).toEqual([expected]);
  });

  test('of one case and of its neighbours all at once', async () => {
    const files = { 's.yaml': `${suiteOf('header: { A: b }\nform: { x: !eech y }')}  - { id: one }\n` };
    expect(await problemsOf(files)).toEqual([
      'SUITE_UNKNOWN_KEY s.yaml:4:5',
      expect.stringMatching(/^SUITE_INVALID s.yaml:5:/),
      expect.stringMatching(/^SUITE_DUPLICATE_ID s.yaml:6:/),
    ]);
  });

  test('SUITE_UNREADABLE', async () => {
    expect(await problemsOf({}, { patterns: ['/dev/null'] })).toEqual([expect.stringMatching(/^SUITE_UNREADABLE /)]);
  });

  test('SUITE_TOO_LARGE and FILE_TOO_LARGE, without reading them', async () => {
    const cwd = await folderOf({ 'big.yaml': '', 'big.bin': '', 's.yaml': suiteOf('body: !file big.bin') });
    await truncate(join(cwd, 'big.yaml'), 100e9);
    await truncate(join(cwd, 'big.bin'), 100e9);
    const codes = loadSuites({ patterns: ['.'], cwd, env: {} });
    await expect(codes).rejects.toMatchObject({
      problems: [{ code: 'SUITE_TOO_LARGE' }, { code: 'FILE_TOO_LARGE', place: { file: 's.yaml', line: 4 } }],
    });
  });
});

describe('CORPUS_INVALID', () => {
  const each = (corpus: string) => suiteOf(`body: !each ${corpus}`);

  test.each<[string, string, Files]>([
    ['not UTF-8', 'c.txt:2', { 'c.txt': Uint8Array.of(0x61, 0x0a, 0xff) }],
    ['no value', 'c.txt', { 'c.txt': '# only\n# comments\n' }],
    ['a line that is not JSON', 'c.jsonl:3', { 'c.jsonl': '# head\n\nplain\n' }],
    ['a line that is not a text', 'c.jsonl:1', { 'c.jsonl': '12\n' }],
    ['half a character', 'c.jsonl:1', { 'c.jsonl': '"\\ud800"\n' }],
    ['YAML that is none', 'c.yaml:1:4', { 'c.yaml': '- [' }],
    ['YAML that is no list', 'c.yaml:1:1', { 'c.yaml': 'a: b' }],
    ['an item that is no text', 'c.yaml:2:3', { 'c.yaml': '- a\n- [b]\n' }],
    ['an item that is empty', 'c.yaml:1:1', { 'c.yaml': '-\n- a\n' }],
    ['a kind of file that is no corpus', 'c.csv', { 'c.csv': 'a,b' }],
  ])('%s', async (_, place, files) => {
    const [name = ''] = Object.keys(files);
    expect(await problemsOf({ 's.yaml': each(name), ...files })).toEqual([`CORPUS_INVALID ${place}`]);
  });

  test('a line without end', async () => {
    const line = Buffer.alloc(11_000_000, 'x');
    expect(await problemsOf({ 's.yaml': each('c.txt'), 'c.txt': Buffer.concat([Buffer.from('a\n'), line]) })).toEqual([
      'CORPUS_INVALID c.txt:2',
    ]);
  });

  test('a value that breaks a header, at its own place', async () => {
    const files = { 's.yaml': suiteOf('headers: { X: !each c.jsonl }'), 'c.jsonl': '"a"\n"b\\nc"\n' };
    const [found, ...others] = await problemListOf(files);
    expect(found).toMatchObject({ code: 'CORPUS_INVALID', place: { file: 'c.jsonl', line: 2 } });
    expect(found?.message).toContain('s.yaml:4:19');
    expect(others).toEqual([]);
  });
});

describe('messages', () => {
  test.each([
    ['header: {}', '"header" is not a key of a case; did you mean "headers"?'],
    ['zzz: 1', '"zzz" is not a key of a case'],
    ['expect: { statsu: 1 }', '"statsu" is not a key of "expect"; did you mean "status"?'],
    ['multipart: [{ name: a, vlaue: x, value: x }]', '"vlaue" is not a key of a part; did you mean "value"?'],
    ['body: !each { form: x, from: wafproof:legitimate/names }', '"form" is not a key of !each; did you mean "from"?'],
    ['body: !eahc c', 'there is no tag "!eahc"; did you mean "!each"?'],
    ['body: !zzzzzz c', 'there is no tag "!zzzzzz"; tags are !each, !file, !base64, !env, !session, !random'],
    ['body: !!binary aGk=', 'there is no tag "!!binary"; did you mean "!base64"?'],
    ['path: !env PATH', '"path" is a text; a tag may stand only where a value of the request does'],
    ['title: 7', '"title" is a text, not the number 7; put it in quotes'],
    ['tags: smoke', '"tags" is a list, not the text "smoke"'],
    ['tags: [a, 1]', 'an item of "tags" is a text, not the number 1; put it in quotes'],
    ['intent: atack', '"intent" is one of legitimate, attack, not the text "atack"; did you mean "attack"?'],
    ['expect: { status: 99 }', '"status" is at least 100, not the number 99'],
    ['expect: { status: 1.5 }', '"status" is a whole number, not the number 1.5'],
    ['skip: true', '"skip" is a text, not true; put it in quotes'],
    ['skip: ""', '"skip" is a text that is not empty, not an empty text'],
    ['form: { a: { b: c } }', 'a value is a text, a number, true, false, null or a tag such as !each; found a mapping'],
    ['form: text', 'pairs are a mapping of names to values, or a list of [name, value] pairs; found the text "text"'],
    ['form: [[a]]', 'an item of "form" is a [name, value] pair, not a list'],
    ['form: { a: 1 }\njson: {}', 'a request has one body: "form" is here already'],
    ['multipart: [{ name: a }]', 'a part has either "value" or "file"'],
    ['multipart: [{ value: a }]', '"name" is missing'],
    ['method: G T', 'a method is one word, such as GET or POST; found the text "G T"'],
    ['headers: { "a b": c }', "a header name has letters, digits and -_.!#$%&'*+^`|~ only"],
    ['headers: { a: "b\\nc" }', 'the value of a header or cookie cannot hold a line break or a NUL; send it in a body'],
    ['cookies: { a: "b\\0c" }', 'the value of a header or cookie cannot hold a line break or a NUL; send it in a body'],
    ['headers: { x-wafproof-id: 1 }', 'Wafproof sets X-Wafproof-Id itself, to find the request in the logs; remove it'],
    [
      'json: { a: 12345678901234567890 }',
      '12345678901234567890 cannot be sent exactly as a JSON number; put it in quotes, or write the JSON text under "body"',
    ],
    [
      'json: [.inf]',
      '.inf cannot be sent exactly as a JSON number; put it in quotes, or write the JSON text under "body"',
    ],
    [
      'json: !file x.json',
      '!file under "json" would be one quoted text; write "body: !file …" and the header Content-Type: application/json',
    ],
    ['body: !base64 a', 'the text after !base64 is not base64: letters, digits, + and /, padded with ='],
    [
      'form: { a: !base64 /w== }',
      'the bytes after !base64 are not UTF-8 text, and only a body or a part of a multipart body can carry bytes',
    ],
    ['body: !file', '!file takes the path of a file, not nothing'],
    ['body: !env [a]', '!env takes the name of an environment variable, not a list'],
    ['body: !each wafproof:legitimate/user-agent', /did you mean "wafproof:legitimate\/user-agents"\?$/],
  ])('%s', async (yaml, message) => {
    const problems = await problemListOf({ 's.yaml': suiteOf(yaml) });
    expect(problems.map((found) => found.message)).toEqual([
      typeof message === 'string' ? message : expect.stringMatching(message),
    ]);
  });

  test('two !each name both places', async () => {
    const files = { 's.yaml': suiteOf('form: { a: !each c.txt, b: !each c.txt }'), 'c.txt': 'x' };
    expect(await problemListOf(files)).toEqual([
      {
        code: 'SUITE_INVALID',
        place: { file: 's.yaml', line: 4, column: 32 },
        message:
          'a case has one !each, and this one has another at s.yaml:4:16; write two cases, or an alias where the same value is meant',
      },
    ]);
  });

  test.each([
    ['- a\n- b', 'a suite is a mapping with "suite" and "cases", not a list'],
    ['text', 'a suite is a mapping, not the text "text"'],
    ['', 'the file is empty'],
    ['cases: [{ id: a }]', '"suite" is missing'],
    ['suite: S\ncases: []', '"cases" is an empty list; write at least one item into it'],
    ['suite: S\ncases: [{ title: a }]', '"id" is missing'],
    ['suite: S\ncases: [{ id: "a#1" }]', 'an id is printable text without "#"'],
    ['suite: S\ncases: [a]', 'a case is a mapping, not the text "a"'],
  ])('of the whole file: %j', async (yaml, message) => {
    const problems = await problemListOf({ 's.yaml': yaml });
    expect(problems.map((found) => found.message)).toEqual([expect.stringContaining(message)]);
  });
});

test('all problems of all files come at once, in the order of the files and lines', async () => {
  const files = {
    'a.yaml': `suite: A
defaults: { header: x }
cases:
  - { id: a, form: { x: !file gone, y: !env GONE }, tag: x }
  - { id: a, form: { x: !file gone, y: !env GONE } }
  - { id: b, body: !each gone }`,
    'b.yaml': 'suite: [',
    'c.yaml': suiteOf('title: [x]\npath: y'),
  };
  expect(await problemsOf(files, { patterns: ['.', 'gone'] })).toEqual([
    'SUITE_NOT_FOUND',
    'SUITE_UNKNOWN_KEY a.yaml:2:13',
    'FILE_MISSING a.yaml:4:25',
    'ENV_MISSING a.yaml:4:40',
    'SUITE_UNKNOWN_KEY a.yaml:4:53',
    'SUITE_DUPLICATE_ID a.yaml:5:11',
    'FILE_MISSING a.yaml:5:25',
    'ENV_MISSING a.yaml:5:40',
    'CORPUS_MISSING a.yaml:6:20',
    'SUITE_YAML b.yaml:1:9',
    'SUITE_INVALID c.yaml:4:12',
    'SUITE_INVALID c.yaml:5:11',
  ]);
});

test('a problem of the defaults is told once, not for every case', async () => {
  const suite = 'suite: S\ndefaults: { body: !file gone }\ncases: [{ id: a }, { id: b }]';
  expect(await problemsOf({ 's.yaml': suite })).toEqual(['FILE_MISSING s.yaml:2:19']);
});
