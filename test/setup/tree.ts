import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, copyFile, cp, mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const repository = fileURLToPath(new URL('../..', import.meta.url));

/** What tells that the servers are there which tests start. */
export const serverFiles = [
  'usr/sbin/apache2',
  'usr/lib/apache2/modules/mod_security2.so',
  'usr/sbin/nginx',
  'usr/lib/nginx/modules/ngx_http_modsecurity_module.so',
  'usr/sbin/haproxy',
];

/** What else the program is started and imported by. */
const otherEntries = ['index', 'waf/modsecurity/engine-process', 'matchers/vitest', 'matchers/jest'];

export interface Outcome {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Start {
  readonly args?: readonly string[];
  readonly nodeArgs?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Run without root rights, whoever runs the tests. */
  readonly unprivileged?: boolean;
}

/** A set-up that was started, and what it has said so far. */
export interface Running {
  readonly process: ChildProcess;
  readonly outcome: Promise<Outcome>;
  says(text: string): Promise<void>;
}

/**
 * A tiny project with the real set-up in it, in a folder with a space in its name. Its dependencies are this
 * repository's TypeScript and rolldown, by links, so that `npm ci` needs no network. `system/` stands for the machine's root folder.
 */
export class Tree {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  static async make(): Promise<Tree> {
    const parent = await realpath(await mkdtemp(join(tmpdir(), 'wafproof-setup-test-')));
    await chmod(parent, 0o755);
    const tree = new Tree(join(parent, 'a tree'));
    await mkdir(join(tree.folder, 'src/cli'), { recursive: true });
    for (const name of ['src/setup.mjs', 'src/bundle.mjs']) await copyFile(join(repository, name), tree.path(name));
    await tree.writeProject();
    await tree.writeSystem();
    return tree;
  }

  /** A tree of its own, as this one is now. */
  async copy(): Promise<Tree> {
    const parent = await realpath(await mkdtemp(join(tmpdir(), 'wafproof-setup-test-')));
    await chmod(parent, 0o755);
    const folder = join(parent, 'a tree');
    await cp(this.folder, folder, { recursive: true, verbatimSymlinks: true });
    return new Tree(folder);
  }

  async remove(): Promise<void> {
    await rm(dirname(this.folder), { recursive: true, force: true });
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  async write(name: string, text: string): Promise<void> {
    await mkdir(dirname(this.path(name)), { recursive: true });
    await writeFile(this.path(name), text);
  }

  /** Has the compiler read next to nothing beside the sources, or the types of a browser, so that it takes its time. */
  async writeSettings(lib: 'es5' | 'dom'): Promise<void> {
    const more = lib === 'dom' ? { lib: ['es2023', lib] } : { lib: [lib], skipLibCheck: true };
    const compilerOptions = { module: 'nodenext', rootDir: 'src', types: [], ...more };
    await this.write('tsconfig.json', JSON.stringify({ compilerOptions }));
  }

  async delete(name: string): Promise<void> {
    await rm(this.path(name), { recursive: true });
  }

  async setUp(start: Start = {}): Promise<Outcome> {
    return this.start(start).outcome;
  }

  start({ args = [], nodeArgs = [], env = {}, unprivileged = false }: Start = {}): Running {
    const drop = unprivileged && isRoot() ? ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'] : [];
    const [program = '', ...rest] = [...drop, process.execPath, ...nodeArgs, this.path('src/setup.mjs'), ...args];
    return watch(spawn(program, rest, { cwd: tmpdir(), env: { ...this.environment(), ...env }, stdio: 'pipe' }));
  }

  /** Runs npm itself in the tree. */
  async npm(args: readonly string[]): Promise<Outcome> {
    const env = { ...this.environment(), npm_config_audit: 'false', npm_config_fund: 'false' };
    return watch(spawn(this.path('system/bin/npm'), args, { cwd: this.folder, env, stdio: 'pipe' })).outcome;
  }

  /** No variable of the machine's but what programs need, and only the programs in `system/bin`. */
  private environment(): Record<string, string> {
    return {
      PATH: this.path('system/bin'),
      HOME: dirname(this.folder),
      TMPDIR: tmpdir(),
      WAFPROOF_SYSROOT: this.path('system'),
      npm_config_update_notifier: 'false',
    };
  }

  private async writeProject(): Promise<void> {
    const tools = await Promise.all(['typescript', 'rolldown'].map((name) => this.linked(name)));
    const scripts = {
      prepare: 'node src/setup.mjs --for prepare',
      prepack: 'node src/setup.mjs --for build --rebuild',
    };
    const project = {
      name: 'tiny',
      version: '1.0.0',
      devDependencies: Object.assign({}, ...tools.map(({ wanted }) => wanted)),
    };
    const packages = Object.assign({ '': project }, ...tools.map(({ locked }) => locked));
    await this.write(
      'package.json',
      JSON.stringify({ ...project, scripts, type: 'module', engines: { node: '>=20.19' } }),
    );
    await this.write('package-lock.json', JSON.stringify({ ...project, lockfileVersion: 3, requires: true, packages }));
    await this.writeSettings('es5');
    await this.write('src/cli/main.ts', 'export const answer: number = 42;\n');
    for (const entry of otherEntries) await this.write(`src/${entry}.ts`, 'export {};\n');
  }

  /** A package of this repository, as `package.json` and the lock file of the tree name it. */
  private async linked(name: string) {
    const folder = join(repository, 'node_modules', name);
    const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
    const target = relative(this.folder, folder);
    return {
      wanted: { [name]: `file:${target}` },
      locked: { [target]: { version, dev: true }, [`node_modules/${name}`]: { resolved: target, link: true } },
    };
  }

  private async writeSystem(): Promise<void> {
    await this.write('system/usr/lib/libmodsecurity.so.3', '');
    await this.write('system/usr/share/modsecurity-crs/rules/rules.conf', '');
    for (const file of serverFiles) await this.write(join('system', file), '');
    await this.write('system/etc/debian_version', '12.0\n');
    await mkdir(this.path('system/bin'));
    await symlink(process.execPath, this.path('system/bin/node'));
    for (const name of ['git', 'fish', 'zsh', 'wget', 'http']) await this.write(`system/bin/${name}`, '');
    const programs = ['npm', 'env', 'sh', ...(isRoot() ? ['setpriv'] : [])];
    for (const program of programs) await symlink(await whereIs(program), this.path(`system/bin/${program}`));
  }
}

export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

async function whereIs(program: string): Promise<string> {
  for (const folder of (process.env['PATH'] ?? '').split(':')) {
    const path = await realpath(join(folder, program)).catch(() => undefined);
    if (path !== undefined) return path;
  }
  throw new Error(`${program} is not on PATH`);
}

function watch(child: ChildProcess): Running {
  const text = { stdout: '', stderr: '' };
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => (text.stdout += chunk));
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => (text.stderr += chunk));
  const outcome = new Promise<Outcome>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode) => resolve({ exitCode, ...text }));
  });
  const says = async (wanted: string): Promise<void> => {
    while (!text.stderr.includes(wanted)) {
      if (child.exitCode !== null) throw new Error(`the set-up ended without saying "${wanted}": ${text.stderr}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };
  return { process: child, outcome, says };
}
