import { describe, expect, it } from 'vitest';
import { matchesPath } from '../../src/model/path-template.js';
import { recogniseEndpoints, recognisePaths } from '../../src/request/endpoints.js';

function requests(...paths: string[]) {
  return paths.map((path) => ({ method: 'POST', path }));
}

describe('endpoints', () => {
  it('are paths without query', () => {
    expect(recogniseEndpoints([])({ method: 'GET', path: '/a?b=/c' })).toEqual({ method: 'GET', path: '/a' });
  });

  it('are one for all paths that differ in an id, of which one is enough', () => {
    const endpointOf = recogniseEndpoints(requests('/t/1?x'));
    expect(endpointOf({ method: 'POST', path: '/t/1?x' }).path).toBe('/t/{number}');
    expect(endpointOf({ method: 'PUT', path: '/t/345' }).path).toBe('/t/{number}');
  });

  it.each([
    ['/tickets/17', '/tickets/{number}'],
    ['/o/123e4567-e89b-12d3-a456-426614174000/x', '/o/{uuid}/x'],
    ['/c/3f2a9c01d4', '/c/{hex}'],
    ['/files/5f3a2b1c9d8e7f6a5b4c3d2e/raw', '/files/{hex}/raw'],
    ['/x/01ARZ3NDEKTSV4RRFFQ69G5FAV', '/x/{ulid}'],
    ['/watch/dQw4w9WgXcQ', '/watch/{hash}'],
    ['/d/2024-01-31', '/d/{date}'],
    ['/d/2024-01-31T10:00:00Z', '/d/{time}'],
    ['/blog/2024/01/title', '/blog/{number}/{number}/title'],
    ['/u/jane.doe@example.com/notes', '/u/{email}/notes'],
    ['/u/jane.doe%40example.com/notes', '/u/{email}/notes'],
    ['/p/V1StGXR8_Z5jdHi6B-myT', '/p/{token}'],
    ['/odata/Items(42)', '/odata/Items({number})'],
    ['/doc/42.json', '/doc/{number}.json'],
    ['/photo-123e4567-e89b-12d3-a456-426614174000.jpg', '/photo-{uuid}.jpg'],
  ])('sees what is generated in %s', (path, template) => {
    expect(recogniseEndpoints([])({ method: 'GET', path }).path).toBe(template);
    expect(matchesPath(template, path)).toBe(true);
  });

  it.each([
    '/feedface',
    '/api/v2/items',
    '/api/2/items',
    '/2024-report',
    '/top-10',
    '/errors/404',
    '/jquery-3.6.0.min.js',
    '/oauth2/token',
    '/sha256',
    '/users/%31%32',
    '/rows/{number}',
  ])('sees nothing generated in %s', (path) => {
    expect(recognisePaths([])(path)).toEqual({ template: path, isDoubtful: false });
  });

  it.each(['/404', '/reports/2024', '/order-1234', '/posts/a-title-12345'])('is in doubt of %s alone', (path) => {
    expect(recognisePaths([path])(path)).toEqual({ template: path, isDoubtful: true });
  });

  it('takes three paths that differ in what is in doubt as one', () => {
    const orders = ['/order-12', '/order-1234', '/order-99'];
    expect(recognisePaths(orders)('/order-12')).toEqual({ template: '/order-{number}', isDoubtful: false });
    expect(recognisePaths(orders.slice(1))('/order-1234').template).toBe('/order-1234');
    expect(recognisePaths(['/t/1/order-7', '/t/2/order-7', '/t/3/order-7'])('/t/1/order-7').template).toBe(
      '/t/{number}/order-7',
    );
  });

  it('are what the user says', () => {
    const endpointOf = recogniseEndpoints([], ['/files/{name}']);
    expect(endpointOf({ method: 'GET', path: '/files/a.txt' }).path).toBe('/files/{name}');
    expect(endpointOf({ method: 'GET', path: '/files/a/b' }).path).toBe('/files/a/b');
  });
});
