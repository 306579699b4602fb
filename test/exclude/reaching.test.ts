import { describe, expect, it } from 'vitest';
import { reaching } from '../../src/exclude/reaching.js';
import type { Exclusion } from '../../src/model/exclusion.js';

function at(id: string, scope: Exclusion['scope']): Exclusion {
  return { id, findings: [], ruleIds: [1], scope, effect: 'remove-rule' };
}

const exclusions = [
  at('page', { method: 'POST', path: '/page' }),
  at('everywhere', {}),
  at('any method', { path: '/page' }),
  at('other', { method: 'POST', path: '/other' }),
  at('ticket', { method: 'POST', path: '/tickets/{number}' }),
  at('space', { method: 'POST', path: '/a b' }),
];

describe('the exclusions that may act on a request', () => {
  const reached = reaching(exclusions);
  const ids = (method: string, path: string) => reached({ method, path }).map(({ id }) => id);

  it('are those of its path and method, and those for every request, in their order', () => {
    expect(ids('POST', '/page?q=1')).toEqual(['page', 'everywhere', 'any method']);
    expect(ids('GET', '/page')).toEqual(['everywhere', 'any method']);
    expect(ids('POST', '/page/')).toEqual(['everywhere']);
  });

  it('are those whose template its path fits', () => {
    expect(ids('POST', '/tickets/42')).toEqual(['everywhere', 'ticket']);
    expect(ids('POST', '/tickets/new')).toEqual(['everywhere']);
  });

  it('are those too whose path is spelled otherwise', () => {
    expect(ids('POST', '/%70age')).toEqual(['page', 'everywhere', 'any method']);
    expect(ids('POST', '/a%20b')).toEqual(['everywhere', 'space']);
    expect(ids('POST', '/bad%zz')).toEqual(['everywhere']);
  });

  it('are told as the same list for the same endpoint', () => {
    expect(reached({ method: 'POST', path: '/page?a' })).toBe(reached({ method: 'POST', path: '/page?b' }));
  });
});
