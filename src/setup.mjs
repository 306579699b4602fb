// @ts-check
/**
 * Set-up: sees to it that what Wafproof needs is there. `npm run demo`, `npm test` and the other scripts call it first.
 *
 *   node src/setup.mjs [--for run|test|apps|build|prepare] [--rebuild]
 *
 * `--for prepare` is for npm, which calls it after each install in this tree, and in the clone of a git URL before it
 * packs that. It compiles, and leaves npm's packages to the npm that called it.
 *
 * It is plain JavaScript without dependencies because it runs before `npm ci`. When all is there it only reads files: no
 * process is started and nothing is written. All messages go to standard error. Exit code 2: something is missing.
 *
 * Environment:
 *   WAFPROOF_LIBMODSECURITY  the engine's library file, where it is in none of the usual folders
 *   WAFPROOF_CRS             the Core Rule Set (a folder that holds rules/), where it is not in the usual folder
 *   WAFPROOF_SYSROOT         the folder that stands for / when looking for libraries and rules
 *   CI                       when set, no test may be left out: what only some tests need is needed too
 *   WAFPROOF_SETUP           set by a set-up for what it starts, so that the npm in it does not start another one
 *
 * @typedef {'run' | 'test' | 'apps' | 'build' | 'prepare'} Purpose
 * @typedef {{ purpose: Purpose, rebuild: boolean }} Job
 * @typedef {{ version?: string, integrity?: string, optional?: boolean }} LockEntry
 * @typedef {object} SystemPackage
 * @property {string} name  its name in Debian
 * @property {string} why
 * @property {readonly Purpose[]} purposes
 * @property {() => boolean} isThere
 * @property {string} [leftOut]  what is left out without it; absent where nothing works without it
 * @property {string} [service]  a service that comes with it, which is not to run
 * @property {string} mac  how to get it on macOS
 * @property {string} other  how to get it elsewhere
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const sysroot = process.env.WAFPROOF_SYSROOT || '/';
const inCi = !['', '0', 'false'].includes(process.env.CI ?? '');
/** @type {readonly Purpose[]} */
const purposes = ['run', 'test', 'apps', 'build', 'prepare'];
const crsByHand = 'git clone https://github.com/coreruleset/coreruleset DIR && export WAFPROOF_CRS=DIR';
const libraryByHand = 'where it is in a folder of its own, set WAFPROOF_LIBMODSECURITY to the file';
const onDebianOnly = {
  mac: 'there is none that fits; it takes Debian',
  other: 'there is none that fits; it takes Debian',
};

/** Of PHP, by the name of its package and of a module in that: what WordPress and MediaWiki do not run without. */
const phpModules = [
  ['php-mysql', 'mysqli'],
  ['php-sqlite3', 'pdo_sqlite'],
  ['php-xml', 'dom'],
  ['php-mbstring', 'mbstring'],
  ['php-intl', 'intl'],
];

/** @type {readonly SystemPackage[]} */
const systemPackages = [
  {
    name: 'libmodsecurity3',
    why: 'the ModSecurity engine',
    purposes: ['run', 'test', 'apps'],
    isThere: engineIsThere,
    mac: `brew install modsecurity; ${libraryByHand}`,
    other: `install the library of ModSecurity 3 (libmodsecurity.so.3) by your package manager; ${libraryByHand}`,
  },
  {
    name: 'modsecurity-crs',
    why: 'the OWASP Core Rule Set',
    purposes: ['run', 'test', 'apps'],
    isThere: rulesAreThere,
    mac: crsByHand,
    other: crsByHand,
  },
  {
    name: 'chromium',
    why: 'the browser that tests drive',
    purposes: ['test', 'apps'],
    isThere: () => isOnPath('chromium'),
    leftOut: 'browser tests',
    mac: 'brew install --cask chromium, and have a program "chromium" on PATH',
    other: 'install it by your package manager, as a program "chromium" on PATH',
  },
  {
    name: 'apache2-bin',
    why: 'the Apache that tests start',
    purposes: ['test'],
    isThere: () => isInSystem('usr/sbin/apache2'),
    leftOut: 'tests with Apache',
    ...onDebianOnly,
  },
  {
    name: 'libapache2-mod-security2',
    why: 'ModSecurity 2 for Apache',
    purposes: ['test'],
    isThere: () => isInSystem('usr/lib/apache2/modules/mod_security2.so'),
    leftOut: 'tests with Apache',
    ...onDebianOnly,
  },
  {
    name: 'nginx',
    why: 'the nginx that tests start',
    purposes: ['test', 'apps'],
    isThere: () => isInSystem('usr/sbin/nginx'),
    leftOut: 'tests with nginx',
    service: 'nginx',
    ...onDebianOnly,
  },
  {
    name: 'libnginx-mod-http-modsecurity',
    why: 'ModSecurity 3 for nginx',
    purposes: ['test', 'apps'],
    isThere: () => isInSystem('usr/lib/nginx/modules/ngx_http_modsecurity_module.so'),
    leftOut: 'tests with nginx',
    ...onDebianOnly,
  },
  {
    name: 'haproxy',
    why: 'the HAProxy that tests start',
    purposes: ['test'],
    isThere: () => isInSystem('usr/sbin/haproxy'),
    leftOut: 'tests with HAProxy',
    service: 'haproxy',
    ...onDebianOnly,
  },
  {
    name: 'git',
    why: 'the git by which tests install from a URL',
    purposes: ['test'],
    isThere: () => isOnPath('git'),
    leftOut: 'tests of git URLs',
    mac: 'brew install git',
    other: 'install it by your package manager',
  },
  {
    name: 'fish',
    why: 'a shell whose completion is tested',
    purposes: ['test'],
    isThere: () => isOnPath('fish'),
    leftOut: 'tests of completion in fish',
    mac: 'brew install fish',
    other: 'install it by your package manager',
  },
  {
    name: 'zsh',
    why: 'a shell whose completion is tested',
    purposes: ['test'],
    isThere: () => isOnPath('zsh'),
    leftOut: 'tests of completion in zsh',
    mac: 'brew install zsh',
    other: 'install it by your package manager',
  },
  {
    name: 'wget',
    why: 'a client whose commands are imported',
    purposes: ['test'],
    isThere: () => isOnPath('wget'),
    leftOut: 'a test of commands of wget',
    mac: 'brew install wget',
    other: 'install it by your package manager',
  },
  {
    name: 'httpie',
    why: 'a client whose commands are imported',
    purposes: ['test'],
    isThere: () => isOnPath('http'),
    leftOut: 'a test of commands of HTTPie',
    mac: 'brew install httpie',
    other: 'install it by your package manager',
  },
  {
    name: 'php-cli',
    why: 'PHP, which runs WordPress and MediaWiki',
    purposes: ['apps'],
    isThere: () => isOnPath('php'),
    leftOut: 'tests with WordPress and MediaWiki',
    ...onDebianOnly,
  },
  ...phpModules.map(([name = '', module = '']) => phpPackage(name, module)),
  {
    name: 'mariadb-server',
    why: 'the database of WordPress',
    purposes: ['apps'],
    isThere: () => isInSystem('usr/sbin/mariadbd'),
    leftOut: 'tests with WordPress',
    service: 'mariadb',
    ...onDebianOnly,
  },
];

/** @param {string} name @param {string} module @returns {SystemPackage} */
function phpPackage(name, module) {
  return {
    name,
    why: 'a part of PHP',
    purposes: ['apps'],
    isThere: () => phpModuleIsThere(module),
    leftOut: 'tests with WordPress and MediaWiki',
    ...onDebianOnly,
  };
}

/** Each version of PHP has a folder for its modules: usr/lib/php/20220829. @param {string} module */
function phpModuleIsThere(module) {
  const folder = join(sysroot, 'usr/lib/php');
  const versions = fs.existsSync(folder) ? fs.readdirSync(folder) : [];
  return versions.some((version) => fs.existsSync(join(folder, version, `${module}.so`)));
}

/** @type {Record<string, string>} Debian's library folders, where they are not simply Node's name of the processor */
const multiarch = { x64: 'x86_64-linux-gnu', arm64: 'aarch64-linux-gnu', arm: 'arm-linux-gnueabihf' };

/** The end of the set-up, with what to tell the user. */
class Stop extends Error {
  /** @param {readonly string[]} lines @param {number} [exitCode] */
  constructor(lines, exitCode = 2) {
    super(lines.join('\n'));
    this.exitCode = exitCode;
  }
}

/** @type {import('node:child_process').ChildProcess | undefined} */
let child;
/** @type {NodeJS.Signals | undefined} */
let interruption;

/** @param {Job} job */
async function setUp(job) {
  if (process.env.WAFPROOF_SETUP) return;
  requireNode();
  if (job.purpose === 'prepare' && !hasBuildTools()) return say('without TypeScript and rolldown dist stays as it is');
  if (job.purpose !== 'prepare') requireNamedFiles();
  if (!isReady(job)) await makeReady(job);
}

/** @param {Job} job */
function isReady({ purpose, rebuild }) {
  return !rebuild && npmIsReady(purpose) && missingPackages(purpose).length === 0 && buildIsCurrent();
}

/** @param {Job} job */
async function makeReady({ purpose, rebuild }) {
  await takeLock();
  try {
    if (!npmIsReady(purpose)) await installNpm();
    await installPackages(missingPackages(purpose));
    if (rebuild || !buildIsCurrent()) await build();
  } finally {
    releaseLock();
  }
}

// Node.js and the environment

function requireNode() {
  const [major = 0, minor = 0] = numbers(readJson('package.json')?.engines?.node ?? '');
  const [ownMajor = 0, ownMinor = 0] = numbers(process.versions.node);
  if (ownMajor > major || (ownMajor === major && ownMinor >= minor)) return;
  const needed = `${major}.${minor} or newer is needed: https://nodejs.org`;
  throw new Stop([`this is Node.js ${process.versions.node}, and ${needed}`]);
}

/** @param {string} version */
function numbers(version) {
  return (version.match(/\d+/g) ?? []).map(Number);
}

function requireNamedFiles() {
  for (const name of ['WAFPROOF_LIBMODSECURITY', 'WAFPROOF_CRS']) {
    const path = process.env[name];
    if (!path || fs.existsSync(path)) continue;
    throw new Stop([`${name} names ${path}, which does not exist; correct the variable or unset it`]);
  }
}

// npm dependencies

/** @param {Purpose} purpose */
function npmIsReady(purpose) {
  return purpose === 'prepare' || npmIsCurrent();
}

/** npm writes down what it installed in the form of the lock file, so the two can be compared. */
function npmIsCurrent() {
  const wanted = lockEntries('package-lock.json');
  const there = lockEntries('node_modules/.package-lock.json');
  if (wanted === undefined || there === undefined) return false;
  return Object.entries(wanted).every(([path, entry]) => path === '' || isInstalled(path, entry, there[path]));
}

/** @param {string} path @returns {Record<string, LockEntry> | undefined} */
function lockEntries(path) {
  return readJson(path)?.packages;
}

/** What is optional may be for another platform. @param {string} path @param {LockEntry} wanted @param {LockEntry} [there] */
function isInstalled(path, wanted, there) {
  if (there === undefined) return wanted.optional === true;
  const same = wanted.version === there.version && wanted.integrity === there.integrity;
  return same && fs.existsSync(join(root, path));
}

async function installNpm() {
  requireWritable();
  say('installing npm dependencies (npm ci) …');
  // An npm that calls this script hands down its own options: with those of `npm pack --json --dry-run` nothing is installed.
  const options = ['--include=dev', '--no-dry-run', '--no-json', '--no-audit', '--no-fund'];
  const code = await run([...npmCommand(), 'ci', ...options]);
  if (code === 0) return;
  const reason = code === undefined ? 'npm is not on PATH' : 'npm ci failed, as it says above';
  throw new Stop([`${reason}; where it is the network, check the connection and "npm config get registry"`]);
}

/** The npm that runs this script, if one does. */
function npmCommand() {
  const own = process.env.npm_execpath ?? '';
  return own.endsWith('npm-cli.js') ? [process.execPath, own] : ['npm'];
}

// Packages of the operating system

/** @param {Purpose} purpose */
function missingPackages(purpose) {
  return systemPackages.filter((one) => one.purposes.includes(purpose) && !one.isThere());
}

function engineIsThere() {
  if (process.env.WAFPROOF_LIBMODSECURITY) return true;
  const names = ['libmodsecurity.so.3', 'libmodsecurity.3.dylib', 'libmodsecurity.dylib'];
  return libraryFolders().some((folder) => names.some((name) => fs.existsSync(join(folder, name))));
}

function libraryFolders() {
  const own = `usr/lib/${multiarch[process.arch] ?? `${process.arch}-linux-gnu`}`;
  const usual = [own, 'usr/lib', 'usr/lib64', 'usr/local/lib', 'usr/local/modsecurity/lib', 'opt/homebrew/lib'];
  const named = (process.env.LD_LIBRARY_PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return [...named, ...usual.map((folder) => join(sysroot, folder))];
}

function rulesAreThere() {
  return fs.existsSync(join(process.env.WAFPROOF_CRS || join(sysroot, 'usr/share/modsecurity-crs'), 'rules'));
}

/** @param {string} path from the root folder */
function isInSystem(path) {
  return fs.existsSync(join(sysroot, path));
}

/** @param {string} program */
function isOnPath(program) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => fs.existsSync(join(folder, program)));
}

/** @param {readonly SystemPackage[]} missing */
async function installPackages(missing) {
  const mayLack = missing.filter((one) => one.leftOut !== undefined && !inCi);
  const problem = await install(missing.filter((one) => !mayLack.includes(one)));
  if (problem.length > 0) throw new Stop(problem);
  const lines = await install(mayLack);
  if (lines.length === 0) return;
  for (const one of mayLack) say(`WITHOUT ${one.name.toUpperCase()}: ${one.leftOut} are left out of this run`);
  for (const line of lines) say(line);
}

/** @param {readonly SystemPackage[]} packages @returns {Promise<string[]>} what is in the way; nothing when all went well */
async function install(packages) {
  if (packages.length === 0) return [];
  const list = packages.map((one) => `${one.name} (${one.why})`).join(', ');
  if (!fs.existsSync(join(sysroot, 'etc/debian_version'))) return [`missing: ${list}`, ...adviceElsewhere(packages)];
  const isRoot = process.getuid?.() === 0;
  const byHand = `run: ${aptCommand(packages, isRoot ? '' : 'sudo ')}`;
  if (!isRoot && !(await canSudo())) return [`missing: ${list}; to install takes root`, byHand];
  const code = await aptInstall(packages, isRoot ? [] : ['sudo', '-n']);
  if (packages.every((one) => one.isThere())) return [];
  if (code === 0) return [`apt-get installed ${list}, yet it is in none of the usual places`];
  return [
    `apt-get did not install ${list}, as it says above`,
    `check the network, let other installs end, then ${byHand}`,
  ];
}

/** @param {readonly SystemPackage[]} packages */
function adviceElsewhere(packages) {
  return packages.map((one) => `${one.name}: ${process.platform === 'darwin' ? one.mac : one.other}`);
}

/** @param {readonly SystemPackage[]} packages @param {string} prefix */
function aptCommand(packages, prefix) {
  const names = packages.map((one) => one.name).join(' ');
  return `${prefix}apt-get update && ${prefix}apt-get install -y --no-install-recommends ${names}`;
}

async function canSudo() {
  return isOnPath('sudo') && (await run(['sudo', '-n', 'true'], 'ignore')) === 0;
}

/**
 * Debian starts a service as soon as it is installed, and again whenever the machine starts. A policy forbids the first,
 * where the system has none of its own; a service that was not there before is disabled against the second.
 */
const withoutServices = `
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  trap 'rm -f "$policy"' EXIT
  printf '#!/bin/sh\\nexit 101\\n' > "$policy" && chmod 755 "$policy"
fi
services=$1; shift
"$@" & apt=$!
trap 'kill "$apt"' INT TERM HUP
wait "$apt" || wait "$apt" || exit 1
for service in $services; do update-rc.d "$service" disable; done
`;

/** A failed update is no reason to give up: the lists may do. @param {readonly SystemPackage[]} packages @param {string[]} prefix */
async function aptInstall(packages, prefix) {
  const names = packages.map((one) => one.name);
  say(`installing ${names.join(', ')} (apt-get) …`);
  const apt = ['env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-q', '-o', 'DPkg::Lock::Timeout=120'];
  const services = packages.flatMap((one) => one.service ?? []).join(' ');
  await run([...prefix, ...apt, 'update']);
  const install = [...apt, 'install', '-y', '--no-install-recommends', ...names];
  return run([...prefix, 'sh', '-c', withoutServices, 'setup', services, ...install]);
}

// The build

const compiler = join(root, 'node_modules/typescript/bin/tsc');
const bundler = join(root, 'node_modules/rolldown/package.json');

function hasBuildTools() {
  return fs.existsSync(compiler) && fs.existsSync(bundler);
}

/** What a build leaves in `dist/.sources`: the hash of what it was made from, then the files that it wrote. */
function buildIsCurrent() {
  const [hash, ...built] = (readText('dist/.sources') ?? '').split('\n');
  return hash === sourceHash() && built.every((name) => fs.existsSync(join(root, 'dist', name)));
}

/** @param {string} folder */
function filesIn(folder) {
  const names = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => /\.(js|d\.ts)$/.test(name)).sort();
}

function sourceFiles() {
  const names = fs.readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' });
  return names.filter((name) => /(?<!\.d)\.ts$/.test(name)).sort();
}

/** They become part of the program. */
function templateFiles() {
  const folder = join(root, 'reports/templates');
  if (!fs.existsSync(folder)) return [];
  return fs
    .readdirSync(folder)
    .filter((name) => name.endsWith('.hbs'))
    .sort();
}

/** Of contents, not of times: times change with every checkout, and a file that was deleted has none. */
function sourceHash() {
  const hash = createHash('sha256');
  const tools = ['typescript', 'rolldown', 'handlebars'].map((name) => `node_modules/${name}/package.json`);
  for (const path of [
    'tsconfig.json',
    'package.json',
    'src/bundle.mjs',
    ...tools,
    ...sourceFiles().map((name) => join('src', name)),
    ...templateFiles().map((name) => join('reports/templates', name)),
  ]) {
    hash.update(`${path}\0${readText(path) ?? ''}\0`);
  }
  return hash.digest('hex');
}

/** Builds beside dist and swaps: nobody meets half a build, and a build that fails leaves the last one. */
async function build() {
  requireWritable();
  say('compiling src to dist (tsc, rolldown) …');
  const next = join(root, 'dist.next');
  removeFolder(next);
  try {
    await compile(next);
    swapDist(next);
  } finally {
    removeFolder(next);
  }
}

/** @param {string} folder */
async function compile(folder) {
  const hash = sourceHash();
  const types = ['--declaration', '--emitDeclarationOnly', '--outDir', folder];
  if ((await run([process.execPath, compiler, '-p', join(root, 'tsconfig.json'), ...types])) !== 0)
    throw new Stop(['the sources do not compile, as tsc says above']);
  if ((await run([process.execPath, join(root, 'src/bundle.mjs'), folder])) !== 0)
    throw new Stop(['the sources cannot be bundled, as rolldown says above']);
  const command = join(folder, 'cli/main.js');
  if (fs.existsSync(command)) fs.chmodSync(command, 0o755);
  fs.writeFileSync(join(folder, '.sources'), [hash, ...filesIn(folder)].join('\n'));
}

/** @param {string} next */
function swapDist(next) {
  const dist = join(root, 'dist');
  const old = join(root, 'dist.old');
  removeFolder(old);
  if (fs.existsSync(dist)) fs.renameSync(dist, old);
  fs.renameSync(next, dist);
  removeFolder(old);
}

// One set-up of a tree at a time

/** A symbolic link to the owner's process id: made in one step, and not in node_modules, which npm empties. */
const lock = join(tmpdir(), `wafproof-setup-${createHash('sha256').update(root).digest('hex').slice(0, 16)}`);

async function takeLock() {
  let told = false;
  for (let owner = tryLock(); owner !== undefined; owner = tryLock()) {
    if (isGone(owner)) {
      releaseLock();
      continue;
    }
    if (!told) say(`waiting for process ${owner}, which sets up this tree (if there is none, remove ${lock}) …`);
    told = true;
    await sleep(200);
    stopIfInterrupted();
  }
}

/** @returns {number | undefined} who has the lock, if it is not this process */
function tryLock() {
  try {
    fs.symlinkSync(String(process.pid), lock);
    return undefined;
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  }
  return lockOwner() ?? tryLock();
}

function lockOwner() {
  try {
    return Number(fs.readlinkSync(lock));
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function releaseLock() {
  try {
    fs.unlinkSync(lock);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
}

/** @param {number} pid */
function isGone(pid) {
  try {
    return !process.kill(pid, 0);
  } catch (error) {
    return codeOf(error) === 'ESRCH';
  }
}

// Files, processes, messages

/** @param {string} path */
function readText(path) {
  try {
    return fs.readFileSync(join(root, path), 'utf8');
  } catch {
    return undefined;
  }
}

/** @param {string} path @returns {any} nothing where there is no such file or it is not JSON */
function readJson(path) {
  try {
    return JSON.parse(readText(path) ?? '');
  } catch {
    return undefined;
  }
}

/** @param {string} folder */
function removeFolder(folder) {
  fs.rmSync(folder, { recursive: true, force: true });
}

function requireWritable() {
  fs.accessSync(root, fs.constants.W_OK);
}

/**
 * What the program prints goes to standard error.
 * @param {readonly string[]} command
 * @param {2 | 'ignore'} [output]
 * @returns {Promise<number | undefined>} its exit code; none where it could not be started
 */
async function run([program = '', ...args], output = 2) {
  const env = { ...process.env, WAFPROOF_SETUP: '1' };
  const started = spawn(program, args, { cwd: root, env, stdio: ['ignore', output, output] });
  child = started;
  const code = await new Promise((resolve) => {
    started.once('error', () => resolve(undefined));
    started.once('close', (status) => resolve(status ?? 1));
  });
  child = undefined;
  stopIfInterrupted();
  return code;
}

function stopIfInterrupted() {
  if (interruption !== undefined) throw new Stop(['interrupted'], 128 + constants.signals[interruption]);
}

/** @param {unknown} error */
function codeOf(error) {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

/** @param {string} line */
function say(line) {
  process.stderr.write(`setup: ${line}\n`);
}

/** @param {unknown} error */
function explain(error) {
  if (error instanceof Stop) return error.message.split('\n');
  const code = String(codeOf(error));
  if (!['EACCES', 'EPERM', 'EROFS', 'ENOSPC'].includes(code)) return [String(error)];
  const { path } = /** @type {NodeJS.ErrnoException} */ (error);
  return [`cannot write to ${path} (${code}); make room or make it writable, or run this as its owner`];
}

/** @param {readonly string[]} args @returns {Job} */
function readArguments(args) {
  const at = args.indexOf('--for');
  const purpose = at === -1 ? 'run' : args[at + 1];
  const known = args.every((arg, index) => arg === '--rebuild' || arg === '--for' || (at !== -1 && index === at + 1));
  const found = purposes.find((one) => one === purpose);
  if (known && found !== undefined) return { purpose: found, rebuild: args.includes('--rebuild') };
  throw new Stop([`usage: node src/setup.mjs [--for ${purposes.join('|')}] [--rebuild]`]);
}

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(signal, () => {
    interruption = signal;
    child?.kill(signal);
  });
}

try {
  await setUp(readArguments(process.argv.slice(2)));
} catch (error) {
  for (const line of explain(error)) say(line);
  process.exitCode = error instanceof Stop ? error.exitCode : 2;
}
