import type { RequestListener } from 'node:http';
import { describe, expect, test } from 'vitest';
import { serveHttp } from '../../replay/loopback.js';
import { chromium } from '../../report/browser.js';
import { allWritten, recordClicks } from './recorded.js';

/** What gives somebody access: each stands somewhere else. */
const secrets = {
  typed: 'Purple-monkey-9932',
  shadow: 'Green-gorilla-4471',
  cookie: 'c00k1e-8f14e45fceea167a',
  savedCookie: 's4ved-1679091c5a880faf6',
  saved: 'dEv1ce-7c4a8d09ca3762af61e5',
  access: 'q7Yx92LmPq81Zr4Ks8Tn',
  identity: 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI5OTMyIn0.dozjgNryP4J3jVmNHl0w5N',
  query: 'K3y-e4da3b7fbbce2345d777',
  path: 'c3k-4f1a2b3c4d5e6f708192',
  part: 'uP7Kd02mVb71Rt5WpZx3',
  title: 'ghp_16C7e42F292c6912E7710c838347Ae178B4a',
  user: 'let-me-1n-7741',
};

const page = `<!doctype html><title>Sign in</title>
<form method=post action=/session><input name=who><input name=x1 type=PassWord><button>Sign in</button></form><div id=host></div>
<script>
const root = host.attachShadow({ mode: 'open' });
root.innerHTML = '<input id=field type=password>';
const post = (path, headers, body) => fetch(path, { method: 'POST', headers, body });
const json = { 'Content-Type': 'application/json' };
window.send = async () => {
  await post('/device', { ...json, 'X-Device': localStorage.getItem('device') }, JSON.stringify({ device: JSON.parse(localStorage.getItem('state')).user.device }));
  await post('/shadow', json, JSON.stringify({ y: root.querySelector('#field').value }));
  await post('/tokens', json, JSON.stringify({ access_token: '${secrets.access}', id_token: '${secrets.identity}' }));
  await post('/search?apiKey=${secrets.query}', { 'Content-Type': 'application/x-www-form-urlencoded' }, 'q=flour');
  await post('/reset/MQ/${secrets.path}/', json, '{"a":1}');
  const parts = new FormData();
  parts.append('upload_token', '${secrets.part}');
  await fetch('/parts', { method: 'POST', body: parts });
  document.title = 'Key ${secrets.title}';
  history.pushState(null, '', '/read?access_token=${secrets.query}');
  await post('/titled', json, '{"note":"We open on Monday."}');
};
</script>`;

const listener: RequestListener = (request, response) => {
  request.resume();
  const user = Buffer.from(`ann:${secrets.user}`).toString('base64');
  if (request.headers.authorization !== `Basic ${user}`)
    return void response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="mill"' }).end();
  response.setHeader('Set-Cookie', `sid=${secrets.cookie}; Path=/`);
  response.setHeader('Content-Type', 'text/html').end(page);
};

const clicks = `
export default async (page) => {
  await page.fill('[name=who]', 'ann');
  await page.fill('[name=x1]', '${secrets.typed}');
  await page.click('text=Sign in');
  await page.fill('#field', '${secrets.shadow}');
  await page.evaluate(() => window.send());
};`;

const state = (url: string) => ({
  cookies: [
    {
      name: 'remember',
      value: secrets.savedCookie,
      domain: new URL(url).hostname,
      path: '/',
      expires: -1,
      httpOnly: true,
      secure: false,
      sameSite: 'Lax',
    },
  ],
  origins: [
    {
      origin: new URL(url).origin,
      localStorage: [
        { name: 'theme', value: 'dark' },
        { name: 'device', value: secrets.saved },
        { name: 'state', value: JSON.stringify({ user: { device: secrets.saved } }) },
      ],
    },
  ],
});

describe.skipIf(chromium === undefined)('secrets in a browser', () => {
  test('are in no file and on no terminal, wherever they stand, and a saved session is used', async () => {
    const cookies: string[] = [];
    const url = await serveHttp((request, response) => {
      cookies.push(request.headers.cookie ?? '');
      listener(request, response);
    });
    const files = { 'clicks.mjs': clicks, 'state.json': JSON.stringify(state(url)) };
    const address = url.replace('//', `//ann:${secrets.user}@`);
    const words = ['--script', 'clicks.mjs', '--storage', 'state.json', '--waf', 'embedded', '--har', 'out/a.har'];
    const { cwd, code, stdout, stderr } = await recordClicks([address, ...words], files);
    expect(code, stdout + stderr).toBe(0);
    expect(cookies[0]).toBe(`remember=${secrets.savedCookie}`);
    const folders = await Promise.all(['suites', 'out', 'reports'].map((name) => allWritten(`${cwd}/${name}`)));
    const written = `${folders.join('\n')}${stdout}${stderr}`;
    expect(folders[0]).toContain('We open on Monday.');
    for (const path of ['/session', '/device', '/shadow', '/tokens', '/search', '/parts', '/titled'])
      expect(folders[0]).toContain(`path: ${path}\n`);
    const found = Object.entries(secrets).filter(([, secret]) =>
      [secret, secret.toLowerCase(), Buffer.from(secret).toString('base64').slice(0, -4)].some((one) =>
        written.includes(one),
      ),
    );
    expect(found).toEqual([]);
  }, 120_000);
});
