import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { measuredBody } from '../../src/record/clean.js';
import { captured, capturedAll, form, json, suiteOfRequests, type Told, textOf, wireOf } from './capture.js';

function reasonsOf(...requests: readonly Told[]) {
  return suiteOfRequests(capturedAll(...requests)).leftOut.map(({ reason }) => reason);
}

describe('what is written of a body', () => {
  test('is its fields, where encoding them gives the same bytes', () => {
    expect(textOf(suiteOfRequests([captured({ headers: form, body: 'a=x+y&a=%26' })]))).toContain(
      `form:\n      - [a, x y]\n      - [a, "&"]\n`,
    );
    expect(textOf(suiteOfRequests([captured({ headers: json, body: '{"a":1,"b":[null,true,"<b>"]}' })]))).toContain(
      'json:\n      a: 1\n      b:\n        - null\n        - true\n        - <b>\n',
    );
  });

  test.each([
    ['a form whose space is %20', form, 'a=x%20y'],
    ['JSON with white space', json, '{ "a": 1 }'],
    ['JSON whose keys would change places', json, '{"b":1,"1":2}'],
    ['a number that no double holds', json, '{"a":12345678901234567890}'],
    ['JSON that is none', json, '{"a":'],
  ])('is its text, where it is %s', async (_, headers, body) => {
    const imported = suiteOfRequests([captured({ headers, body })]);
    expect(textOf(imported)).toContain('    body: ');
    const [wire] = await wireOf(imported);
    expect(Buffer.from(wire?.body ?? []).toString()).toBe(body);
  });

  test('is base64, where it is no text', async () => {
    const bytes = Buffer.from([0xff, 0, 1]);
    const imported = suiteOfRequests([captured({ body: bytes })]);
    expect(textOf(imported)).toContain('body: !base64 /wAB\n');
    expect(Buffer.from((await wireOf(imported))[0]?.body ?? [])).toEqual(bytes);
  });

  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 40 }),
    fc.string({ unit: 'binary', maxLength: 40 }).map((text) => new TextEncoder().encode(text)),
    fc.json().map((text) => new TextEncoder().encode(text)),
    fc
      .array(fc.tuple(fc.string(), fc.string()))
      .map((pairs) => new TextEncoder().encode(`${new URLSearchParams(pairs)}`)),
    multipartBytes(),
  );
  const types = fc.constantFrom(
    undefined,
    'application/x-www-form-urlencoded',
    'application/json',
    'application/json; charset=utf-8',
    'multipart/form-data; boundary=xYz',
    'text/plain',
  );

  test('comes to the same bytes, whatever they are', async () => {
    await fc.assert(
      fc.asyncProperty(bytes, types, async (body, type) => {
        const headers = type === undefined ? [] : [['Content-Type', type] as const];
        const [wire] = await wireOf(
          suiteOfRequests([captured({ headers, body: body.length === 0 ? { kind: 'none' } : body })]),
        );
        expect(Buffer.from(wire?.body ?? [])).toEqual(Buffer.from(body));
        expect(wire?.headers.find(([name]) => name === 'Content-Type')?.[1]).toBe(type);
      }),
      { numRuns: 200 },
    );
  });
});

/** Forms as browsers send them, and cut short. */
function multipartBytes() {
  const part = fc.tuple(
    fc.string({ maxLength: 5 }),
    fc.option(fc.string({ maxLength: 5 })),
    fc.uint8Array({ maxLength: 10 }),
  );
  return fc.tuple(fc.array(part, { minLength: 1, maxLength: 3 }), fc.nat({ max: 3 })).map(([parts, cut]) => {
    const pieces = parts.flatMap(([name, filename, content]) => [
      Buffer.from(
        `--xYz\r\nContent-Disposition: form-data; name="${name}"${filename === null ? '' : `; filename="${filename}"\r\nContent-Type: image/png`}\r\n\r\n`,
      ),
      content,
      Buffer.from('\r\n'),
    ]);
    const whole = Buffer.concat([...pieces, Buffer.from('--xYz--\r\n')]);
    return new Uint8Array(whole.subarray(0, whole.length - cut));
  });
}

describe('a target', () => {
  test.each(['/a?b=1&c=%20x', '/list?ids[]=1&f={"a":1}', '/x?', '/?a', '/p%2Fq;v=1?q=a+b', '/e?e=%zz'])(
    'stays as it is: %s',
    async (target) => {
      const [wire] = await wireOf(suiteOfRequests([captured({ url: `https://shop.test${target}` })]));
      expect(wire?.target).toBe(target);
    },
  );
});

describe('what nobody needs', () => {
  test('is left out, with the reason', () => {
    expect(
      reasonsOf(
        { body: 'a' },
        { method: 'GET' },
        { method: 'OPTIONS' },
        { url: 'https://ads.test/' },
        { url: 'wss://shop.test/', method: 'GET' },
        { cause: 'beacon' },
        { cause: 'background' },
        { method: 'A B' },
        { headers: [['X', 'a\nb']] },
        { body: { kind: 'missing', reason: 'the bytes of a.png are not in it' } },
      ),
    ).toEqual([
      expect.stringContaining('only asks for something'),
      expect.stringContaining('preflight'),
      expect.stringContaining('another origin'),
      expect.stringContaining('web socket'),
      expect.stringContaining('beacon'),
      expect.stringContaining('background'),
      'its method cannot be sent',
      'a header of it cannot be sent',
      'the bytes of a.png are not in it',
    ]);
  });

  test('what older browsers copied of the request line among the headers goes', () => {
    const copied = { authority: 'shop.test', method: 'POST', path: '/a?b', scheme: 'https', 'x-method': 'POST' };
    const headersOf = (headers: Readonly<Record<string, string>>) =>
      textOf(
        suiteOfRequests([captured({ url: 'https://shop.test/a?b', headers: Object.entries(headers), body: 'x' })]),
      );
    expect(headersOf(copied)).toContain('headers:\n      x-method: POST\n');
    expect(headersOf(copied)).not.toContain('authority');
    expect(headersOf({ ...copied, authority: 'of-the-user' })).toContain(
      'authority: of-the-user\n      method: POST\n',
    );
  });

  test('is a header of the connection, the browser or the cache', async () => {
    const headers = ['Host', 'Connection', 'Content-Length', ':path', 'sec-ch-ua', 'If-None-Match', 'X-Wafproof-Id'];
    const [wire] = await wireOf(
      suiteOfRequests([
        captured({ headers: [...headers.map((name) => [name, '1'] as const), ['X-Own', '1']], body: 'a' }),
      ]),
    );
    expect(wire?.headers.map(([name]) => name)).toEqual(['User-Agent', 'Accept', 'X-Own', 'Content-Length']);
  });
});

describe('what was sent again', () => {
  test('is one case, whatever ids and tokens are in it', () => {
    const imported = suiteOfRequests(
      capturedAll(
        { url: 'https://shop.test/posts/17', body: 'csrf=t1&a=1', headers: form },
        { url: 'https://shop.test/posts/18', body: 'csrf=t2&a=1', headers: form },
        { url: 'https://shop.test/posts/18', body: 'csrf=t2&a=other', headers: form },
      ),
    );
    expect(imported.suites[0]?.cases.map(({ id }) => id)).toEqual(['post-posts-17', 'post-posts-18']);
    expect(imported.leftOut.map(({ reason }) => reason)).toEqual(['the same request again, but for ids and tokens']);
  });

  test('is one case where the path has the title of something in it, and says which endpoint it is of', () => {
    const urls = ['flour-of-spelt-187', 'flour-of-rye-9'].map((slug) => `https://shop.test/products/${slug}/reviews`);
    const imported = suiteOfRequests(urls.map((url) => captured({ url, body: 'x' })));
    expect(imported.suites[0]?.cases).toHaveLength(1);
    expect(textOf(imported)).toContain('endpoint: /products/{name}/reviews\n');
  });

  test('keeps three numbers that may be of the name', () => {
    const urls = [1, 2, 3, 4].map((n) => `https://shop.test/step${n}`);
    expect(suiteOfRequests(urls.map((url) => captured({ url, body: 'x' }))).suites[0]?.cases).toHaveLength(3);
  });

  test('is two cases in what was written by hand', () => {
    const requests = ['/items/7', '/items/8', '/items/8'].map((path) => captured({ url: path }));
    expect(suiteOfRequests(requests, { isRecorded: false }).suites[0]?.cases).toHaveLength(2);
  });
});

describe('secrets and tokens', () => {
  const secrets = ['hunter2-Zx9', 'eyJhbGciOiJIUzI1NiJ9.e30.abc', 'sk_live_51H8', 'a81bc81b-dead-4e5d', 'c00k1e-v4lue'];
  const imported = () =>
    suiteOfRequests(
      capturedAll(
        { url: 'https://shop.test/login', headers: form, body: `user=ann&password=${secrets[0]}&csrf=t0k` },
        { url: 'https://shop.test/j', headers: json, body: `{ "auth": {"client_secret": "${secrets[0]}", "n": 1} }` },
        { url: `https://shop.test/q?api_key=${secrets[2]}&a=%20`, body: 'x' },
        {
          url: 'https://shop.test/h',
          headers: [
            ['Authorization', `Bearer ${secrets[1]}`],
            ['X-Api-Key', `${secrets[3]}`],
            ['Cookie', `sid=${secrets[4]}; theme=dark`],
            ['X-CSRF-Token', 't0k'],
          ],
          body: 'x',
        },
        { url: 'https://shop.test/leak', body: `my password is ${secrets[0]}` },
        { url: 'https://shop.test/xml', body: '<login><password>abc</password></login>' },
      ),
    );

  test('are in no suite, and what is to be set is said', () => {
    const text = textOf(imported());
    for (const secret of secrets) expect(text).not.toContain(secret);
    expect(imported().needed).toEqual([
      { kind: 'env', name: 'SHOP_PASSWORD', of: 'the field "password" of POST /login' },
      { kind: 'session', name: 'csrf', of: 'the field "csrf" of POST /login' },
      { kind: 'env', name: 'SHOP_API_KEY', of: 'the field "api_key" of POST /q' },
      { kind: 'env', name: 'SHOP_AUTHORIZATION', of: 'the header Authorization of POST /h' },
      { kind: 'env', name: 'SHOP_X_API_KEY', of: 'the header X-Api-Key of POST /h' },
      { kind: 'session', name: 'csrf-token', of: 'the header X-CSRF-Token of POST /h' },
    ]);
    expect(imported().notes).toEqual([
      'without their cookies, which a session of the target brings: sid, theme',
      'spelled anew because a secret was taken out of the body: 1',
    ]);
  });

  test('leave a request out where they cannot be taken out of it', () => {
    expect(imported().leftOut.map(({ name, reason }) => `${name}: ${reason}`)).toEqual([
      'POST https://shop.test/xml: a secret stands in its body, which cannot be taken apart',
      'POST https://shop.test/leak: a secret stands in it where it cannot be taken out',
    ]);
  });

  test('are what they were once they are set', async () => {
    const env = { SHOP_PASSWORD: secrets[0] ?? '', SHOP_API_KEY: 'k', SHOP_AUTHORIZATION: 'a', SHOP_X_API_KEY: 'x' };
    const [login] = await wireOf(imported(), env);
    expect(Buffer.from(login?.body ?? []).toString()).toMatch(/^user=ann&password=hunter2-Zx9&csrf=/);
  });

  test('stay where nothing is written to a file', () => {
    const request = captured({ headers: form, body: 'password=abc&csrf=t' });
    expect(textOf(suiteOfRequests([request], { keepSecrets: true }))).toContain('password: abc\n      csrf: t\n');
  });

  test('are not seen in what documentation writes in their place', () => {
    const body = 'password=%7B%7Bpassword%7D%7D&token=xxxx&api_key=YOUR_API_KEY';
    expect(suiteOfRequests([captured({ headers: form, body })]).needed).toEqual([]);
  });

  test('come from a session where an earlier answer brought them', () => {
    const answer = { status: 200, headers: [], text: '<input name="form_key" value="q7Yx92LmPq81Zr4K">' };
    const [first, second] = [
      captured({ url: 'https://shop.test/cart', body: 'x', answer }),
      captured({ url: 'https://shop.test/buy', headers: form, body: 'item=q7Yx92LmPq81Zr4K&n=1' }),
    ];
    expect(suiteOfRequests([first, second]).needed).toEqual([
      { kind: 'session', name: 'item', of: 'the field "item" of POST /buy' },
    ]);
    expect(suiteOfRequests([second, first]).needed).toEqual([]);
  });
});

test('a body that is not whole is missing', () => {
  expect(measuredBody(Buffer.from('abc'), '3')).toEqual({ kind: 'bytes', bytes: Buffer.from('abc') });
  expect(measuredBody(Buffer.from(''), undefined)).toEqual({ kind: 'none' });
  expect(measuredBody(Buffer.from('abc'), '5')).toEqual({
    kind: 'missing',
    reason: 'its body is not whole: 3 bytes are there and 5 were sent',
  });
});

describe('what only looks like a secret', () => {
  test.each([
    'curl -u ann:secret https://shop.test',
    'mysql --password=wrong < dump.sql',
    '{"title":"Passwords","max_tokens":4096}',
    'I forgot my password: what is it?',
    '/download?of=2024&sort=name',
  ])('stays as it was written: %s', (note) => {
    const imported = suiteOfRequests([captured({ headers: form, body: `${new URLSearchParams({ note })}` })]);
    expect([imported.needed, imported.leftOut]).toEqual([[], []]);
  });
});

describe('a form of an earlier page', () => {
  const text =
    '<form method="post"><input type="hidden" name="csrf_token" value="f3a91c0b77de42aa8f6a10cc"><input name="a"></form>';
  const body = 'csrf_token=f3a91c0b77de42aa8f6a10cc&a=x';
  const sent = (query: string) => {
    const url = `https://shop.test/add${query}`;
    const page = captured({ method: 'GET', url, answer: { status: 200, headers: [], text } });
    return textOf(suiteOfRequests([page, captured({ url, headers: form, body })]));
  };

  test('brings its own fields, so that only what somebody entered is in the case', () => {
    expect(sent('?of=7')).toContain('from:\n      page: /add?of=7\n');
    expect(sent('?of=7')).not.toContain('csrf_token');
  });

  test('is not fetched by an address that has a secret in it', () => {
    const suite = sent('?api_key=K3y-8f14e45fceea167a5a36');
    expect(suite).toContain('api_key: !env SHOP_API_KEY');
    expect(suite).toContain('csrf_token: !session csrf_token');
    expect(suite).not.toMatch(/from:|K3y/);
  });
});

test('a value that a script took from the environment is a secret wherever it stands', () => {
  const secrets = new Map([['blue horse', 'SHOP_WORD']]);
  const request = captured({ headers: form, body: 'word=blue+horse&note=a+blue+horse+runs' });
  expect(suiteOfRequests([request], { secrets }).leftOut.map(({ reason }) => reason)).toEqual([
    'a secret stands in it where it cannot be taken out',
  ]);
  const imported = suiteOfRequests([captured({ headers: form, body: 'word=blue+horse' })], { secrets });
  expect(textOf(imported)).toContain('word: !env SHOP_WORD');
  expect(imported.needed).toEqual([{ kind: 'env', name: 'SHOP_WORD', of: 'the field "word" of POST /' }]);
});

test.each([
  ['_wpnonce_add-tag', 'c0c1dd73de'],
  ['_ajax_nonce-add-category', '2f1c5e8a7b'],
  ['token', `${'0123456789abcdef'.repeat(2)}66f1c2d3+\\`],
])('%s guards a form: a session brings it, and nothing is to be set', (name, value) => {
  const body = new URLSearchParams([
    [name, value],
    ['title', 'Hours'],
  ]).toString();
  const imported = suiteOfRequests([captured({ headers: form, body })]);
  expect(textOf(imported)).toContain(`${name}: !session `);
  expect(imported.needed).toEqual([expect.objectContaining({ kind: 'session', name: name.toLowerCase() })]);
});
