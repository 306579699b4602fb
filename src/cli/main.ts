#!/usr/bin/env node
import { withholdAwsSdkNotice } from './aws-sdk-notice.js';
import { isReadForCommands, withoutCommands } from './ci-commands.js';
import { keepCompiledCode } from './compile-cache.js';
import { compileLater } from './compile-later.js';
import { exhaustionOf } from './exhaustion.js';
import { exitCode } from './exit-code.js';
import type { Output } from './io.js';

keepCompiledCode(process.env);
withholdAwsSdkNotice(process.env);
compileLater(process.versions);

const interrupt = new AbortController();

/** The first signal ends the job in order, with a report of what is done; the second ends the process. */
function onSignal(): void {
  if (interrupt.signal.aborted) process.exit(130);
  process.stderr.write('\nending; once more to stop at once\n');
  interrupt.abort();
}

const isRead = isReadForCommands(process.env);

function output(stream: NodeJS.WriteStream): Output {
  const writeAsIs = (text: string) => void stream.write(text);
  const write = isRead ? (text: string) => writeAsIs(withoutCommands(text)) : writeAsIs;
  const drained = () => (stream.writableNeedDrain ? onceDrained(stream) : undefined);
  return { write, writeAsIs, drained, ...(stream.isTTY && { columns: stream.columns }) };
}

const ends = ['drain', 'error', 'close'];

/** A reader that has left takes nothing any more. */
function onceDrained(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      for (const event of ends) stream.off(event, done);
      resolve();
    };
    for (const event of ends) stream.on(event, done);
  });
}

async function askHere(question: string): Promise<string> {
  const { ask } = await import('./ask.js');
  return ask(question, { input: process.stdin, output: process.stdout }, interrupt.signal, onSignal);
}

process.on('SIGINT', onSignal);
process.on('SIGTERM', onSignal);
// The reader of a pipe may leave early (`| head`): that is no error of ours.
process.stdout.on('error', () => undefined);

try {
  const { runCommandLine } = await import('./run-command-line.js');
  process.exitCode = await runCommandLine(process.argv.slice(2), {
    cwd: process.cwd(),
    env: process.env,
    stdout: output(process.stdout),
    stderr: output(process.stderr),
    signal: interrupt.signal,
    ...(process.stdin.isTTY && process.stdout.isTTY && { ask: askHere }),
  });
} catch (error) {
  // With too few open files not even the program's own can be read.
  const exhausted = exhaustionOf(error);
  if (exhausted === undefined) throw error;
  process.stderr.write(`${exhausted.message}\n`);
  process.exitCode = exitCode({ kind: 'failed' });
}
