import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { reasonOf } from '../../src/util/reason-of.js';

function thrownBy(action: () => unknown): unknown {
  try {
    return action();
  } catch (error) {
    return error;
  }
}

function systemError(code: string, message: string): Error {
  return Object.assign(new Error(message), { code });
}

test('the system says what it does not give without a code or a path', () => {
  expect(reasonOf(thrownBy(() => readFileSync('/nonexistent/a')))).toBe('there is no such file or folder');
  expect(reasonOf(thrownBy(() => readFileSync('/')))).toBe('it is a folder');
  expect(reasonOf(thrownBy(() => readFileSync('/etc/passwd/a')))).toBe('a part of the path is a file');
});

test('a program that is not there is no file that is not there', () => {
  const error = Object.assign(systemError('ENOENT', 'spawn sh ENOENT'), { syscall: 'spawn sh' });
  expect(reasonOf(error)).toBe('there is no such program');
});

test('a code without words of ours keeps those of the system', () => {
  const error = systemError('EXDEV', "EXDEV: cross-device link not permitted, rename '/a, b' -> '/c'");
  expect(reasonOf(error)).toBe('cross-device link not permitted');
  expect(reasonOf(systemError('EOTHER', 'EOTHER: bad, read'))).toBe('bad');
});

test('other errors speak for themselves', () => {
  expect(reasonOf(new Error('the log ends'))).toBe('the log ends');
  expect(reasonOf('gone')).toBe('gone');
});
