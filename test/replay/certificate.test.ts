import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { probeTarget } from '../../src/replay/probe-target.js';
import { diagnose, targetAt } from '../pipeline/doctor-target.js';
import { serveTls } from './certificates.js';
import { get, transportTo } from './loopback.js';

const options = { connections: 1, timeoutMs: 20_000 };

test('a certificate of an unknown authority is not accepted, and the message names the keys of the config', async () => {
  const { url } = await serveTls();
  const { outcome } = await transportTo(url).send(get('/'), 'w7-1');
  expect(outcome).toMatchObject({ kind: 'failed', reason: 'tls' });
  await expect(probeTarget({ url, ...options }, 'w7-2')).rejects.toMatchObject({
    code: 'TARGET_UNREACHABLE',
    message: expect.stringMatching(/certificate.*"ca" of the target in the config.*in a lab.*"insecure: true"/),
  });
  const { byId } = await diagnose(targetAt(url, undefined));
  expect(byId('reachable')).toMatchObject({
    status: 'failed',
    fix: expect.stringMatching(/as "ca".*"insecure: true"/),
  });
});

test.each([
  ['its file', (ca: string) => ({ ca })],
  ['none, in a lab', () => ({ insecure: true })],
])('the authority is named by %s', async (_, trust) => {
  const { url, ca } = await serveTls();
  const transport = transportTo(url, trust(ca));
  const pooled = await transport.send(get('/pooled', ['Host', 'shop.example']), 'w7-1');
  const exact = await transport.send(get('/exact', ['Host', 'shop.example'], ['Upgrade', 'none']), 'w7-2');
  expect(pooled.outcome).toMatchObject({ status: 200, bodyExcerpt: 'shop.example /pooled' });
  expect(exact.outcome).toMatchObject({ status: 200, bodyExcerpt: 'shop.example /exact' });
});

test('a certificate for another host is told as that', async () => {
  const { url, ca } = await serveTls();
  await expect(probeTarget({ url, ca, host: 'else.example', ...options }, 'w7-1')).rejects.toMatchObject({
    code: 'TARGET_UNREACHABLE',
    message: expect.stringMatching(/as "host" of the target/),
  });
});

test('a file that holds no certificate is named', async () => {
  const { url, folder } = await serveTls();
  const file = join(folder, 'notes.pem');
  writeFileSync(file, 'no certificate');
  const broken = join(folder, 'broken.pem');
  writeFileSync(broken, '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n');
  for (const ca of [file, broken, join(folder, 'absent.pem')]) {
    expect(() => transportTo(url, { ca })).toThrow(
      expect.objectContaining({ code: 'CA_UNREADABLE', message: expect.stringContaining(ca) }),
    );
  }
});
