import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';

/** An answer of AWS, as it goes over the wire. */
export interface Scripted {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

/** An exception of a service that speaks AWS JSON. */
export function exception(type: string, message: string, headers: Readonly<Record<string, string>> = {}): Scripted {
  return { status: 400, headers, body: JSON.stringify({ __type: type, message }) };
}

/** A server on loopback that stands in for AWS and gives these answers one after the other, the last one again and again. */
export async function startAnswering(...answers: readonly [Scripted, ...Scripted[]]) {
  const asked: { readonly url: string; readonly target: string; readonly body: string; readonly at: number }[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const scripted = answers[Math.min(asked.length, answers.length - 1)] ?? answers[0];
    const target = String(request.headers['x-amz-target'] ?? '');
    asked.push({ url: request.url ?? '', target, body: Buffer.concat(chunks).toString(), at: performance.now() });
    send(response, scripted);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { url: `http://127.0.0.1:${port}`, asked, close };
}

function send(response: ServerResponse, { status = 200, headers = {}, body }: Scripted): void {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1', ...headers });
  response.end(body);
}
