import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asTemplate, isTemplate, matchesPath } from '../../src/model/path-template.js';

describe('path templates', () => {
  it.each([
    ['/tickets/{number}', '/tickets/17', true],
    ['/tickets/{number}', '/tickets/17/notes', false],
    ['/tickets/{number}', '/tickets/seventeen', false],
    ['/tickets/{number}', '/ticketsX17', false],
    ['/files/{name}/raw', '/files/a.b c/raw', true],
    ['/files/{name}/raw', '/files/a/b/raw', false],
    ['/o/{uuid}', '/o/123e4567-e89b-12d3-a456-426614174000', true],
    ['/a.b', '/aXb', false],
    ['/a.b/{number}', '/aXb/1', false],
    ['/plain', '/plain', true],
  ])('%s and %s', (template, path, matches) => {
    expect(matchesPath(template, path)).toBe(matches);
  });

  it.each([
    ['/tickets/17', '/tickets/{number}'],
    ['/o/123e4567-e89b-12d3-a456-426614174000/x', '/o/{uuid}/x'],
    ['/c/3f2a9c01d4', '/c/{hex}'],
    ['/feedface', '/feedface'],
    ['/api/v2/items', '/api/v2/items'],
  ])('sees ids in %s', (path, template) => {
    expect(asTemplate(path)).toBe(template);
    expect(matchesPath(asTemplate(path), path)).toBe(true);
  });

  it('takes any path for itself', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const path = `/${text}`;
        if (!isTemplate(path)) expect(matchesPath(path, path)).toBe(true);
        expect(matchesPath(asTemplate(path), path) || isTemplate(path)).toBe(true);
      }),
    );
  });
});
