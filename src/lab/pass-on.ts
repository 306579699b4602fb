import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Pair } from '../model/request.js';
import { reasonOf } from '../util/reason-of.js';
import { KeptBody } from './kept-body.js';
import type { Way } from './way.js';

/** A request that went through, as the client sent it, and what came back. */
export interface PassedRequest {
  /** Counts from 0, in the order in which requests began. */
  readonly index: number;
  /** When it began, in milliseconds since 1970. */
  readonly at: number;
  /** Of the application that was meant, where there may be several: `https://shop.test`. */
  readonly origin?: string;
  readonly method: string;
  readonly target: string;
  readonly headers: readonly Pair[];
  /** Absent where it was longer than what is kept, or its client gave up. */
  readonly body?: Buffer;
  /** How many bytes of it were sent. */
  readonly length: number;
  /** A web socket was opened, whose messages are not looked at. */
  readonly isSocket?: true;
  /** Why no answer came from the application, in words. */
  readonly failure?: string;
  /** Absent where none came. */
  readonly answer?: { readonly status: number; readonly headers: readonly Pair[]; readonly body: Buffer };
}

/** What is kept of requests that pass, and who is told. */
export interface PassingSetup {
  /** How much of each body is kept, in bytes. */
  readonly requestBytes: number;
  readonly answerBytes: number;
  /** Called when a request and its answer are over. */
  readonly onPassed: (passed: PassedRequest) => void;
}

export interface Passing extends PassingSetup {
  readonly way: Way;
  readonly index: number;
  readonly origin?: string;
  readonly target: string;
  /** A header that is for the recording alone. */
  readonly ownHeader?: string;
  /** Another value for a field of the request. */
  readonly requestField?: (name: string, value: string) => string;
  /** Another value for a field of the answer. */
  readonly answerField?: (name: string, value: string) => string;
}

/** Streams a request on and its answer back as they are, and keeps a copy of both. */
export function passOn(request: IncomingMessage, response: ServerResponse, passing: Passing): void {
  const { way, index, origin, target, onPassed } = passing;
  const { method = 'GET' } = request;
  const at = Date.now();
  const sent = new KeptBody(passing.requestBytes);
  const came = new KeptBody(passing.answerBytes);
  const passed = way.send(method, target, sentFields(request, passing));
  let answer: IncomingMessage | undefined;
  let failure: string | undefined;
  const end = () => {
    const head = { index, at, method, target, headers: pairsOf(request), length: sent.length };
    const body = request.complete ? sent.whole() : undefined;
    const { statusCode: status = 0 } = answer ?? {};
    const came_ = answer && { answer: { status, headers: pairsOf(answer), body: came.start() } };
    onPassed({
      ...head,
      ...(origin !== undefined && { origin }),
      ...(body !== undefined && { body }),
      ...came_,
      ...(failure !== undefined && { failure }),
    });
  };
  passed.on('response', (arrived) => {
    answer = arrived;
    arrived.on('data', (chunk: Buffer) => came.add(chunk));
    response.writeHead(arrived.statusCode ?? 502, arrived.statusMessage ?? '', answerFields(arrived, passing));
    arrived.on('error', () => response.destroy());
    arrived.pipe(response);
  });
  passed.on('error', (error) => {
    if (response.headersSent) return void response.destroy();
    failure = reasonOf(error).replace(/\s+/g, ' ').trim();
    response.writeHead(502, { 'content-type': 'text/plain' }).end(`upstream: ${failure}\n`);
  });
  request.on('data', (chunk: Buffer) => sent.add(chunk));
  request.on('error', () => passed.destroy());
  response.on('close', () => {
    if (!response.writableFinished) passed.destroy();
    end();
  });
  request.pipe(passed);
}

/** What is for one connection alone (RFC 9110 section 7.6.1). */
const ofConnection = ['connection', 'keep-alive', 'proxy-connection', 'proxy-authorization', 'expect', 'te', 'upgrade'];
const plainMethods = ['GET', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE'];

/** The fields that go on; without a length there is no body, which has to be said for methods that may have one. */
function sentFields(
  request: IncomingMessage,
  { ownHeader, requestField = (_, value) => value }: Passing,
): readonly string[] {
  const dropped = [...ofConnection, ...(ownHeader === undefined ? [] : [ownHeader.toLowerCase()])];
  const kept = pairsOf(request).filter(([name]) => !dropped.includes(name.toLowerCase()));
  const isFramed = kept.some(([name]) => /^(?:content-length|transfer-encoding)$/i.test(name));
  const isPlain = plainMethods.includes(request.method ?? 'GET');
  const named = kept.map(([name, value]): Pair => [name, requestField(name, value)]);
  return [...named, ...(isFramed || isPlain ? [] : [['Content-Length', '0'] as const])].flat();
}

function answerFields(answer: IncomingMessage, { answerField = (_, value) => value }: Passing): string[] {
  const kept = pairsOf(answer).filter(([name]) => !ofConnection.includes(name.toLowerCase()));
  return kept.flatMap(([name, value]) => [name, answerField(name, value)]);
}

export function pairsOf({ rawHeaders }: IncomingMessage): readonly Pair[] {
  return rawHeaders.flatMap((name, i): Pair[] => (i % 2 === 0 ? [[name, rawHeaders[i + 1] ?? '']] : []));
}
