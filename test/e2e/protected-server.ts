import { appendFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { serveHttp } from '../replay/loopback.js';

export interface ProtectedServer {
  readonly url: string;
  /** Paths of the requests that came, in order; the probe of a run asks for `/`, and its attack canary is left out. */
  readonly asked: readonly string[];
}

/**
 * A server that writes an entry of each request that it answers into `audit.log`, as libmodsecurity does.
 * @param answers says whether a request is answered; one that is not stays open
 */
export async function serveProtected(
  folder: string,
  answers: (path: string, request: IncomingMessage) => boolean = () => true,
): Promise<ProtectedServer> {
  const log = join(folder, 'audit.log');
  const asked: string[] = [];
  appendFileSync(log, '');
  const url = await serveHttp((request: IncomingMessage, response: ServerResponse) => {
    const path = request.url ?? '';
    if (!path.includes('wafproof=')) asked.push(path);
    if (!answers(path, request)) return;
    appendFileSync(log, `${JSON.stringify(entry(request))}\n`);
    request.resume().on('end', () => response.end('ok'));
  });
  return { url, asked };
}

/** `{"transaction":{"unique_id":"…","request":{"headers":{…}},"response":{"http_code":200},"producer":{…},"messages":[]}}` */
function entry({ headers }: IncomingMessage) {
  const id = headers['x-wafproof-id'];
  const producer = { modsecurity: 'ModSecurity v3.0.9 (Linux)', secrules_engine: 'Enabled', components: ['Own/1.0'] };
  const request = { headers: { 'X-Wafproof-Id': id } };
  return { transaction: { unique_id: id, request, response: { http_code: 200 }, producer, messages: [] } };
}
