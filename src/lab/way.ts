import { Agent, type ClientRequest, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { connect, isIP, type Socket } from 'node:net';
import { connect as connectTls, type SecureContext } from 'node:tls';
import { isLoopback } from '../util/loopback.js';

/** How the certificate of an application is looked at. */
export interface WayOptions {
  /** The host that it is for, where the application is asked at another address. */
  readonly name?: string;
  /** Whom to trust; default: whom Node trusts. */
  readonly trust?: SecureContext | undefined;
}

/** How an application is asked; a certificate of this machine's own is taken as it is. */
export class Way {
  readonly #upstream: URL;
  readonly #tls: ReturnType<typeof tlsOptions>;
  readonly #kept: Agent;
  readonly #single: Agent;

  constructor(upstream: URL, options: WayOptions = {}) {
    this.#upstream = upstream;
    this.#tls = tlsOptions(upstream, options);
    const make = upstream.protocol === 'https:' ? HttpsAgent : Agent;
    this.#kept = new make({ keepAlive: true, ...this.#tls });
    this.#single = new make({ keepAlive: false, ...this.#tls });
  }

  /** What must not be sent twice goes over a connection of its own: one that is kept may be closed just then. */
  send(method: string, path: string, headers: readonly string[]): ClientRequest {
    const { protocol, port } = this.#upstream;
    const send = protocol === 'https:' ? httpsRequest : httpRequest;
    const agent = method === 'GET' || method === 'HEAD' ? this.#kept : this.#single;
    const { servername } = this.#tls;
    const named = servername === undefined ? {} : { servername };
    return send({ host: hostOf(this.#upstream), port, method, path, headers, agent, setHost: false, ...named });
  }

  /** A connection on which the application speaks as it likes. */
  connect(): Socket {
    const { protocol, port } = this.#upstream;
    const host = hostOf(this.#upstream);
    if (protocol !== 'https:') return connect({ host, port: Number(port || 80) });
    return connectTls({ host, port: Number(port || 443), ...this.#tls });
  }

  close(): void {
    this.#kept.destroy();
    this.#single.destroy();
  }
}

function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, '');
}

function tlsOptions(upstream: URL, { name = upstream.hostname, trust }: WayOptions) {
  const host = name.replace(/^\[|\]$/g, '');
  return {
    ...(isLoopback(upstream.hostname) && { rejectUnauthorized: false }),
    ...(isIP(host) === 0 && { servername: host }),
    ...(trust !== undefined && { secureContext: trust }),
  };
}
