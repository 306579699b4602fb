import { lookup } from 'node:dns/promises';
import { isIP, connect as tcpConnect } from 'node:net';
import { connect, type PeerCertificate, type TLSSocket } from 'node:tls';
import { reasonOf } from '../util/reason-of.js';
import type { TargetAddress } from './target.js';

/** The certificate that a server shows. */
export interface ShownCertificate {
  readonly subject: string;
  /** The names that it is for, as it writes them: `DNS:shop.test`. */
  readonly names: readonly string[];
  readonly issuer: string;
  /** ISO 8601. */
  readonly validFrom: string;
  readonly validTo: string;
  /** Why it is not trusted, in the words of TLS. */
  readonly problem?: string;
}

/** Who stands at the other end of a connection, as far as connecting tells. */
export interface Peer {
  /** The name that is connected to. */
  readonly name: string;
  /** All its addresses, as this machine resolves them. */
  readonly addresses: readonly string[];
  /** The one that a connection came to. */
  readonly used?: string;
  readonly certificate?: ShownCertificate;
  /** The alert with which it ends the connection, since the client shows no certificate. */
  readonly wantsCertificate?: string;
  /** Why no connection came about, or the name leads nowhere. */
  readonly problem?: string;
}

const patienceMs = 5000;
/** With TLS 1.3 a server says only after the handshake that it wants a certificate (RFC 8446 section 4.4.2.4), in milliseconds. */
const alertMs = 500;

type Met = Pick<Peer, 'used' | 'certificate' | 'wantsCertificate' | 'problem'>;

/** Resolves the name of a target, connects to it once, shakes hands where it speaks TLS, and sends nothing. */
export async function lookAtPeer(target: TargetAddress, signal: AbortSignal): Promise<Peer> {
  const { protocol, hostname, port } = new URL(target.origin);
  const name = hostname.replace(/^\[|\]$/g, '');
  const resolved = await addressesOf(name);
  if ('problem' in resolved) return { name, addresses: [], problem: resolved.problem };
  const { addresses } = resolved;
  const seen = await meet(protocol === 'https:' ? 'tls' : 'tcp', { target, name, port, signal });
  return { name, addresses, ...seen };
}

async function addressesOf(name: string) {
  if (isIP(name) !== 0) return { addresses: [name] };
  try {
    const found = await lookup(name, { all: true });
    return { addresses: [...new Set(found.map(({ address }) => address))] };
  } catch (error) {
    return { problem: reasonOf(error) };
  }
}

interface Meeting {
  readonly target: TargetAddress;
  readonly name: string;
  readonly port: string;
  readonly signal: AbortSignal;
}

function meet(by: 'tls' | 'tcp', { target, name, port, signal }: Meeting): Promise<Met> {
  const { serverName, trust, localAddress } = target;
  const to = { host: name, ...(localAddress !== undefined && { localAddress }) };
  return new Promise((settle) => {
    const tls =
      by === 'tcp'
        ? undefined
        : connect({
            ...to,
            port: Number(port || 443),
            rejectUnauthorized: false,
            ...(serverName !== undefined && { servername: serverName }),
            ...(trust !== undefined && { secureContext: trust }),
          });
    const socket = tls ?? tcpConnect({ ...to, port: Number(port || 80) });
    const end = (seen: Met) => {
      socket.destroy();
      settle(seen);
    };
    socket.setTimeout(patienceMs, () => end({ problem: `no connection within ${patienceMs} ms` }));
    let met: Met = {};
    socket.once('error', (error) => end({ ...met, ...refusalIn(error) }));
    signal.addEventListener('abort', () => end({ problem: 'interrupted' }), { once: true });
    socket.once(tls === undefined ? 'connect' : 'secureConnect', () => {
      const { remoteAddress } = socket;
      const certificate = tls === undefined ? undefined : certificateOf(tls);
      met = { ...(remoteAddress !== undefined && { used: remoteAddress }), ...(certificate && { certificate }) };
      if (tls?.getProtocol() !== 'TLSv1.3') return end(met);
      socket.removeAllListeners('timeout').setTimeout(alertMs, () => end(met));
      socket.resume();
      socket.once('close', () => end(met));
    });
  });
}

/** A server that wants a certificate and gets none says so (RFC 8446 section 6.2). */
function refusalIn(error: Error): Pick<Met, 'wantsCertificate' | 'problem'> {
  const alert = /\balert (?:certificate required|bad certificate)\b/i.exec(error.message)?.[0];
  return alert === undefined ? { problem: reasonOf(error) } : { wantsCertificate: alert.toLowerCase() };
}

function certificateOf(socket: TLSSocket): ShownCertificate | undefined {
  const shown = socket.getPeerCertificate();
  if (Object.keys(shown).length === 0) return undefined;
  const problem = socket.authorizationError as Error | string | null | undefined;
  return {
    subject: nameIn(shown.subject),
    names: (shown.subjectaltname ?? '').split(', ').filter((one) => one !== ''),
    issuer: nameIn(shown.issuer),
    validFrom: isoTime(shown.valid_from),
    validTo: isoTime(shown.valid_to),
    ...(problem != null && { problem: problem instanceof Error ? problem.message : problem }),
  };
}

/** `CN=shop.test, O=Shop` */
function nameIn(parts: PeerCertificate['subject'] | undefined): string {
  const entries = Object.entries(parts ?? {}).flatMap(([key, value]) => [value].flat().map((one) => `${key}=${one}`));
  return entries.sort((a, b) => Number(b.startsWith('CN=')) - Number(a.startsWith('CN='))).join(', ');
}

function isoTime(text: string): string {
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? text : new Date(ms).toISOString();
}
