import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { FinishedTree, ready } from './finished-tree.js';
import { isRoot, type Outcome, serverFiles, type Tree } from './tree.js';

const done = FinishedTree.forFile();

test('a Node.js that is too old', async () => {
  const tree = await done.own();
  await tree.write('package.json', JSON.stringify({ name: 'tiny', engines: { node: '>=99.5' } }));
  expect(await tree.setUp()).toEqual(
    stopped(`setup: this is Node.js ${process.versions.node}, and 99.5 or newer is needed: https://nodejs.org\n`),
  );
});

test('arguments that it does not know', async () => {
  const outcome = await done.shared.setUp({ args: ['--for', 'tests'] });
  expect(outcome).toEqual(
    stopped('setup: usage: node src/setup.mjs [--for run|test|apps|build|prepare] [--rebuild]\n'),
  );
});

test('dependencies that cannot be fetched', async () => {
  const tree = await done.own();
  await tree.write('package-lock.json', lockOfAPackageThatNobodyServes);
  await tree.write('package.json', JSON.stringify({ name: 'tiny', dependencies: { far: '1.0.0' } }));
  const outcome = await tree.setUp({ env: { npm_config_fetch_retries: '0' } });
  expect(outcome.exitCode).toBe(2);
  expect(outcome.stderr).toContain('ECONNREFUSED');
  expect(outcome.stderr).toMatch(
    /setup: npm ci failed, as it says above; where it is the network, check the connection and "npm config get registry"\n$/,
  );
});

test('no npm at all', async () => {
  const tree = await done.own();
  await tree.delete('node_modules');
  await tree.delete('system/bin/npm');
  expect((await tree.setUp()).stderr).toContain('setup: npm is not on PATH; ');
});

test('without root, a missing engine is named with the exact command', async () => {
  const tree = await done.own();
  await tree.delete('system/usr/lib/libmodsecurity.so.3');
  const outcome = await tree.setUp({ unprivileged: true });
  expect(outcome).toEqual(
    stopped(
      'setup: missing: libmodsecurity3 (the ModSecurity engine); to install takes root\n' +
        'setup: run: sudo apt-get update && sudo apt-get install -y --no-install-recommends libmodsecurity3\n',
    ),
  );
});

test('all that is missing is in one command', async () => {
  const tree = await done.own();
  await tree.delete('system/usr');
  const outcome = await tree.setUp({ unprivileged: true });
  expect(outcome.exitCode).toBe(2);
  expect(outcome.stderr).toMatch(/--no-install-recommends libmodsecurity3 modsecurity-crs\n$/);
});

test('a build needs neither engine nor rules', async () => {
  const tree = await done.own();
  await tree.delete('system/usr');
  expect(await tree.setUp({ args: ['--for', 'build'], unprivileged: true })).toEqual(ready);
});

test('off Debian it says what is needed, and installs nothing', async () => {
  const tree = await done.own();
  await tree.delete('system/usr');
  await tree.delete('system/etc');
  const { exitCode, stderr } = await tree.setUp();
  expect(exitCode).toBe(2);
  const [first, engine, rules] = stderr.split('\n');
  expect(first).toBe(
    'setup: missing: libmodsecurity3 (the ModSecurity engine), modsecurity-crs (the OWASP Core Rule Set)',
  );
  expect(engine).toContain('set WAFPROOF_LIBMODSECURITY to the file');
  expect(rules).toContain('git clone https://github.com/coreruleset/coreruleset DIR && export WAFPROOF_CRS=DIR');
});

test('engine and rules may lie elsewhere', async () => {
  const tree = await done.own();
  await tree.delete('system/usr');
  await tree.write('mine/libmodsecurity.so', '');
  await tree.write('mine/rules/rules.conf', '');
  const env = { WAFPROOF_LIBMODSECURITY: tree.path('mine/libmodsecurity.so'), WAFPROOF_CRS: tree.path('mine') };
  expect(await tree.setUp({ env, unprivileged: true })).toEqual(ready);
});

test.each(['WAFPROOF_LIBMODSECURITY', 'WAFPROOF_CRS'])('%s that names nothing', async (name) => {
  const outcome = await done.shared.setUp({ env: { [name]: '/no/such' } });
  expect(outcome).toEqual(
    stopped(`setup: ${name} names /no/such, which does not exist; correct the variable or unset it\n`),
  );
});

test('without a browser the tests go on, and it is said loudly', async () => {
  const { exitCode, stderr } = await done.shared.setUp({ args: ['--for', 'test'], unprivileged: true });
  expect(exitCode).toBe(0);
  expect(stderr).toContain('setup: WITHOUT CHROMIUM: browser tests are left out of this run\n');
  expect(stderr).toContain(
    'setup: run: sudo apt-get update && sudo apt-get install -y --no-install-recommends chromium\n',
  );
});

test('without a server the tests go on, and it is said loudly', async () => {
  const tree = await done.own();
  for (const file of serverFiles) await tree.delete(join('system', file));
  await tree.write('system/bin/chromium', '');
  const { exitCode, stderr } = await tree.setUp({ args: ['--for', 'test'], unprivileged: true });
  expect(exitCode).toBe(0);
  expect(stderr).toContain('setup: WITHOUT LIBAPACHE2-MOD-SECURITY2: tests with Apache are left out of this run\n');
  expect(stderr).toContain('setup: WITHOUT NGINX: tests with nginx are left out of this run\n');
  expect(stderr).toContain(' apache2-bin libapache2-mod-security2 nginx libnginx-mod-http-modsecurity haproxy\n');
});

test('without PHP and a database the tests of applications go on, and it is said loudly', async () => {
  const tree = await done.own();
  await tree.write('system/bin/chromium', '');
  await tree.write('system/usr/lib/php/20220829/dom.so', '');
  const { exitCode, stderr } = await tree.setUp({ args: ['--for', 'apps'], unprivileged: true });
  expect(exitCode).toBe(0);
  expect(stderr).toContain('setup: WITHOUT PHP-CLI: tests with WordPress and MediaWiki are left out of this run\n');
  expect(stderr).toContain('setup: WITHOUT MARIADB-SERVER: tests with WordPress are left out of this run\n');
  expect(stderr).toContain(' php-cli php-mysql php-sqlite3 php-mbstring php-intl mariadb-server\n');
});

test('a run needs no server', async () => {
  const tree = await done.own();
  for (const file of serverFiles) await tree.delete(join('system', file));
  expect(await tree.setUp({ unprivileged: true })).toEqual(ready);
});

test('in CI no test is left out', async () => {
  const outcome = await done.shared.setUp({ args: ['--for', 'test'], unprivileged: true, env: { CI: 'true' } });
  expect(outcome.exitCode).toBe(2);
  expect(outcome.stderr).toContain('setup: missing: chromium (the browser that tests drive); to install takes root\n');
});

test('a browser on PATH is enough', async () => {
  const tree = await done.own();
  await tree.write('system/bin/chromium', '');
  expect(await tree.setUp({ args: ['--for', 'test'], unprivileged: true, env: { CI: 'true' } })).toEqual(ready);
});

test('a tree that cannot be written to is fine as long as nothing is to be done', async () => {
  const tree = await readOnlyTree();
  expect(await tree.setUp({ unprivileged: true })).toEqual(ready);
});

test('a tree that cannot be written to and is out of date', async () => {
  const tree = await readOnlyTree();
  const outcome = await tree.setUp({ unprivileged: true, args: ['--rebuild'] });
  expect(outcome).toEqual(
    stopped(
      `setup: cannot write to ${tree.folder} (EACCES); make room or make it writable, or run this as its owner\n`,
    ),
  );
});

/** Debian's own apt-get, with package lists and a state of its own that are empty: it knows no package. */
test.skipIf(!isRoot() || process.platform !== 'linux')('apt-get that fails (left out without root)', async () => {
  const tree = await done.own();
  await tree.delete('system/usr/lib/libmodsecurity.so.3');
  const apt = await emptyApt(tree);
  const { exitCode, stderr } = await tree.setUp({ env: { APT_CONFIG: apt, PATH: '/usr/sbin:/usr/bin:/sbin:/bin' } });
  expect(exitCode).toBe(2);
  expect(stderr).toContain('setup: installing libmodsecurity3 (apt-get) …\n');
  expect(stderr).toContain('Unable to locate package libmodsecurity3');
  expect(stderr).toMatch(
    /setup: check the network, let other installs end, then run: apt-get update && apt-get install -y --no-install-recommends libmodsecurity3\n$/,
  );
});

async function readOnlyTree(): Promise<Tree> {
  const tree = await done.own();
  await chmod(tree.folder, 0o555);
  onTestFinished(() => chmod(tree.folder, 0o755));
  return tree;
}

function stopped(stderr: string): Outcome {
  return { exitCode: 2, stdout: '', stderr };
}

async function emptyApt(tree: Tree): Promise<string> {
  await mkdir(tree.path('apt/lists/partial'), { recursive: true });
  await mkdir(tree.path('apt/cache/archives/partial'), { recursive: true });
  await tree.write('apt/state/status', '');
  await tree.write(
    'apt/apt.conf',
    [
      'Dir::Etc::sourcelist "/dev/null";',
      'Dir::Etc::sourceparts "/dev/null";',
      `Dir::State::lists "${tree.path('apt/lists')}";`,
      `Dir::State::status "${tree.path('apt/state/status')}";`,
      `Dir::Cache "${tree.path('apt/cache')}";`,
    ].join('\n'),
  );
  return tree.path('apt/apt.conf');
}

const lockOfAPackageThatNobodyServes = JSON.stringify({
  name: 'tiny',
  lockfileVersion: 3,
  requires: true,
  packages: {
    '': { name: 'tiny', dependencies: { far: '1.0.0' } },
    'node_modules/far': { version: '1.0.0', resolved: 'http://127.0.0.1:9/far/-/far-1.0.0.tgz' },
  },
});
