import { expect, test } from 'vitest';
import { PageQueue } from '../../../src/record/forms/page-queue.js';

function order(queue: PageQueue): readonly string[] {
  const urls: string[] = [];
  for (let url = queue.next(); url !== undefined; url = queue.next()) urls.push(new URL(url).pathname);
  return urls;
}

const all = (...paths: readonly string[]) => paths.map((path) => `https://shop.test${path}`);

test('pages come once, in their order', () => {
  const queue = new PageQueue();
  queue.know('https://shop.test/known');
  queue.add(all('/a', '/b', '/a', '/known', '/posts/1', '/posts/2'));
  expect(order(queue)).toEqual(['/a', '/b', '/posts/1']);
});

test('a part of the site that never ends leaves room for the others', () => {
  const queue = new PageQueue();
  queue.add(
    all('/cal/may', '/cal/june', '/cal/july', '/contact', '/about', '/admin/cal/x', '/admin/cal/y', '/admin/users/z'),
  );
  expect(order(queue)).toEqual([
    '/cal/may',
    '/contact',
    '/about',
    '/admin/cal/x',
    '/cal/june',
    '/admin/users/z',
    '/cal/july',
    '/admin/cal/y',
  ]);
});

test('no more than ten thousand pages wait', () => {
  const queue = new PageQueue();
  const name = (i: number) => `/p/${[...`${i}`].map((digit) => 'abcdefghij'[Number(digit)]).join('')}`;
  queue.add(all(...Array.from({ length: 12_000 }, (_, i) => name(i))));
  expect(queue.length).toBe(10_000);
});
