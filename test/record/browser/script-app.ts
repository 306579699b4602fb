import { createHash, randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { serveHttp } from '../../replay/loopback.js';

/** A request that the application took. */
export interface TakenRequest {
  readonly line: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/** An application in which scripts make what a request needs: nobody logs in to it, or sends its forms, without them. */
export interface ScriptApp {
  readonly url: string;
  readonly taken: readonly TakenRequest[];
  /** Requests that arrived: they had all that they need. */
  readonly arrived: readonly TakenRequest[];
  logins(): number;
  /** All sessions end, once, just before the n-th request such as `POST /api/posts`. */
  forgetBefore(line: string, nth: number): void;
}

export const appPassword = 'Sesame-open-7741';

const digest = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 24);

/** SHA-256 is for secure contexts only, and this is a page over HTTP: a sum that nobody else computes. */
const proofScript = `function proofOf(text) { let sum = 7; for (const c of text) sum = (sum * 31 + c.codePointAt(0)) % 1000003; return 'proof-' + sum + '-' + 'x'.repeat(12); }`;

export function proofOf(text: string): string {
  let sum = 7;
  for (const char of text) sum = (sum * 31 + (char.codePointAt(0) ?? 0)) % 1_000_003;
  return `proof-${sum}-${'x'.repeat(12)}`;
}

const page = (title: string, body: string, script: string) =>
  `<!doctype html><title>${title}</title>${body}<script>${proofScript}${script}</script>`;

const loginPage = page(
  'Log in',
  `<form id="login" method="post" action="/login"><input name="user"><input type="password" name="password"><input type="hidden" name="proof"><button>Log in</button></form>`,
  `document.querySelector('#login').addEventListener('submit', (event) => { event.target.elements.proof.value = proofOf(event.target.elements.user.value); });`,
);

const contactPage = page(
  'Contact',
  `<form class="contact" method="post" action="/contact">
<input type="hidden" name="proof" value="stale"><input type="hidden" name="elements" value="e"><input name="email" type="email" required value="ann@example.com">
<select name="topic"><option value="a">A</option><option value="b" selected>B</option></select>
<label><input type="checkbox" name="copy" value="1" checked>Copy</label><label><input type="checkbox" name="terms" value="yes">Terms</label>
<textarea name="message"></textarea><button name="send" value="Send">Send</button></form>`,
  `document.querySelector('.contact').addEventListener('submit', (event) => { const form = event.target; form.querySelector('[name=proof]').value = proofOf(form.querySelector('[name=message]').value); });
fetch('/heartbeat', { method: 'POST', body: 'beat' });`,
);

const widgetPage = page(
  'Widget',
  `<div id="root"></div>`,
  `setTimeout(() => {
  document.querySelector('#root').innerHTML = '<form id="widget"><input name="title"><textarea name="text" hidden></textarea><button type="submit">Save</button></form>';
  document.querySelector('#widget').addEventListener('submit', async (event) => {
    event.preventDefault();
    if (!confirm('Really?')) return;
    const fields = Object.fromEntries(new FormData(event.target));
    await fetch('/metrics', { method: 'POST', body: 'clicked' });
    await fetch('/api/widgets', { method: 'POST', headers: { 'Content-Type': 'application/json', 'X-Proof': proofOf(fields.title) }, body: JSON.stringify(fields) });
  });
}, 150);`,
);

const uploadPage = page(
  'Upload',
  `<form id="upload" method="post" action="/upload" enctype="multipart/form-data"><input type="hidden" name="proof"><input name="title"><input type="file" name="file" multiple></form>`,
  `document.querySelector('#upload').addEventListener('submit', (event) => { event.target.elements.proof.value = proofOf(event.target.elements.title.value); });`,
);

const silentPage = page(
  'Silent',
  '<form id="silent" method="post"><input name="a"></form>',
  `document.querySelector('#silent').addEventListener('submit', (event) => { event.preventDefault(); fetch('/other', { method: 'POST', body: 'other' }); });`,
);

const editorPage = (nonce: string) =>
  page('Editor', '', `setTimeout(() => { window.api = { nonce: ${JSON.stringify(nonce)}, list: [1] }; }, 100);`);

const pages: Readonly<Record<string, string>> = {
  'GET /login': loginPage,
  'GET /contact': contactPage,
  'GET /widget': widgetPage,
  'GET /upload': uploadPage,
  'GET /silent': silentPage,
};

interface Answer {
  readonly status: number;
  readonly location?: string;
  readonly body?: string;
}

const refused: Answer = { status: 403 };

class Application {
  readonly taken: TakenRequest[] = [];
  readonly arrived: TakenRequest[] = [];
  readonly sessions = new Map<string, string>();
  logins = 0;
  /** After so many requests of a kind all sessions end. */
  forgetAfter: { readonly line: string; left: number } | undefined;

  async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { pathname } = new URL(request.url ?? '/', 'http://app');
    const line = `${request.method} ${pathname}`;
    const taken = { line, headers: request.headers, body: Buffer.concat(chunks) };
    this.taken.push(taken);
    if (this.forgetAfter?.line === line && --this.forgetAfter.left === 0) this.sessions.clear();
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    const { status, location, body = '' } = this.#answer(taken, response);
    response.writeHead(status, location === undefined ? {} : { Location: location }).end(body);
  }

  #answer(taken: TakenRequest, response: ServerResponse): Answer {
    const { line, headers, body } = taken;
    const sid = /(?:^|; )sid=([^;]*)/.exec(headers.cookie ?? '')?.[1] ?? '';
    const fields = new URLSearchParams(body.toString('utf8'));
    const page = pages[line];
    if (page !== undefined) return { status: 200, body: page };
    if (/^\w+ \/(?:editor|api\/posts)/.test(line) && !this.sessions.has(sid))
      return { status: 302, location: '/login' };
    switch (line) {
      case 'POST /login':
        return this.#login(fields, response);
      case 'GET /editor':
        return { status: 200, body: editorPage(digest(sid)) };
      case 'POST /api/posts':
        return this.#arrive(taken, headers['x-nonce'] === digest(sid), { status: 201 });
      case 'POST /contact':
        return this.#arrive(
          taken,
          fields.get('proof') === proofOf(fields.get('message')?.replaceAll('\r\n', '\n') ?? ''),
          thanks,
        );
      case 'POST /api/widgets':
        return this.#arrive(taken, headers['x-proof'] === proofOf(JSON.parse(body.toString()).title), { status: 201 });
      case 'POST /upload':
        return this.#arrive(taken, true, thanks);
      default:
        return { status: 200, body: '<title>Thanks</title>' };
    }
  }

  #arrive(taken: TakenRequest, isRight: boolean, answer: Answer): Answer {
    if (isRight) this.arrived.push(taken);
    return isRight ? answer : refused;
  }

  #login(fields: URLSearchParams, response: ServerResponse): Answer {
    const user = fields.get('user') ?? '';
    if (fields.get('password') !== appPassword || fields.get('proof') !== proofOf(user))
      return { status: 200, body: loginPage };
    this.logins++;
    const sid = `sid-${randomBytes(12).toString('hex')}`;
    this.sessions.set(sid, user);
    response.setHeader('Set-Cookie', `sid=${sid}; Path=/; HttpOnly`);
    return { status: 302, location: '/editor' };
  }
}

const thanks: Answer = { status: 302, location: '/thanks' };

export async function serveScriptApp(): Promise<ScriptApp> {
  const app = new Application();
  const url = await serveHttp((request, response) => void app.take(request, response));
  const { taken, arrived } = app;
  const forgetBefore = (line: string, nth: number) => {
    app.forgetAfter = { line, left: nth };
  };
  return { url, taken, arrived, logins: () => app.logins, forgetBefore };
}
