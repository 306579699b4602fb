import { appendFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { listen } from '../replay/loopback.js';
import { folderOf } from '../suite/suite-folder.js';

/** A request as the server saw it. */
export interface Received {
  readonly method: string;
  readonly url: string;
  readonly id: string;
  readonly body: string;
}

export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** What the log says; `unlogged` leaves no entry. */
  readonly waf?: 'passed' | 'blocked' | 'unlogged';
}

/** What a server does with a request: an answer, or `cut`, which closes the connection without one. */
export type Behave = (request: Received, earlier: readonly Received[]) => Answer | 'cut' | Promise<Answer | 'cut'>;

/** A real server with the log of a WAF beside it. Probes of runs pass, and are not among what it received. */
export async function serveWaf(behave: Behave = () => ({})) {
  const folder = await folderOf({});
  const log = join(folder, 'audit.log');
  await writeFile(log, '');
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const one = await receive(request);
    if (one.id.endsWith('-info')) return reply(response, log, one, {});
    received.push(one);
    const answer = await behave(one, received.slice(0, -1));
    return answer === 'cut' ? void request.socket.destroy() : reply(response, log, one, answer);
  });
  return { url: await listen(server), server, log, received, folder };
}

async function receive(request: IncomingMessage): Promise<Received> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
  const { method = '', url = '', headers } = request;
  return { method, url, id: String(headers['x-wafproof-id']), body: Buffer.concat(chunks).toString() };
}

function reply(response: ServerResponse, log: string, one: Received, answer: Answer): void {
  const { waf = 'passed', headers = {}, status = waf === 'blocked' ? 403 : 200 } = answer;
  if (waf !== 'unlogged') appendFileSync(log, auditEntry(one, status, waf === 'blocked'));
  response.writeHead(status, headers).end('ok');
}

/** A line of libmodsecurity's JSON audit log. */
function auditEntry({ id, method, url }: Received, status: number, blocked: boolean): string {
  const messages = [
    {
      message: 'SQL Injection',
      details: {
        ruleId: '942100',
        severity: '2',
        match: "Matched \"Operator `Rx' against variable `ARGS:q' (Value: `x' )",
      },
    },
    {
      message: 'Inbound Anomaly Score Exceeded (Total Score: 5)',
      details: {
        ruleId: '949110',
        severity: '2',
        match: "Matched \"Operator `Ge' with parameter `5' against variable `TX:ANOMALY_SCORE' (Value: `5' )",
      },
    },
  ];
  const transaction = {
    unique_id: id,
    request: { method, uri: url, headers: { 'X-Wafproof-Id': id } },
    response: { http_code: status },
    producer: {
      modsecurity: 'ModSecurity v3.0.9 (Linux)',
      secrules_engine: 'Enabled',
      components: ['OWASP_CRS/3.3.4"'],
    },
    messages: blocked ? messages : [],
  };
  return `${JSON.stringify({ transaction })}\n`;
}
