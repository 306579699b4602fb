import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { serverPort } from './server-port.js';

test('a port is free, differs from all others, and is none that the system gives away', async () => {
  const ports = await Promise.all(Array.from({ length: 50 }, serverPort));
  expect(new Set(ports).size).toBe(50);
  const [low = 0, high = 0] = readFileSync('/proc/sys/net/ipv4/ip_local_port_range', 'utf8').split(/\s+/).map(Number);
  expect(ports.filter((port) => port >= low && port <= high)).toEqual([]);
  for (const port of ports) {
    const server = createServer().listen(port, '127.0.0.1');
    onTestFinished(() => void server.close());
    await once(server, 'listening');
  }
});

test('other processes see which ports are taken before a server listens there', async () => {
  const port = await serverPort();
  const other = `require('node:net').createServer().on('error', ({ code }) => console.log(code)).listen(${port + 1}, '127.0.0.1')`;
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', other], { timeout: 20_000 });
  expect(stdout).toBe('EADDRINUSE\n');
});
