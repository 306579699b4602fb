import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isVisible } from '../../src/util/printable.js';
import { printfText, shellQuote } from '../../src/util/shell-quote.js';

const shells = ['/bin/dash', '/bin/bash', '/bin/zsh', '/bin/busybox'].filter((shell) => existsSync(shell));

function run(shell: string, command: string): Buffer {
  const applet = shell.endsWith('busybox') ? ['sh'] : [];
  return execFileSync(shell, [...applet, '-c', command]);
}

describe.each(shells)('%s', (shell) => {
  test('an argument is exactly the text that was quoted', () => {
    const texts = fc.array(fc.oneof(fc.string({ unit: 'binary' }), fc.string()), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(texts, (all) => {
        const clean = all.map((text) => text.replaceAll('\0', '').toWellFormed());
        const printed = run(shell, `printf '%s\\0' ${all.map(shellQuote).join(' ')}`).toString();
        expect(printed.split('\0').slice(0, -1)).toEqual(clean);
      }),
      { numRuns: 60 },
    );
  });

  test('printf writes exactly the text, NUL included', () => {
    const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(text, (value) => {
        expect(run(shell, `printf %b ${printfText(value)}`).equals(Buffer.from(value.toWellFormed()))).toBe(true);
      }),
      { numRuns: 60 },
    );
    expect(run(shell, `printf %b ${printfText("--x\0'\\c%s\r\n\u001b[0m")}`).toString()).toBe(
      "--x\0'\\c%s\r\n\u001b[0m",
    );
  });
});

test('plain words need no quotes', () => {
  expect(shellQuote('POST')).toBe('POST');
  expect(shellQuote('a b')).toBe("'a b'");
  expect(shellQuote("O'Brien")).toBe("'O'\\''Brien'");
  expect(shellQuote('')).toBe("''");
  expect(shellQuote('=ls')).toBe("'=ls'");
});

test('a quoted text holds nothing that a terminal would act on', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(isVisible(shellQuote(text))).toBe(true);
    }),
  );
});
