import { request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { reasonOf } from '../util/reason-of.js';

/** Passes a request on to the application behind the lab, and its answer back. */
export function forward(
  upstream: URL,
  request: Pick<IncomingMessage, 'method' | 'url' | 'headers'>,
  body: Buffer,
  response: ServerResponse,
): void {
  const send = upstream.protocol === 'https:' ? httpsRequest : httpRequest;
  const passed = send(
    {
      host: upstream.hostname,
      port: upstream.port,
      method: request.method,
      path: request.url,
      headers: { ...request.headers, host: request.headers.host ?? upstream.host, connection: 'close' },
    },
    (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
      answer.pipe(response);
    },
  );
  passed.on('error', (error) => {
    if (response.headersSent) response.destroy();
    else response.writeHead(502, { 'content-type': 'text/plain' }).end(`upstream: ${reasonOf(error)}\n`);
  });
  passed.end(body);
}
