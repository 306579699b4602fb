import { existsSync, mkdtempSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import type { LabOptions } from '../../../../src/model/options.js';
import type { ServerName } from '../../../../src/model/tune-options.js';
import { type RunningLab, startLab } from '../../../../src/pipeline/lab.js';
import { apacheServer } from '../../../../src/waf/modsecurity/lab/apache-server.js';
import { nginxServer } from '../../../../src/waf/modsecurity/lab/nginx-server.js';
import type { ServerKind } from '../../../../src/waf/modsecurity/lab/server-kind.js';
import { serverPort } from '../../../lab/server-port.js';

export type { ServerName };

const kinds: Readonly<Record<ServerName, ServerKind>> = { apache: apacheServer, nginx: nginxServer };

/** In CI a server that is missing makes its tests fail; elsewhere they are left out, as set-up says. */
export function leaveOut(name: ServerName): boolean {
  const { programs, moduleFolders, module } = kinds[name];
  const isThere = programs.some(existsSync) && moduleFolders.some((folder) => existsSync(join(folder, module)));
  return !isThere && !process.env['CI'];
}

export function testFolder(prefix = 'wafproof-lab-test-'): string {
  const folder = mkdtempSync(join(tmpdir(), prefix));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export async function ruleFile(text: string, name = 'rules.conf'): Promise<string> {
  const path = join(testFolder(), name);
  await writeFile(path, text);
  return path;
}

/** What a test wants to be different from a blocking lab with one worker on a free port. */
export interface LabWish extends Partial<Omit<LabOptions, 'engine'>> {
  readonly engine?: Partial<LabOptions['engine']>;
}

/** A lab that ends with the test. */
export async function testLab(waf: ServerName, { engine, ...wish }: LabWish = {}): Promise<RunningLab> {
  const rules = { rulesBefore: [], rulesAfter: [], workers: 1, ...engine };
  const { port = await serverPort() } = wish;
  const lab = await startLab({ waf, mode: 'block', ...wish, port, engine: rules });
  onTestFinished(() => lab.close());
  return lab;
}

export interface Sent {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

export interface Answer {
  readonly status: number;
  readonly text: string;
}

/** One request on a connection of its own, as a browser would send it. */
export function send(lab: { readonly url: string }, sent: Sent, id = 'w7-test'): Promise<Answer> {
  const { body = '', path = '/', method = body === '' ? 'GET' : 'POST' } = sent;
  const headers = {
    ...browserHeaders,
    'X-Wafproof-Id': id,
    'Content-Length': Buffer.byteLength(body),
    ...sent.headers,
  };
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port: new URL(lab.url).port, method, path, headers, agent: false };
    const open = request(options, async (response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(Buffer.from(chunk));
      resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() });
    });
    open.on('error', reject);
    open.end(body);
  });
}

/** A host name: a bare address is a protocol violation to the Core Rule Set. */
const browserHeaders = { Host: 'app.example.com', 'User-Agent': 'Mozilla/5.0', Accept: '*/*' };

export const formType = { 'Content-Type': 'application/x-www-form-urlencoded' };

export const attack: Sent = { path: '/?id=1%27+OR+%271%27%3D%271+UNION+SELECT+password+FROM+users--' };

/** The log, as soon as it contains a text: entries are written after the answer is sent. */
export async function logWith(path: string, text: string): Promise<string> {
  for (let tries = 0; tries < 100; tries++) {
    const log = await readFile(path, 'latin1').catch(() => '');
    if (log.includes(text)) return log;
    await delay(20);
  }
  throw new Error(`"${text}" is not in ${path}: ${await readFile(path, 'latin1')}`);
}
