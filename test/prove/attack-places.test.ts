import { describe, expect, it } from 'vitest';
import type { Exclusion } from '../../src/model/exclusion.js';
import type { RequestSpec } from '../../src/model/request.js';
import { findPlace, type KindOf } from '../../src/prove/attack-places.js';
import { form, judged, post, removal } from './word-engine.js';

const rules = [
  { id: 1, word: 'select' },
  { id: 'named', word: 'script' },
];

/** Places are of one kind where the same fields are in the request, and one of them is empty. */
const kindOf: KindOf = ({ body }, { kind }) => `${kind} ${body.kind === 'form' ? body.fields.join() : ''}`;

/** The place that an exclusion frees in requests, and what is sent there. */
async function place(exclusion: Exclusion, ...requests: readonly RequestSpec[]) {
  const cases = await Promise.all(requests.map((request, index) => judged(`${index}`, request, rules)));
  const found = findPlace(exclusion, cases, kindOf);
  return found && { fields: found.fields, kind: found.kind, body: found.carry('attack').body };
}

const note = post('/a', [
  ['note', 'a select'],
  ['title', 'a script'],
]);

describe('the place for an attack', () => {
  it('is the field that an exclusion takes away, and its kind is that of the request without any text there', async () => {
    expect(await place(removal('note', [1]), note)).toEqual({
      fields: [form('note')],
      kind: 'form note,',
      body: { kind: 'form', fields: [['note', 'attack']] },
    });
  });

  it('is in the first request on which the exclusion acts and that has such a field', async () => {
    const elsewhere = post('/b', [['note', 'elsewhere']]);
    const without = post('/a', [['other', 'a select']]);
    const withText = { ...note, headers: [['X-First', '1'] as const] };
    const cases = await Promise.all([elsewhere, without, withText, note].map((one, i) => judged(`${i}`, one, rules)));
    const found = findPlace(removal('note', [1]), cases, kindOf);
    expect(found?.request).toMatchObject({ path: '/a', headers: [['X-First', '1']] });
    expect(await place(removal('note', [1]), elsewhere, without)).toBeUndefined();
  });

  it('is the field that the rule matched, where the rule is removed as a whole', async () => {
    const whole: Exclusion = { ...removal('note', ['named']), effect: 'remove-rule' };
    expect((await place(whole, note))?.fields).toEqual([form('title')]);
  });

  it('is not there where the rule matched what is no field', async () => {
    const whole: Exclusion = { ...removal('note', [1]), effect: 'remove-rule' };
    const one = await judged('case', note, rules);
    const hits = one.hits.map(({ field: _field, ...hit }) => hit);
    expect(findPlace(whole, [{ ...one, hits }], kindOf)).toBeUndefined();
  });

  it('is not there where a variable is no field, or a setting is changed', async () => {
    const { field: _field, ...ofEngine } = removal('note', [1]);
    expect(await place(ofEngine, note)).toBeUndefined();
    const setting = { name: 'a', value: 'b' };
    expect(await place({ ...removal('note', [1]), effect: 'change-setting', setting }, note)).toBeUndefined();
  });
});
