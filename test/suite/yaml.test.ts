import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseYaml } from '../../src/yaml/yaml-parse.js';
import { problemListOf, requestOf } from './suite-folder.js';

function reasonFor(text: string): string {
  const parsed = parseYaml(text, 'f.yaml');
  return parsed.kind === 'parsed' ? 'fine' : `${parsed.at.line}:${parsed.at.column} ${parsed.reason}`;
}

const bomb = ['a: &a [x, x, x, x, x, x, x, x, x]']
  .concat(Array.from('bcdefghijklmnopq', (name, index) => `${name}: &${name} [${aliases('abcdefghijklmnop'[index])}]`))
  .join('\n');

function aliases(name = ''): string {
  return Array.from({ length: 9 }, () => `*${name}`).join(', ');
}

describe('what is refused, with its place', () => {
  test.each([
    ['a bomb', bomb, /^6:36 it unfolds to more than 500000 nodes/],
    ['a list in itself', '&a [*a]', /^1:5 the alias \*a stands inside its own anchor/],
    ['an alias of nothing', 'x: *a', /^1:4 there is no anchor &a/],
    ['a merge key', 'x:\n  <<: { a: 1 }', /^2:3 merge keys are not supported/],
    ['a key twice', 'a: 1\nb: 2\n"a": 3', /^3:1 the key "a" is here twice/],
    ['a key that is a list', '? [a]\n: b', /^1:4 a key is a plain text/],
    ['two documents', 'a: 1\n---\nb: 2', /^3:4 a second document begins/],
    ['a tab', 'a:\n\tb: c', /^2:1 tab characters/],
    ['depth', '['.repeat(100), /^1:64 nesting exceeded/],
    ['depth by aliases', ['- &a0 x', ...chain(100)].join('\n'), /nested deeper than 64 levels/],
    ['half a character', 'a: "\\ud800"', /^1:4 an escape sequence stands for half a character/],
    ['a value that its tag does not fit', 'a: !!int x', /^1:4 the value does not fit its tag !!int/],
    ['a control character', 'a: \u0007', /^1:4 .*non-printable/],
    ['more nodes than a suite has', `[${'a,'.repeat(3_000_000)}]`, /more than 500000 nodes/],
  ])('%s', (_, text, reason) => {
    expect(reasonFor(text)).toMatch(reason);
  });
});

function chain(length: number): readonly string[] {
  return Array.from({ length }, (_, index) => `- &a${index + 1} [*a${index}]`);
}

describe('what is understood', () => {
  test('anchors and aliases', async () => {
    const { body } = await requestOf('form: [[a, &x one], [b, *x]]');
    expect(body).toMatchObject({
      fields: [
        ['a', 'one'],
        ['b', 'one'],
      ],
    });
  });

  test("YAML's own tags", async () => {
    const { body } = await requestOf(
      'json: [!!str 1, ! 2, !!int "3", !!float 4, !!bool "true", !!null "", !!seq [5], !!map { a: 6 }]',
    );
    expect(body).toMatchObject({ value: ['1', '2', 3, 4, true, null, [5], { a: 6 }] });
  });

  test('a quoted merge key is a key', async () => {
    expect((await requestOf('json: { "<<": 1 }')).body).toMatchObject({ value: { '<<': 1 } });
  });

  test('nodes know where they begin', () => {
    const text = '# x\na: "q"\r\nb:\n  - !env X\n  - &n { c: >\n';
    const parsed = parseYaml(text.replace('{ c: >\n', 'text'), 'f.yaml');
    const places = parsed.kind === 'parsed' && parsed.root.kind === 'mapping' ? parsed.root.entries : [];
    expect(places.map(({ keyAt, value }) => [keyAt.line, keyAt.column, value.at.line, value.at.column])).toEqual([
      [2, 1, 2, 4],
      [3, 1, 4, 3],
    ]);
    const list = places[1]?.value;
    expect(list?.kind === 'sequence' && list.items.map(({ at }) => `${at.line}:${at.column}`)).toEqual(['4:5', '5:5']);
  });
});

describe('whatever a file holds, it is a suite or a WafproofError', () => {
  test('bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
        expect((await problemListOf({ 's.yaml': bytes })).length).toBeGreaterThan(0);
      }),
      { numRuns: 100 },
    );
  });

  test('YAML of all sorts', async () => {
    const piece = fc.constantFrom(
      ...['suite', 'cases', 'id', 'form', 'json', 'body', 'headers', 'multipart', 'defaults', '__proto__', 'a'],
      ...[': ', '- ', '[', ']', '{', '}', ', ', '\n', '\n  ', '"', "'", '? ', '&a ', '*a', '<<', '# ', '|\n', '---\n'],
      ...[
        '!each ',
        '!file ',
        '!env ',
        '!base64 ',
        '!session ',
        '!!int ',
        '!x ',
        '~',
        '1',
        'true',
        '.inf',
        '\t',
        '\ufeff',
      ],
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 40 }), fc.boolean(), async (pieces, asCase) => {
        const text = pieces.join('');
        await problemListOf({ 's.yaml': asCase ? `suite: S\ncases:\n- id: a\n  json: { a: ${text} }\n` : text });
      }),
      { numRuns: 500 },
    );
  });

  test('a case of any JSON', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.jsonValue(),
        fc.constantFrom('form', 'headers', 'multipart', 'expect', 'tags'),
        async (value, key) => {
          await problemListOf({ 's.yaml': JSON.stringify({ suite: 'S', cases: [{ id: 'a', [key]: value }, value] }) });
        },
      ),
      { numRuns: 200 },
    );
  });
});
