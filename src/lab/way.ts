import { Agent, type ClientRequest, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { isLoopback } from '../util/loopback.js';

/** How an application is asked; a certificate of this machine's own is taken as it is. */
export class Way {
  readonly #upstream: URL;
  readonly #kept: Agent;
  readonly #single: Agent;

  constructor(upstream: URL) {
    this.#upstream = upstream;
    const make = upstream.protocol === 'https:' ? HttpsAgent : Agent;
    const trust = isLoopback(upstream.hostname) ? { rejectUnauthorized: false } : {};
    this.#kept = new make({ keepAlive: true, ...trust });
    this.#single = new make({ keepAlive: false, ...trust });
  }

  /** What must not be sent twice goes over a connection of its own: one that is kept may be closed just then. */
  send(method: string, path: string, headers: readonly string[]): ClientRequest {
    const { protocol, hostname, port } = this.#upstream;
    const send = protocol === 'https:' ? httpsRequest : httpRequest;
    const agent = method === 'GET' || method === 'HEAD' ? this.#kept : this.#single;
    return send({ host: hostname.replace(/^\[|\]$/g, ''), port, method, path, headers, agent, setHost: false });
  }

  close(): void {
    this.#kept.destroy();
    this.#single.destroy();
  }
}
