import { describe, expect, it } from 'vitest';
import { membersOf } from '../../../../src/waf/aws/lab/check-shape.js';
import { operations } from '../../../../src/waf/aws/lab/operations.js';
import { serviceStructures } from '../../../../src/waf/aws/lab/service-structures.js';
import { type ServiceValue, serviceValues } from '../../../../src/waf/aws/lab/service-values.js';
import { type ModelShape, type ServiceModel, wafServiceModel } from '../service-model.js';

const model = wafServiceModel();

describe.skipIf(model === undefined)(
  "the shapes of the stand-in of the WAFv2 API against botocore's service model",
  () => {
    const { shapes, operations: known, metadata } = model ?? missing;

    it.each(Object.keys(serviceStructures))('%s has the members of the model', (name) => {
      const { members = {}, required = [] } = shapes[name] ?? { type: 'none' };
      const expected = Object.entries(members).map(([member, { shape }]) => ({
        name: member,
        shape,
        isRequired: required.includes(member),
      }));
      expect(membersOf(serviceStructures[name] ?? '')).toEqual(expected);
    });

    it.each(Object.entries(serviceValues))('%s takes what the model takes', (name, value) => {
      const shape = shapes[name];
      if (value.kind === 'anything') expect(shape).toBeDefined();
      else if (name === 'CountryCode') expect(shape?.enum?.every((code) => /^[A-Z]{2}$/.test(code))).toBe(true);
      else expect(described(value)).toEqual(shape && ofModel(shape));
    });

    it('knows each shape that a question of its operations may hold', () => {
      const unknown = Object.keys(operations).filter(
        (name) => !Object.hasOwn(serviceStructures, known[name]?.input.shape ?? ''),
      );
      const named = Object.values(serviceStructures).flatMap((line) => membersOf(line).map(({ shape }) => shape));
      const strangers = named.filter((name) => !(name in serviceStructures) && !(name in serviceValues));
      expect([unknown, strangers]).toEqual([[], []]);
    });

    it('speaks the protocol of the model', () => {
      expect(metadata).toMatchObject({ targetPrefix: 'AWSWAF_20190729', jsonVersion: '1.1' });
    });
  },
);

const missing: ServiceModel = { metadata: { targetPrefix: '', jsonVersion: '' }, operations: {}, shapes: {} };

const anyPattern = ['.*', '[\\s\\S]*'];

/** Both in the same few words, without what is absent. */
function described(value: ServiceValue) {
  const text = value.kind === 'string' ? { words: value.words, pattern: plain(value.pattern?.source) } : {};
  const parts = 'of' in value ? { of: value.of } : {};
  const keys = 'keys' in value ? { keys: value.keys } : {};
  const range = 'min' in value || 'max' in value ? { min: value.min, max: value.max } : {};
  return defined({ kind: value.kind, ...parts, ...keys, ...range, ...text });
}

const kinds: Readonly<Record<string, string>> = { integer: 'number', long: 'number' };

function ofModel({ type, member, key, value, enum: words, pattern = '.*', min, max }: ModelShape) {
  return defined({
    kind: kinds[type] ?? type,
    of: member?.shape ?? value?.shape,
    keys: key?.shape,
    min,
    max,
    words: words?.join(' '),
    pattern: anyPattern.includes(pattern) ? undefined : plain(new RegExp(pattern).source),
  });
}

/** Points and hyphens in a class of characters may be escaped, and need not be. */
function plain(pattern: string | undefined): string | undefined {
  return pattern?.replaceAll(/\\([.-])/g, '$1');
}

function defined(parts: Readonly<Record<string, unknown>>) {
  return Object.fromEntries(Object.entries(parts).filter(([, part]) => part !== undefined));
}
