import { spawn } from 'node:child_process';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageRoot } from '../../src/util/package-root.js';
import { type Files, folderOf } from '../suite/suite-folder.js';

/** What a step did. */
export interface StepResult {
  readonly code: number;
  readonly output: string;
}

/** A machine of a CI service, on which commands of its files run in a shell, and what needs the network is written down. */
export interface CiMachine {
  readonly folder: string;
  /** @param shell as the service calls it */
  run(script: string, env?: Readonly<Record<string, string>>, shell?: readonly string[]): Promise<StepResult>;
}

const main = join(packageRoot, 'dist/cli/main.js');

/** The built command stands for the installed package; packages are installed already, and nothing leaves the machine. */
const programs: Readonly<Record<string, string>> = {
  npx: `[ "$1" = --yes ] && shift; shift; exec "${process.execPath}" "${main}" "$@"`,
  npm: 'echo "npm $*" >> "$HOME/called"',
  sudo: 'exec "$@"',
  'apt-get': 'echo "apt-get $*" >> "$HOME/called"',
  dpkg: 'echo "dpkg $*" >> "$HOME/called"',
  gh: 'printf "%s\\n" "$@" > "$HOME/gh"',
};

/** A machine with these files in its working folder. */
export async function ciMachine(files: Files): Promise<CiMachine> {
  const folder = await folderOf(files);
  const home = join(folder, '.home');
  await mkdir(join(home, 'bin'), { recursive: true });
  for (const [name, text] of Object.entries(programs)) {
    await writeFile(join(home, 'bin', name), `#!/bin/sh\n${text}\n`);
    await chmod(join(home, 'bin', name), 0o755);
  }
  const base = {
    PATH: `${join(home, 'bin')}:${process.env['PATH']}`,
    HOME: home,
    CI: 'true',
    GITHUB_OUTPUT: join(home, 'output'),
  };
  return {
    folder,
    run: (script, env = {}, [program = 'bash', ...words] = ['bash', '-e', '-o', 'pipefail', '-c']) =>
      call(program, [...words, script], { cwd: folder, env: { ...base, ...env } }),
  };
}

function call(program: string, words: readonly string[], options: { cwd: string; env: NodeJS.ProcessEnv }) {
  return new Promise<StepResult>((resolve) => {
    const child = spawn(program, words, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const take = (chunk: Buffer) => {
      output += chunk.toString();
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.on('close', (code) => resolve({ code: code ?? -1, output }));
  });
}
