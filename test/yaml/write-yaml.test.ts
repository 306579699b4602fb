import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { writeYaml, type YamlTree } from '../../src/yaml/write-yaml.js';
import type { YamlNode } from '../../src/yaml/yaml-node.js';
import { parseYaml } from '../../src/yaml/yaml-parse.js';

/** What a reader of suites makes of a document. */
function readBack(text: string): YamlTree {
  const parsed = parseYaml(text, 'written.yaml');
  if (parsed.kind === 'invalid') throw new Error(parsed.reason);
  return treeOf(parsed.root);
}

function treeOf(node: YamlNode): YamlTree {
  if (node.kind === 'mapping') return new Map(node.entries.map(({ key, value }) => [key, treeOf(value)]));
  if (node.kind === 'sequence') return node.items.map(treeOf);
  if (node.tag === 'base64') return { tag: 'base64', value: node.text };
  if (node.tag !== undefined) throw new Error(`tag ${node.tag}`);
  expect(typeof node.value).toBe(node.value === null ? 'object' : 'string');
  return node.value === null ? null : node.text;
}

describe('writeYaml', () => {
  test.each([
    '',
    ' a ',
    '007',
    '1e3',
    'yes',
    'null',
    '~',
    '<<',
    '!each x',
    '&a *b',
    '# c',
    'a: b',
    '- a',
    '? a',
    '%YAML',
    '---',
    '...',
    '\u0000\u001b[31m\u0085\u2028\ufeff\u{1f600}',
    'a\r\nb',
    'a\nb\n\n',
    '\n  indented',
    '\tb\n\t',
    '2024-01-01',
    '\'"`',
    `${'long '.repeat(400)}`,
  ])('%j reads back as the same text, as a value, as a key and in a list', (text) => {
    const tree = new Map<string, YamlTree>([
      [text, [text, [text]]],
      ['and', text],
    ]);
    expect(readBack(writeYaml(tree))).toEqual(tree);
  });

  test('keeps the order of keys, even of numbers, and null and bytes apart from texts', () => {
    const tree = new Map<string, YamlTree>([
      ['10', null],
      ['9', 'null'],
      ['__proto__', { tag: 'base64', value: '/wA=' }],
      ['1', []],
      ['0', new Map()],
    ]);
    const back = readBack(writeYaml(tree));
    expect(back).toEqual(tree);
    expect(back instanceof Map && [...back.keys()]).toEqual([...tree.keys()]);
  });

  test('writes a list of short texts on one line', () => {
    expect(writeYaml(new Map([['tags', ['a', 'b, c']]]))).toBe('tags: [a, "b, c"]\n');
  });

  test('reads back whatever was written', () => {
    const text = fc.string({ unit: 'grapheme' });
    const { tree } = fc.letrec<{ tree: YamlTree }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        text,
        fc.constant(null),
        fc.array(tie('tree'), { maxLength: 4 }),
        fc.array(fc.tuple(text, tie('tree')), { maxLength: 4 }).map((entries) => new Map(entries)),
      ),
    }));
    fc.assert(
      fc.property(tree, (given) => {
        expect(readBack(writeYaml(given))).toEqual(given);
      }),
    );
  });
});
