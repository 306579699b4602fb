import { describe, expect, test } from 'vitest';
import { proxyFor } from '../../src/replay/proxy.js';
import { serveTls } from './certificates.js';
import { get, post, serveHttp, transportTo } from './loopback.js';
import { serveForwardProxy } from './proxy-fixture.js';

const origin = (url: string, env: Readonly<Record<string, string>>) => proxyFor(url, env)?.origin;
const proxy = 'http://proxy.example:3128';

describe('the proxy that the environment names', () => {
  test.each([
    ['http://shop.example/', { HTTP_PROXY: proxy }, proxy],
    ['http://shop.example/', { HTTPS_PROXY: proxy }, undefined],
    ['https://shop.example/', { HTTPS_PROXY: proxy }, proxy],
    ['https://shop.example/', { https_proxy: 'http://low.example:1', HTTPS_PROXY: proxy }, 'http://low.example:1'],
    ['http://shop.example/', { http_proxy: '', HTTP_PROXY: 'proxy.example:3128' }, proxy],
    ['http://shop.example/', { HTTP_PROXY: '' }, undefined],
    ['http://localhost:8080/', { HTTP_PROXY: proxy }, undefined],
    ['http://app.localhost/', { HTTP_PROXY: proxy }, undefined],
    ['http://127.1.2.3/', { HTTP_PROXY: proxy }, undefined],
    ['http://[::1]/', { HTTP_PROXY: proxy }, undefined],
    ['http://10.1.2.3/', { HTTP_PROXY: proxy }, proxy],
  ])('of %s with %j is %s', (url, env, expected) => {
    expect(origin(url, env)).toBe(expected);
  });

  test.each([
    ['shop.example', true],
    ['example', true],
    ['.example', true],
    ['*.example', true],
    ['SHOP.example:80', true],
    ['shop.example:443', false],
    ['op.example', false],
    ['a.example, shop.example', true],
    ['a.example b.example', false],
    ['*', true],
    ['', false],
    [' , ,', false],
  ])('is not asked for shop.example with NO_PROXY=%j: %s', (list, isExempt) => {
    for (const name of ['NO_PROXY', 'no_proxy'])
      expect(origin('http://shop.example/', { HTTP_PROXY: proxy, [name]: list })).toBe(isExempt ? undefined : proxy);
  });

  test.each([
    ['10.0.0.0/8', true],
    ['10.1.2.3', true],
    ['192.0.2.0/24', false],
    ['10.0.0.0/99', false],
    ['2.3', false],
  ])('is not asked for 10.1.2.3 with NO_PROXY=%s: %s', (list, isExempt) => {
    expect(origin('http://10.1.2.3/', { HTTP_PROXY: proxy, NO_PROXY: list })).toBe(isExempt ? undefined : proxy);
  });

  test.each(['socks5://proxy.example:1080', 'http://', 'http://a%zz:b@proxy.example', 'not a url'])(
    'is refused where it is %s, without telling it',
    (value) => {
      expect(() => proxyFor('http://shop.example/', { HTTP_PROXY: value })).toThrow(
        expect.objectContaining({ code: 'PROXY_INVALID', message: expect.not.stringContaining('proxy.example') }),
      );
    },
  );
});

/** The proxy for a URL, from the environment. */
function through(url: string, proxyUrl: string) {
  const found = proxyFor(url, { HTTP_PROXY: proxyUrl, HTTPS_PROXY: proxyUrl });
  return found === undefined ? {} : { proxy: found };
}

describe('requests through a proxy', () => {
  test('are whole URLs over HTTP, with all that the request has', async () => {
    const server = await serveHttp((request, response) =>
      response.end(`${request.method} ${request.url} ${request.headers.host} ${request.headers['x-wafproof-id']}`),
    );
    const { url, asked } = await serveForwardProxy(server);
    const transport = transportTo('http://shop.example/base', through('http://shop.example', url));
    const pooled = await transport.send(get('/a?b=%2f'), 'w7-1');
    const exact = await transport.send(post('/b', 'body', ['Transfer-Encoding', 'chunked']), 'w7-2');
    expect(asked).toEqual(['GET http://shop.example/base/a?b=%2f', 'POST http://shop.example/base/b']);
    expect(pooled.outcome).toMatchObject({ bodyExcerpt: 'GET /base/a?b=%2f shop.example w7-1' });
    expect(exact.outcome).toMatchObject({ bodyExcerpt: 'POST /base/b shop.example w7-2' });
  });

  test('go through a tunnel over TLS, and the certificate is that of the target', async () => {
    const server = await serveTls();
    const { url, asked } = await serveForwardProxy(server.url);
    const options = through('https://shop.example', url);
    const strict = await transportTo('https://shop.example', options).send(get('/'), 'w7-0');
    expect(strict.outcome).toMatchObject({ kind: 'failed', reason: 'tls' });
    const transport = transportTo('https://shop.example', { ...options, ca: server.ca });
    const pooled = await transport.send(get('/a'), 'w7-1');
    const again = await transport.send(get('/b'), 'w7-2');
    const exact = await transport.send(get('/c', ['Upgrade', 'none']), 'w7-3');
    const bodies = [pooled, again, exact].map(({ outcome }) => outcome);
    expect(bodies).toMatchObject(['/a', '/b', '/c'].map((path) => ({ bodyExcerpt: `shop.example ${path}` })));
    expect(asked).toEqual(Array.from({ length: 3 }, () => 'CONNECT shop.example:443'));
  });

  test.each(['http://shop.example', 'https://shop.example'])(
    'bear credentials to the proxy alone: %s',
    async (target) => {
      const plain = await serveHttp((request, response) => response.end(`${request.headers['proxy-authorization']}`));
      const { url: tls, ca } = await serveTls();
      const wanted = `Basic ${Buffer.from('ann:p@ss').toString('base64')}`;
      const { url } = await serveForwardProxy(target.startsWith('https') ? tls : plain, wanted);
      const known = through(target, url.replace('http://', 'http://ann:p%40ss@'));
      const right = await transportTo(target, { ...known, ca }).send(get('/'), 'w7-1');
      expect(right.outcome).toMatchObject({
        status: 200,
        bodyExcerpt: target.startsWith('https') ? 'shop.example /' : 'undefined',
      });
      const { outcome } = await transportTo(target, { ...through(target, url), ca }).send(get('/'), 'w7-2');
      if (outcome.kind === 'answered') expect(outcome.status).toBe(407);
      else expect(outcome.message).toMatch(/the proxy http:\/\/127\S+ \(HTTPS_PROXY\): it answered 407 to CONNECT/);
    },
  );

  test('fail with its name where it is down', async () => {
    const transport = transportTo('https://shop.example', through('https://shop.example', 'http://127.0.0.1:1'));
    const { outcome } = await transport.send(get('/'), 'w7-1');
    expect(outcome).toMatchObject({
      reason: 'connection-refused',
      message: expect.stringMatching(/^the proxy http:\/\/127.0.0.1:1/),
    });
  });
});
