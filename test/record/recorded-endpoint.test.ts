import fc from 'fast-check';
import { expect, test } from 'vitest';
import { matchesPath } from '../../src/model/path-template.js';
import { recordedEndpoint } from '../../src/record/recorded-endpoint.js';

test.each([
  ['/posts/hello-world-5821', '/posts/{name}'],
  ['/posts/5821-hello/comments', '/posts/{name}/comments'],
  ['/p/flour-of-rye-p187.html', '/p/{name}'],
  ['/products/blue-shirt-42/reviews?page=2', '/products/{name}/reviews'],
  ['/order-17', '/order-{number}'],
  ['/orders/ORD-2024-000187/lines/3', '/orders/ORD-2024-{number}/lines/{number}'],
  ['/invoices/INV187', '/invoices/INV{number}'],
  ['/u/ab12cd/comments', '/u/{hex}/comments'],
  ['/x;id=187/save', '/x;id={number}/save'],
])('an id that one path does not show to be one is none of the endpoint: %s', (path, endpoint) => {
  expect(recordedEndpoint(path)).toBe(endpoint);
});

test.each([
  '/items/5821/edit',
  '/step2',
  '/2024-report',
  '/api/v2/items',
  '/add-new-user',
  '/wp-comments-post.php',
  '/',
])('nothing is said where the path tells all there is: %s', (path) => {
  expect(recordedEndpoint(path)).toBeUndefined();
});

test('the path is always one of its endpoint', () => {
  const segment = fc.oneof(
    fc.string({ unit: fc.constantFrom(...'ab1-_.{}number%;=') }),
    fc
      .tuple(fc.constantFrom('order', 'a-b', 'ORD'), fc.constantFrom('-', '', '_'), fc.nat())
      .map((parts) => parts.join('')),
  );
  const path = fc
    .array(
      segment.map((text) => text.replace(/[/?]/g, '')),
      { minLength: 1 },
    )
    .map((all) => `/${all.join('/')}`);
  fc.assert(
    fc.property(path, (given) => {
      const endpoint = recordedEndpoint(given);
      if (endpoint !== undefined) expect(matchesPath(endpoint, given)).toBe(true);
    }),
  );
});
