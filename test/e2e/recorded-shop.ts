import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import { serveHttp } from '../replay/loopback.js';
import { type Files, folderOf } from '../suite/suite-folder.js';
import { start } from './command.js';

/** A shop of a few pages, whose form has a token and takes a picture. */
export async function serveShop() {
  const seen: { line: string; body: Buffer }[] = [];
  const shop: RequestListener = async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    seen.push({ line: `${request.method} ${request.url}`, body: Buffer.concat(chunks) });
    response.setHeader('Content-Type', 'text/html');
    response.setHeader('Set-Cookie', 'sid=c29tZS1zZWNyZXQtc2Vzc2lvbg8842; Path=/');
    if (request.url === '/style.css') return void response.writeHead(200, { 'Content-Type': 'text/css' }).end('p{}');
    if (request.method === 'POST') return void response.writeHead(303, { Location: '/thanks' }).end();
    response.end(`<title>Shop</title><link rel=stylesheet href=/style.css><h1>${request.url}</h1>
<form method=post action=/reviews enctype=multipart/form-data><input type=hidden name=csrf value=tok-${randomBytes(9).toString('hex')}>
<label>Review <textarea name=review></textarea></label><input type=file name=photo><button>Send</button></form>`);
  };
  return { url: await serveHttp(shop), seen };
}

/** Runs `wafproof record` in a folder. */
export async function recordAll(words: readonly string[], files: Files, folder?: string, env: NodeJS.ProcessEnv = {}) {
  const cwd = folder ?? (await folderOf(files));
  const all = { ...process.env, BASE_URL: undefined, ...env };
  const ended = await start(['record', ...words], { cwd, env: all as NodeJS.ProcessEnv }).ended;
  return { cwd, ...ended };
}

/** The suite that it wrote. */
export const suiteIn = (cwd: string) => readFile(join(cwd, 'suites/recorded/recorded.yaml'), 'utf8');
