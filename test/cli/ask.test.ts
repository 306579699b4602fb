import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { ask } from '../../src/cli/ask.js';

function terminal() {
  return { input: new PassThrough(), output: new PassThrough() };
}

const nobody = new AbortController().signal;

test('the line that is typed is the answer, without spaces about it', async () => {
  const { input, output } = terminal();
  const answer = ask('Where? ', { input, output }, nobody, () => undefined);
  input.write('  here \nand more\n');
  expect(await answer).toBe('here');
  expect(output.read().toString()).toBe('Where? ');
});

test('the end of input is an empty answer', async () => {
  const { input, output } = terminal();
  const answer = ask('Where? ', { input, output }, nobody, () => undefined);
  input.end();
  expect(await answer).toBe('');
});

test('an interruption is one error', async () => {
  const interrupt = new AbortController();
  const answer = ask('Where? ', terminal(), interrupt.signal, () => undefined);
  interrupt.abort();
  await expect(answer).rejects.toMatchObject({ code: 'INTERRUPTED' });
});
