import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../../src/model/request.js';
import { jsonText } from '../../src/request/json-text.js';
import { isDeeper, pathTo, walkJson } from '../../src/request/json-values.js';
import { mapJson } from '../../src/request/map-json.js';
import { nestedJson } from './random-request.js';

const document: JsonValue = { items: [{ note: 'a', n: 1 }, []], '': null };

function walked(value: JsonValue, levels?: number): readonly string[] {
  return [...walkJson(value, levels)].map(({ kind, place }) => `${kind} ${pathTo(place).join('.')}`);
}

describe('a walk through JSON', () => {
  it('comes by all of it in its order', () => {
    expect(walked(document)).toEqual([
      'enter ',
      'enter items',
      'enter items.0',
      'value items.0.note',
      'value items.0.n',
      'leave items.0',
      'enter items.1',
      'leave items.1',
      'leave items',
      'value ',
      'leave ',
    ]);
    expect(walked('a')).toEqual(['value ']);
  });

  it('goes no deeper than it is told', () => {
    expect(walked(document, 1)).toEqual(['enter ', 'value items', 'value ', 'leave ']);
    expect(isDeeper(document, 3)).toBe(false);
    expect(isDeeper(document, 2)).toBe(true);
  });

  it('does not mind how deep that is', () => {
    const deep = nestedJson(10_000);
    expect([...walkJson(deep)]).toHaveLength(20_001);
    expect(jsonText(mapJson(deep, { value: () => 'y' }) ?? null)).toMatch(/^\[\{"a":\[.*"y".*\]\}\]$/);
  });
});

describe('changed JSON', () => {
  it('is the same where nothing is changed, and so is its text', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const same = mapJson(value as JsonValue, {});
        expect(jsonText(same ?? null)).toBe(JSON.stringify(value));
      }),
    );
  });

  it('has other values and names', () => {
    const value = (one: JsonValue) => (one === null ? 'nothing' : one);
    const name = (own: string) => own.toUpperCase();
    expect(mapJson(document, { value, name })).toEqual({ ITEMS: [{ NOTE: 'a', N: 1 }, []], '': 'nothing' });
  });

  it('keeps elements in their places, and can do without what is empty', () => {
    const value = (one: JsonValue) => (one === 3 ? one : undefined);
    expect(mapJson([1, [2], 3, 4], { value })).toEqual([null, [], 3]);
    expect(mapJson([1, [2], 3, 4], { value, dropsEmpty: true })).toEqual([null, null, 3]);
    expect(mapJson({ a: [1] }, { value, dropsEmpty: true })).toBeUndefined();
  });
});

it('keeps members with names that objects have by themselves', () => {
  const hostile = JSON.parse('{"__proto__":{"a":1},"constructor":2}') as JsonValue;
  expect(jsonText(mapJson(hostile, {}) ?? null)).toBe('{"__proto__":{"a":1},"constructor":2}');
});
