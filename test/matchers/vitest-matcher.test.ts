import { describe, expect, test } from 'vitest';
import '../../src/matchers/vitest.js';

const sql = 'SELECT name FROM users WHERE id = 1 OR 1=1; -- how does this work?';

/** The message of an assertion that fails. */
async function messageOf(assertion: Promise<unknown>): Promise<string> {
  return assertion.then(
    () => 'it passes',
    (error: unknown) => (error instanceof Error ? error.message : `${error}`),
  );
}

const requests = {
  'a Request with a form': () =>
    new Request('https://shop.example/api/comments?a=1', {
      method: 'POST',
      body: new URLSearchParams({ comment: sql }),
    }),
  'a Request with JSON': () =>
    new Request('https://shop.example/api/comments', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ comment: sql }),
    }),
  'a Request with a multipart form': () => {
    const body = new FormData();
    body.set('comment', sql);
    return new Request('https://shop.example/api/comments', { method: 'POST', body });
  },
  'a plain object': () => ({ path: '/api/comments', form: { comment: sql } }),
  'a plain object with bytes': () => ({
    path: '/api/comments',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body: Buffer.from(new URLSearchParams({ comment: sql }).toString()),
  }),
};

describe.each(Object.entries(requests))('%s', (_, request) => {
  test('that is refused tells rule, place, trigger and the narrowest exclusion', async () => {
    const message = await messageOf(expect(request()).toPassWaf());
    expect(message).toMatch(/^expected POST \/api\/comments(?:\?a=1)? to pass the WAF, and it is refused\n\n/);
    expect(message).toMatch(/942100 in ARGS:(?:json\.)?comment: /);
    expect(message).toMatch(/trigger {2}.*\[\[.*SELECT.*\]\]/);
    expect(message).toContain('The narrowest exclusion that clears it, proved on ModSecurity ');
    expect(message).toMatch(/ctl:ruleRemoveTargetById=942100;ARGS:(?:json\.)?comment"/);
    expect(message).not.toContain('\n#');
  });
});

test('a request that is refused at another paranoia level only passes at this one', async () => {
  const request = { path: '/a', form: { note: 'A -- B' } };
  await expect(request).toPassWaf({ paranoia: 1 });
  expect(await messageOf(expect(request).toPassWaf({ paranoia: 4 }))).toContain('paranoia level 4');
});

test('a Request can be sent after it was checked', async () => {
  const request = new Request('https://shop.example/', { method: 'POST', body: new URLSearchParams({ q: 'hello' }) });
  await expect(request).toPassWaf();
  expect(await request.text()).toBe('q=hello');
});

test('.not is for requests that are to be refused', async () => {
  await expect({ path: '/a', form: { q: sql } }).not.toPassWaf();
  expect(await messageOf(expect({ path: '/a' }).not.toPassWaf())).toBe(
    'expected the WAF to refuse GET /a, and it passes',
  );
});

const formOf = (name: string, value: string | File) => {
  const form = new FormData();
  form.append(name, value);
  return form;
};

test.each([
  ['URLSearchParams as a form', { form: new URLSearchParams({ q: sql }) }],
  ['URLSearchParams as a query', { query: new URLSearchParams({ q: sql }) }],
  ['FormData as a form', { form: formOf('q', sql) }],
  ['Headers', { headers: new Headers({ 'X-Note': sql }), form: { q: sql } }],
  ['a Map', { form: new Map([['q', sql]]) }],
  ['URLSearchParams as a body', { method: 'POST', body: new URLSearchParams({ q: sql }) }],
  ['FormData with a file as a body', { body: formOf('file', new File(['x'], `${sql}.txt`)) }],
  ['a Blob', { body: new Blob([`q=${encodeURIComponent(sql)}`], { type: 'application/x-www-form-urlencoded' }) }],
] as const)('%s is checked for what is in it', async (_, request) => {
  await expect({ path: '/a', ...request }).not.toPassWaf();
});

test.each([
  [new URL('https://example.com/?q=1'), /a request is a Request .*, not URL; new Request\(url\)/],
  [new Response('x'), /not Response/],
  ['https://example.com', /not String/],
  [null, /not Null/],
  [undefined, /not Undefined/],
  [[{ path: '/a' }], /not Array/],
  [{ form: formOf('file', new File(['x'], 'a.txt')) }, /"form" holds File/],
  [{ json: { tags: new Set(['a']) } }, /"json" holds Set/],
])('what would be checked without its values is refused: %s', async (request, message) => {
  expect(await messageOf(expect(request).toPassWaf())).toMatch(message);
});

test('a Request that was read already is refused', async () => {
  const request = new Request('https://example.com', { method: 'POST', body: 'q=x' });
  await request.text();
  expect(await messageOf(expect(request).toPassWaf())).toMatch(/the body of the Request was read already/);
});

test.each([
  [{ path: 'a' }, /a path begins with "\/"/],
  [{ pth: '/a' }, /"pth" is not a key of a case; did you mean "path"/],
  [{ form: {}, json: 1 }, /a request has one body/],
])('%j is a mistake that is named', async (request, message) => {
  expect(await messageOf(expect(request).toPassWaf())).toMatch(message);
});
