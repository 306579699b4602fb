import type { IncomingMessage, ServerResponse } from 'node:http';

/** What the lab's application answers: the request as it arrived, as JSON, so that nothing of it runs in a browser. */
export function echo(request: IncomingMessage, body: Buffer, response: ServerResponse): void {
  const { method, url, rawHeaders } = request;
  const text = JSON.stringify({ method, url, headers: rawHeaders, bytes: body.length, body: body.toString('utf8') });
  response.writeHead(200, { 'content-type': 'application/json', 'x-content-type-options': 'nosniff' });
  response.end(method === 'HEAD' ? undefined : `${text}\n`);
}
