import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { BareRun, BareSetup } from './bare-loop-process.js';

export interface BareLoop {
  run(): Promise<BareRun>;
  close(): void;
}

/** Starts the bare loop in a folder of its own, with its rules loaded. */
export async function startBareLoop(setup: BareSetup, folder: string): Promise<BareLoop> {
  const child = fork(fileURLToPath(new URL('./bare-loop-process.js', import.meta.url)), {
    cwd: folder,
    serialization: 'advanced',
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ask = async (message: BareSetup | 'go'): Promise<unknown> => {
    child.send(message);
    const [answer]: unknown[] = await Promise.race([once(child, 'message'), once(child, 'exit').then(() => ['ended'])]);
    if (answer === 'ended') throw new Error('the bare loop ended');
    return answer;
  };
  await ask(setup);
  return { run: async () => (await ask('go')) as BareRun, close: () => void child.kill() };
}
