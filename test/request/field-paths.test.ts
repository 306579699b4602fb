import { describe, expect, it } from 'vitest';
import type { FieldPath } from '../../src/model/field.js';
import {
  fieldKey,
  generaliseField,
  includesField,
  isArgument,
  isGeneralField,
  isSeenAt,
  sameField,
} from '../../src/request/field-paths.js';

const note: FieldPath = { kind: 'json', path: ['items', 0, 'note'] };

describe('two fields', () => {
  it('are the same by place, name and side', () => {
    expect(sameField({ kind: 'form', name: 'a' }, { kind: 'form', name: 'a' })).toBe(true);
    expect(sameField({ kind: 'header', name: 'Referer' }, { kind: 'header', name: 'referer' })).toBe(true);
    expect(sameField({ kind: 'body' }, { kind: 'body' })).toBe(true);
    for (const other of [
      { kind: 'form', name: 'A' },
      { kind: 'query', name: 'a' },
      { kind: 'form', name: 'a', of: 'name' },
      { kind: 'form' },
    ] as const) {
      expect(sameField({ kind: 'form', name: 'a' }, other)).toBe(false);
    }
  });

  it('are not the same where an index is a name, or an element any one', () => {
    expect(sameField(note, { kind: 'json', path: ['items', '0', 'note'] })).toBe(false);
    expect(sameField(note, generaliseField(note))).toBe(false);
  });
});

describe('a field for several', () => {
  it('is any element of an array', () => {
    const any = generaliseField(note);
    expect(any).toEqual({ kind: 'json', path: ['items', null, 'note'] });
    expect([isGeneralField(note), isGeneralField(any), isGeneralField({ kind: 'body' })]).toEqual([false, true, false]);
    expect(includesField(any, note)).toBe(true);
    expect(includesField(note, any)).toBe(false);
    expect(includesField(any, { ...note, of: 'name' })).toBe(false);
    expect(includesField(any, { kind: 'json', path: ['items', 'x', 'note'] })).toBe(false);
  });

  it('is one without a name', () => {
    expect(includesField({ kind: 'cookie' }, { kind: 'cookie', name: 'id' })).toBe(true);
    expect(includesField({ kind: 'part', of: 'filename' }, { kind: 'part', name: 'f' })).toBe(false);
    expect(includesField({ kind: 'cookie', name: 'id' }, { kind: 'cookie' })).toBe(false);
  });

  it('is an argument, in the query or in the body', () => {
    const argument: FieldPath = { kind: 'argument', name: 'a' };
    for (const kind of ['query', 'form', 'part', 'argument'] as const) {
      expect(includesField(argument, { kind, name: 'a' })).toBe(true);
      expect(includesField(argument, { kind, name: 'b' })).toBe(false);
    }
    expect(includesField(argument, { kind: 'header', name: 'a' })).toBe(false);
    expect(includesField({ kind: 'argument' }, note)).toBe(true);
    expect(includesField(argument, { kind: 'part', name: 'a', of: 'filename' })).toBe(false);
  });
});

describe('the key of a field', () => {
  it('is another one for every other place', () => {
    const fields: readonly FieldPath[] = [
      { kind: 'body' },
      { kind: 'path' },
      { kind: 'form' },
      { kind: 'form', of: 'name' },
      { kind: 'form', name: '' },
      { kind: 'form', name: 'name' },
      { kind: 'form', name: 'a', of: 'name' },
      { kind: 'query', name: 'a' },
      { kind: 'part', name: 'a', of: 'filename' },
      { kind: 'json', path: [] },
      { kind: 'json', path: ['a'] },
      { kind: 'json', path: ['a'], of: 'name' },
      { kind: 'json', path: ['a', 0] },
      { kind: 'json', path: ['a', null] },
      { kind: 'xml' },
      { kind: 'xml', of: 'attributes' },
    ];
    expect(new Set(fields.map(fieldKey)).size).toBe(fields.length);
  });

  it('is the same for a header however it is spelled, and for nothing else', () => {
    expect(fieldKey({ kind: 'header', name: 'X-A' })).toBe(fieldKey({ kind: 'header', name: 'x-a' }));
    expect(fieldKey({ kind: 'cookie', name: 'A' })).not.toBe(fieldKey({ kind: 'cookie', name: 'a' }));
  });
});

describe('a field', () => {
  it('is an argument where the client chose it for the application', () => {
    const kinds = ['argument', 'query', 'form', 'part', 'header', 'cookie', 'body', 'url', 'xml'] as const;
    expect(kinds.filter((kind) => isArgument({ kind }))).toEqual(['argument', 'query', 'form', 'part']);
    expect(isArgument(note)).toBe(true);
  });

  it('holds the same place and no other', () => {
    expect(includesField({ kind: 'header', name: 'referer' }, { kind: 'header', name: 'Referer' })).toBe(true);
    expect(includesField({ kind: 'form', name: 'a' }, { kind: 'query', name: 'a' })).toBe(false);
    expect(includesField({ kind: 'form' }, { kind: 'form', name: 'a', of: 'name' })).toBe(false);
    expect(includesField({ kind: 'body' }, { kind: 'body' })).toBe(true);
    expect(includesField({ kind: 'xml' }, { kind: 'xml', of: 'attributes' })).toBe(false);
    expect(includesField({ kind: 'argument', of: 'name' }, { kind: 'form', name: 'a', of: 'name' })).toBe(true);
  });

  it('of JSON holds the same path, however long it is', () => {
    const path = (...steps: (string | number | null)[]): FieldPath => ({ kind: 'json', path: steps });
    expect(includesField(path('a'), path('a'))).toBe(true);
    expect(includesField(path('a'), path('a', 0))).toBe(false);
    expect(includesField(path('a', null), path('a'))).toBe(false);
    expect(includesField(path('a', null), path('a', null))).toBe(true);
  });

  it('without elements is the same of any element', () => {
    const field: FieldPath = { kind: 'form', name: 'a' };
    expect(generaliseField(field)).toBe(field);
    expect(generaliseField({ kind: 'json', path: ['a', 1], of: 'name' })).toEqual({
      kind: 'json',
      path: ['a', null],
      of: 'name',
    });
  });
});

describe('what was seen', () => {
  const variable = (key: string) => ({ collection: 'ARGS', key });
  const any = generaliseField(note);

  it('is at a place of the same name, whatever the fields are', () => {
    expect(isSeenAt({ variable: variable('a'), field: note }, { variable: variable('a') })).toBe(true);
    expect(isSeenAt({ variable: variable('a') }, { variable: variable('b') })).toBe(false);
  });

  it('is at a place that stands for the element in which it was seen', () => {
    expect(isSeenAt({ variable: variable('0'), field: note }, { variable: variable('any'), field: any })).toBe(true);
    const elsewhere: FieldPath = { kind: 'json', path: ['other', 0, 'note'] };
    expect(isSeenAt({ variable: variable('0'), field: elsewhere }, { variable: variable('any'), field: any })).toBe(
      false,
    );
  });

  it('is not at a place for one element that has another name, nor where a field is not known', () => {
    expect(isSeenAt({ variable: variable('0'), field: note }, { variable: variable('1'), field: note })).toBe(false);
    expect(isSeenAt({ variable: variable('0') }, { variable: variable('any'), field: any })).toBe(false);
    expect(isSeenAt({ variable: variable('0'), field: note }, { variable: variable('any') })).toBe(false);
  });
});

describe('fields with a generated part in their name', () => {
  const row = { kind: 'form', name: 'custom[47][name]' } as const;
  const rows = generaliseField(row);

  it('are included in their template, and nothing that does not fit', () => {
    expect(rows).toEqual({ kind: 'form', name: 'custom[{number}][name]' });
    expect([isGeneralField(row), isGeneralField(rows)]).toEqual([false, true]);
    expect(includesField(rows, row)).toBe(true);
    expect(includesField(rows, { ...row, name: 'custom[48][name]' })).toBe(true);
    expect(includesField(rows, { ...row, name: 'custom[x][name]' })).toBe(false);
    expect(includesField(row, { ...row, name: 'custom[48][name]' })).toBe(false);
  });

  it('are members of a document too, and no headers', () => {
    const member = { kind: 'json', path: ['a', 3, 'e81a5363-359d-4392-b851-9a30df9a7d7b'] } as const;
    expect(generaliseField(member)).toEqual({ kind: 'json', path: ['a', null, '{uuid}'] });
    expect(includesField(generaliseField(member), member)).toBe(true);
    expect(generaliseField({ kind: 'header', name: 'X-17' })).toEqual({ kind: 'header', name: 'X-17' });
  });
});
