import { randomUUID } from 'node:crypto';
import { appendFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { echo } from '../../../lab/echo-application.js';
import { forward } from '../../../lab/forward.js';
import { correlationHeader } from '../../../model/correlation.js';
import { fail } from '../../../model/error.js';
import type { Pair, WireRequest } from '../../../model/request.js';
import { reasonOf } from '../../../util/reason-of.js';
import type { EmbeddedEngine } from '../embedded-engine.js';
import { otherAuditLog } from './audit-log-advice.js';

/** As much as the engine takes (`SecRequestBodyLimit` of the recommended configuration). */
const bodyLimit = 13_107_200;

export interface LabSetup {
  readonly engine: EmbeddedEngine;
  /** Port on 127.0.0.1; 0 lets the system choose. */
  readonly port: number;
  /** File that receives the engine's audit log, one JSON entry a line. */
  readonly auditLog?: string;
  /** Where requests go that pass; an echo application by default. */
  readonly upstream?: URL;
}

export interface Lab {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * A reverse proxy on loopback that refuses what the engine refuses, and writes the engine's own audit log entries. The
 * engine sees requests; answers of the application are not inspected.
 * @throws WafproofError `LAB_PORT`, `OUTPUT_UNWRITABLE`
 */
export async function startEmbeddedLab(setup: LabSetup): Promise<Lab> {
  const write = await openAuditLog(setup.auditLog);
  const server = createServer({ maxHeaderSize: 256 * 1024, keepAliveTimeout: 30_000 }, (request, response) => {
    answer(setup, write, request, response).catch((error: unknown) => refuse(response, 500, String(error)));
  });
  const port = await listen(server, setup.port);
  return { url: `http://localhost:${port}`, close: () => close(server, write) };
}

async function answer(setup: LabSetup, write: AuditWriter, request: IncomingMessage, response: ServerResponse) {
  const body = await readBody(request);
  if (body === undefined) return refuse(response, 413, 'Request Entity Too Large');
  const wire = wireRequest(request, body);
  const id = wire.headers.find(([name]) => name.toLowerCase() === correlationHeader.toLowerCase())?.[1] ?? randomUUID();
  const { exchange, entry } = await setup.engine.evaluate(wire, id);
  if (entry !== undefined) await write(entry);
  const { outcome } = exchange;
  if (outcome.kind === 'failed') refuse(response, 502, 'the engine gave no answer');
  else if (outcome.status !== 200) refuse(response, outcome.status, statusText(outcome.status));
  else if (setup.upstream === undefined) echo(request, body, response);
  else forward(setup.upstream, request, body, response);
}

async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue;
    length += chunk.length;
    if (length <= bodyLimit) chunks.push(chunk);
  }
  return length > bodyLimit ? undefined : Buffer.concat(chunks);
}

/** Node decodes header fields as latin1; on the wire and in a `WireRequest` they are UTF-8. */
function wireRequest({ method = 'GET', url = '/', rawHeaders }: IncomingMessage, body: Buffer): WireRequest {
  const texts = rawHeaders.map((text) => Buffer.from(text, 'latin1').toString('utf8'));
  const headers = texts.flatMap((name, i): Pair[] => (i % 2 === 0 ? [[name, texts[i + 1] ?? '']] : []));
  return { method, target: url, headers, body };
}

/** Servers answer a refusal with a page of their own that says nothing of the WAF. */
function refuse(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/html' });
  response.end(`<html><head><title>${status} ${text}</title></head><body><h1>${status} ${text}</h1></body></html>\n`);
}

function statusText(status: number): string {
  const texts = new Map([
    [400, 'Bad Request'],
    [403, 'Forbidden'],
    [406, 'Not Acceptable'],
  ]);
  return texts.get(status) ?? 'Refused';
}

type AuditWriter = (entry: Uint8Array) => Promise<void>;

/** Entries are appended one after the other, whole. */
async function openAuditLog(path: string | undefined): Promise<AuditWriter> {
  if (path === undefined) return () => Promise.resolve();
  try {
    await appendFile(path, '');
  } catch (cause) {
    throw fail(
      'OUTPUT_UNWRITABLE',
      { reason: reasonOf(cause), advice: otherAuditLog },
      { place: { file: path }, cause },
    );
  }
  let last = Promise.resolve();
  return (entry) => {
    last = last.then(() => appendFile(path, entry));
    return last;
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(fail('LAB_PORT', { port, reason: reasonOf(error) })));
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

async function close(server: Server, write: AuditWriter): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
  await write(new Uint8Array());
}
