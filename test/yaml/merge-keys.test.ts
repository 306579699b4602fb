import fc from 'fast-check';
import { load, YAML11_SCHEMA } from 'js-yaml';
import { expect, test } from 'vitest';
import { plainValue } from '../../src/yaml/plain-value.js';
import { parseYaml } from '../../src/yaml/yaml-parse.js';

function read(text: string): unknown {
  const parsed = parseYaml(text, 'a.yaml', { mergeKeys: true });
  return parsed.kind === 'parsed' ? plainValue(parsed.root) : parsed.reason;
}

test('a merge key takes in what the mapping does not have itself, where it stands', () => {
  const base = 'base: &base { a: 1, b: 2 }\n';
  expect(read(`${base}one: { z: 0, <<: *base, b: 3, c: 4 }`)).toMatchObject({ one: { z: 0, a: 1, b: 3, c: 4 } });
  expect(JSON.stringify(read(`${base}one: { z: 0, <<: *base, c: 4 }`))).toContain('{"z":0,"a":1,"b":2,"c":4}');
  expect(read(`${base}one: { <<: [{ a: 7 }, *base] }`)).toMatchObject({ one: { a: 7, b: 2 } });
  expect(read(`${base}two: &two { <<: *base, c: 3 }\none: { <<: *two }`)).toMatchObject({ one: { a: 1, b: 2, c: 3 } });
});

test('a quoted key is none, and what is no mapping is told', () => {
  expect(read('"<<": 1')).toEqual({ '<<': 1 });
  expect(read('<<: 1')).toBe('a merge key takes a mapping, or a list of mappings');
  expect(read('<<: { a: 1 }\n<<: { b: 1 }')).toContain('is here twice');
  expect(parseYaml('<<: { a: 1 }', 'a.yaml')).toMatchObject({ kind: 'invalid' });
});

test('merge keys that grow without end are refused', () => {
  const levels = Array.from({ length: 40 }, (_, i) => `l${i + 1}: &l${i + 1} { <<: [*l${i}, *l${i}], k${i}: 1 }`);
  expect(read(`l0: &l0 { a: 1 }\n${levels.join('\n')}`)).toContain('it unfolds to more than');
});

test('mappings come to what the parser of the language makes of them', () => {
  const key = fc.constantFrom('a', 'b', 'c', 'd');
  const mapping = fc.uniqueArray(fc.tuple(key, fc.nat(9)), { selector: ([name]) => name, maxLength: 4 });
  const flow = (pairs: readonly (readonly [string, number])[]) => pairs.map(([name, value]) => `${name}: ${value}`);
  fc.assert(
    fc.property(fc.array(mapping, { minLength: 1, maxLength: 4 }), mapping, fc.nat(4), (bases, own, at) => {
      const anchors = bases.map((base, i) => `m${i}: &m${i} { ${flow(base).join(', ')} }`);
      const merge = `<<: [${bases.map((_, i) => `*m${i}`).join(', ')}]`;
      const text = [...anchors, `all: { ${flow(own).toSpliced(at, 0, merge).join(', ')} }`].join('\n');
      expect(read(text)).toEqual(load(text, { schema: YAML11_SCHEMA }));
    }),
  );
});
