import { spawn } from 'node:child_process';

/** A server in the foreground, as long as this process lives. */
export interface ServerProcess {
  /** What it has said so far. */
  output(): string;
  /** Settles when it has ended and its folder is gone. */
  readonly ended: Promise<void>;
  hasEnded(): boolean;
  /** Ends it. */
  stop(): Promise<void>;
}

/**
 * A shell stands between: it ends the server as soon as its standard input closes, which happens in every case in which
 * this process goes away, and then removes the folder. What does not end in 10 seconds is killed, group and all.
 */
const guard = `
folder=$1; shift
exec 3<&0
"$@" 3<&- </dev/null & server=$!
(
  read -r _ <&3
  kill -TERM "$server"
  n=0
  while kill -0 "$server" && [ $n -lt 100 ]; do sleep 0.1; n=$((n+1)); done
  if [ $n -eq 100 ]; then rm -rf -- "$folder"; kill -KILL 0; fi
) 2>/dev/null & watch=$!
exec 3<&-
wait "$server"
kill "$watch" 2>/dev/null
wait "$watch" 2>/dev/null
rm -rf -- "$folder"
`;

/** A command line that runs another until its standard input closes, and removes the folder afterwards. */
export function guarded(command: readonly string[], folder: string): readonly [string, ...string[]] {
  return ['/bin/sh', '-c', guard, 'wafproof-lab', folder, ...command];
}

/** Its signals are its own: an interrupt from the terminal does not reach it, it is ended in order. */
export function startServerProcess(command: readonly string[], folder: string): ServerProcess {
  const [shell, ...args] = guarded(command, folder);
  const child = spawn(shell, args, {
    cwd: folder,
    detached: true,
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  const state = { output: '', ended: false };
  child.stdin.on('error', () => undefined);
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    state.output += text;
  });
  const ended = new Promise<void>((resolve) => {
    child.once('error', () => resolve());
    child.once('close', () => resolve());
  }).then(() => {
    state.ended = true;
  });
  const stop = () => {
    child.stdin.end();
    return ended;
  };
  return { output: () => state.output, ended, hasEnded: () => state.ended, stop };
}
