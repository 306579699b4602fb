import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { wafproof } from './command-line.js';

/** A server that counts what comes. */
async function counting() {
  let count = 0;
  const server = createServer((_, response) => {
    count++;
    response.end();
  });
  server.on('connection', () => count++);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/shop`, came: () => count };
}

const suite = `suite: Orders
cases:
  - { id: a, path: /orders/17, form: { note: !env NOTE } }
  - { id: b, path: /orders/18, form: { note: two } }
  - { id: list, path: /orders }
  - { id: gone, path: /gone, expect: { status: 404 } }
  - { id: bad, intent: attack, path: /orders/19, form: { note: "<script>" } }
`;

test('--dry-run prints which endpoints may be asked with which requests, and sends nothing', async () => {
  const { url, came } = await counting();
  const words = ['run', 's.yaml', '--target', url, '--triage', '--dry-run', '--triage-endpoints', '1'];
  const { code, stdout } = await wafproof(words, { files: { 's.yaml': suite }, env: { NOTE: 's3cr3t-value' } });
  expect([code, came()]).toEqual([0, 0]);
  expect(stdout).toContain(`A run sends 5 cases to ${url} first.`);
  expect(stdout).toContain('POST /orders/{number} (2 cases; as s/a has it)\n  POST /shop/orders/wafproof-probe-');
  expect(stdout).toMatch(
    /POST \/shop\/orders\/17\n +a harmless body .* \(may change something: only with --allow-changes\)/,
  );
  expect(stdout).toContain('1 more endpoint is not asked; --triage-endpoints 2 asks all.');
  expect(stdout).toMatch(/Nothing was sent\.\n$/);
  expect(stdout).not.toContain('s3cr3t-value');
});

test('--dry-run is about what --triage sends', async () => {
  const { code, stderr } = await wafproof(['run', 's.yaml', '--target', 'http://127.0.0.1:1', '--dry-run'], {
    files: { 's.yaml': suite },
  });
  expect([code, stderr]).toEqual([2, expect.stringContaining('add --triage')]);
});
