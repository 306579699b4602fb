import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TlsOptions } from 'node:tls';
import { onTestFinished } from 'vitest';
import { listen } from './loopback.js';

/** A server over TLS for the names `shop.example` and `localhost`, with a certificate of an authority of its own. */
export async function serveTls(
  options: Pick<TlsOptions, 'requestCert' | 'maxVersion'> = {},
): Promise<{ readonly url: string; readonly ca: string; readonly folder: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'wafproof-tls-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const openssl = (...words: readonly string[]) => execFileSync('openssl', words, { cwd: folder, stdio: 'ignore' });
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  openssl('req', '-x509', ...key, '-keyout', 'ca.key', '-out', 'ca.pem', '-subj', '/CN=Lab authority', '-days', '2');
  openssl('req', ...key, '-keyout', 'own.key', '-out', 'own.csr', '-subj', '/CN=shop.example');
  writeFileSync(join(folder, 'names'), 'subjectAltName=DNS:shop.example,DNS:localhost\n');
  const authority = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-extfile', 'names', '-days', '2'];
  openssl('x509', '-req', '-in', 'own.csr', '-out', 'own.pem', ...authority);
  const read = (name: string) => readFileSync(join(folder, name));
  const server = createServer({ key: read('own.key'), cert: read('own.pem'), ...options }, (request, response) => {
    response.end(`${request.headers.host} ${request.url}`);
  });
  const { port } = new URL(await listen(server));
  return { url: `https://localhost:${port}`, ca: join(folder, 'ca.pem'), folder };
}
