import { once } from 'node:events';
import { createInterface } from 'node:readline/promises';
import { fail } from '../model/error.js';

/** Where a person is asked. */
export interface Terminal {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
}

/**
 * The line that a person types; nothing at the end of input.
 * @param interrupted called on Ctrl-C, which a terminal that is read from does not turn into a signal
 * @throws WafproofError `INTERRUPTED` once the signal says so
 */
export async function ask(
  question: string,
  terminal: Terminal,
  signal: AbortSignal,
  interrupted: () => void,
): Promise<string> {
  const lines = createInterface(terminal);
  lines.on('SIGINT', interrupted);
  const ended = once(lines, 'close').then(() => '');
  try {
    return (await Promise.race([lines.question(question, { signal }), ended])).trim();
  } catch (error) {
    if (signal.aborted) throw fail('INTERRUPTED', {}, { cause: error });
    // Ctrl-D on an empty line is the end of input.
    if (error instanceof Error && error.name === 'AbortError') return '';
    throw error;
  } finally {
    lines.close();
  }
}
