import { describe, expect, it } from 'vitest';
import type { FieldPath } from '../../src/model/field.js';
import { includesField, isOfAnyElement, ofAnyElement, sameField } from '../../src/request/field-paths.js';

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
    expect(sameField(note, ofAnyElement(note))).toBe(false);
  });
});

describe('a field for several', () => {
  it('is any element of an array', () => {
    const any = ofAnyElement(note);
    expect(any).toEqual({ kind: 'json', path: ['items', null, 'note'] });
    expect([isOfAnyElement(note), isOfAnyElement(any), isOfAnyElement({ kind: 'body' })]).toEqual([false, true, false]);
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
