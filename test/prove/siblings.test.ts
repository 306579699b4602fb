import { describe, expect, it } from 'vitest';
import type { Exclusion } from '../../src/model/exclusion.js';
import { blockedSiblings, inventSiblings } from '../../src/prove/siblings.js';
import { asWritten, form, judged, post, removal, wordEngine } from './word-engine.js';

const rules = [{ id: 'sqli', word: 'select' }];
const template = 'custom[{number}][name]';
const rows = removal(template, ['sqli'], { field: form(template) });

async function siblings(exclusions: readonly Exclusion[], path = '/a') {
  const one = await judged(
    'row',
    post(path, [
      ['custom[47][name]', 'how to select'],
      ['id', '47'],
    ]),
    rules,
  );
  return inventSiblings(exclusions, [one, { ...one, id: 'again' }]);
}

describe('invented siblings', () => {
  it('have other generated parts in names, and all else as it is; one is enough', async () => {
    expect(await siblings([rows])).toEqual([
      {
        of: 'row',
        request: post('/a', [
          ['custom[473][name]', 'how to select'],
          ['id', '47'],
        ]),
      },
    ]);
  });

  it('are none where no name of the request is generated', async () => {
    const one = await judged('raw', { ...post('/a', [['note', 'select']]) }, rules);
    const note = removal('note', ['sqli'], { field: form('note') });
    expect(inventSiblings([note, { ...rows, scope: {} }], [one])).toEqual([]);
  });

  it('have another path where a template is for it', async () => {
    const scope = { method: 'POST', path: '/profile/{number}/notes' };
    const [sibling] = await siblings([{ ...rows, scope }], '/profile/42/notes?x=1');
    expect(sibling?.request.path).toBe('/profile/423/notes?x=1');
  });

  it('have other members, at any depth of a document', async () => {
    const id = 'e81a5363-359d-4392-b851-9a30df9a7d7b';
    const body = { kind: 'json', value: { certs: { [id]: { pem: 'select' } }, name: id } } as const;
    const one = await judged('cert', { ...post('/a', []), body }, rules);
    const field = { kind: 'json', path: ['certs', '{uuid}', 'pem'] } as const;
    const [sibling] = inventSiblings([{ ...rows, field, variable: { collection: 'json' } }], [one]);
    const other = { certs: { 'e92b6474-460e-5403-c962-0b41ea0b8e8c': { pem: 'select' } }, name: id };
    expect(sibling?.request.body).toEqual({ kind: 'json', value: other });
  });

  it('are not invented where nothing is generated', async () => {
    expect(await siblings([removal('custom[47][name]', ['sqli'])])).toEqual([]);
    expect(await siblings([])).toEqual([]);
  });

  it('are told where an engine blocks them', async () => {
    const invented = await siblings([rows]);
    const literal = removal('custom[47][name]', ['sqli']);
    expect(await blockedSiblings(invented, wordEngine(rules, [rows], asWritten))).toEqual([]);
    expect(await blockedSiblings(invented, wordEngine(rules, [literal], asWritten))).toEqual(['row']);
  });
});
