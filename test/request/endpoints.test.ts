import { describe, expect, it } from 'vitest';
import { recogniseEndpoints } from '../../src/request/endpoints.js';

function requests(...paths: string[]) {
  return paths.map((path) => ({ method: 'POST', path }));
}

describe('endpoints', () => {
  it('are paths without query', () => {
    expect(recogniseEndpoints([])({ method: 'GET', path: '/a?b=/c' })).toEqual({ method: 'GET', path: '/a' });
  });

  it('are one where three paths differ in ids only', () => {
    const endpointOf = recogniseEndpoints(requests('/t/1', '/t/2?x', '/t/345'));
    expect(endpointOf({ method: 'POST', path: '/t/1' }).path).toBe('/t/{number}');
    expect(endpointOf({ method: 'PUT', path: '/t/1' }).path).toBe('/t/1');
  });

  it('are not one where two paths do, or one is sent three times', () => {
    expect(recogniseEndpoints(requests('/t/1', '/t/2'))({ method: 'POST', path: '/t/1' }).path).toBe('/t/1');
    expect(recogniseEndpoints(requests('/t/1', '/t/1', '/t/1'))({ method: 'POST', path: '/t/1' }).path).toBe('/t/1');
  });

  it('are what the user says', () => {
    const endpointOf = recogniseEndpoints([], ['/files/{name}']);
    expect(endpointOf({ method: 'GET', path: '/files/a.txt' }).path).toBe('/files/{name}');
    expect(endpointOf({ method: 'GET', path: '/files/a/b' }).path).toBe('/files/a/b');
  });
});
