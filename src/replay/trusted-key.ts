import { createHash, X509Certificate } from 'node:crypto';
import type { Socket } from 'node:net';
import { connect, TLSSocket } from 'node:tls';
import { tlsOptions, tunnelTo } from './route.js';
import type { TargetAddress } from './target.js';

const patienceMs = 10_000;

/**
 * The public key of the certificate that a target shows, where it is one that the target's `ca` vouches for: browsers read no such
 * file, and can be told a key.
 * @returns its SHA-256 in base64; `undefined` where there is no `ca`, or no certificate that it vouches for
 */
export async function trustedKey(target: TargetAddress): Promise<string | undefined> {
  if (target.trust === undefined || target.insecure) return undefined;
  const certificate = await shownBy(target).catch(() => undefined);
  const key = certificate && new X509Certificate(certificate).publicKey.export({ type: 'spki', format: 'der' });
  return key && createHash('sha256').update(key).digest('base64');
}

function shownBy(target: TargetAddress): Promise<Buffer | undefined> {
  const { hostname, port } = new URL(target.origin);
  const tunnel = tunnelTo(target, patienceMs);
  return new Promise((resolve, reject) => {
    if (tunnel !== undefined)
      return tunnel((error, socket) => (socket === null ? reject(error) : resolve(endOf(socket))));
    const name = target.serverName === undefined ? {} : { servername: target.serverName };
    const host = hostname.replace(/^\[|\]$/g, '');
    const socket = connect({ host, port: Number(port || 443), ...name, ...tlsOptions(target) }, () =>
      resolve(endOf(socket)),
    );
    socket.setTimeout(patienceMs, () => socket.destroy(new Error('no answer in time')));
    socket.once('error', reject);
  });
}

function endOf(socket: Socket): Buffer | undefined {
  const shown = socket instanceof TLSSocket ? socket.getPeerCertificate().raw : undefined;
  socket.destroy();
  return shown;
}
