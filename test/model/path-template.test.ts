import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isTemplate, matchesPath } from '../../src/model/path-template.js';

describe('path templates', () => {
  it.each([
    ['/tickets/{number}', '/tickets/17', true],
    ['/tickets/{number}', '/tickets/17/notes', false],
    ['/tickets/{number}', '/tickets/seventeen', false],
    ['/tickets/{number}', '/ticketsX17', false],
    ['/files/{name}/raw', '/files/a.b c/raw', true],
    ['/files/{name}/raw', '/files/a/b/raw', false],
    ['/o/{uuid}', '/o/123e4567-e89b-12d3-a456-426614174000', true],
    ['/o/order-{number}', '/o/order-17', true],
    ['/o/order-{number}', '/o/order-x', false],
    ['/d/{date}', '/d/2024-01-31', true],
    ['/d/{date}', '/d/20240131', false],
    ['/u/{ulid}', '/u/01ARZ3NDEKTSV4RRFFQ69G5FAV', true],
    ['/u/{hash}', '/u/dQw4w9WgXcQ', true],
    ['/u/{hash}', '/u/short', false],
    ['/l/{time}', '/l/2024-01-31T10:00:00.5Z', true],
    ['/a.b', '/aXb', false],
    ['/a.b/{number}', '/aXb/1', false],
    ['/plain', '/plain', true],
  ])('%s and %s', (template, path, matches) => {
    expect(matchesPath(template, path)).toBe(matches);
  });

  it('takes any path for itself', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const path = `/${text}`;
        if (!isTemplate(path)) expect(matchesPath(path, path)).toBe(true);
      }),
    );
  });
});
