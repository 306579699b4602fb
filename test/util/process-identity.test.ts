import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { livenessOf, ownIdentity } from '../../src/util/process-identity.js';

const own = ownIdentity();

test('this process is alive', () => {
  expect(livenessOf(own)).toBe('alive');
});

test.each([
  ['that began at another time', { began: '1' }],
  ['of before the machine was started', { boot: 'another' }],
  ['whose number nobody has', { pid: 2 ** 30 }],
  ['whose number is none', { pid: -1 }],
])('a process %s is dead', (_, other) => {
  expect(livenessOf({ ...own, ...other })).toBe('dead');
});

test.each([
  ['on another machine', { host: 'another' }],
  ['in another container', { space: 'pid:[1]' }],
])('of one %s nothing is known', (_, other) => {
  expect(livenessOf({ ...own, ...other })).toBe('unknown');
});

test('where one of the two could not tell when the machine was started, it is looked for', () => {
  expect(livenessOf(own, { ...own, boot: '' })).toBe('alive');
  expect(livenessOf({ ...own, boot: '' })).toBe('alive');
  expect(livenessOf({ ...own, boot: '', pid: 2 ** 30 })).toBe('dead');
});

test('one that is there, and could not tell when it began, is alive', () => {
  expect(livenessOf({ ...own, began: '' })).toBe('alive');
});

test('one that was killed is dead', async () => {
  const child = spawn(process.execPath, ['--eval', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  const { pid = 0 } = child;
  const identity = { ...own, pid };
  expect(livenessOf({ ...identity, began: '1' })).toBe('dead');
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(livenessOf(identity)).toBe('dead');
});
