import { expect, test } from 'vitest';
import { isAsset, RecordedTraffic } from '../../src/record/recorded-traffic.js';

test.each([
  ['/style.css', 'text/css', true],
  ['/wp-includes/js/jquery.min.js?ver=3.6.1', 'text/javascript', true],
  ['/load-scripts.php?c=0&load%5Bchunk_0%5D=jquery-core,utils&ver=6.1', 'application/javascript', true],
  ['/search.js?q=%27+or+1%3D1', 'text/javascript', false],
  ['/thumb?file=../../photo.png', 'image/png', false],
  ['/page?ver=6.1', 'text/html', false],
  ['/api/items?ver=6.1', 'application/json', false],
])('%s as %s is a part of a page: %s', (target, type, expected) => {
  const traffic = new RecordedTraffic({ origin: 'http://shop.test', sender: 'tests', testHeader: 'X-Title' });
  const answer = { status: 200, headers: [['Content-Type', type] as const], body: Buffer.alloc(0) };
  traffic.add({ index: 0, method: 'GET', target, headers: [['Host', 'shop.test']], length: 0, answer });
  expect(traffic.requests().map(isAsset)).toEqual([expected]);
});
