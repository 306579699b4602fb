import { spawn, spawnSync } from 'node:child_process';
import { existsSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';

/** A database server of its own, which listens on no port. */
export interface MariaDb {
  readonly socket: string;
  /** Rows of a query, each a list of texts. */
  rows(sql: string): readonly (readonly string[])[];
}

/** Starts a database server in a folder, with an empty database, until the test ends. */
export async function startMariaDb(folder: string, database: string): Promise<MariaDb> {
  const data = join(folder, 'db');
  const user = process.getuid?.() === 0 ? ['--user=root'] : [];
  const made = spawnSync(
    'mariadb-install-db',
    ['--no-defaults', `--datadir=${data}`, '--auth-root-authentication-method=normal', '--skip-test-db', ...user],
    { encoding: 'utf8' },
  );
  if (made.status !== 0) throw new Error(`mariadb-install-db failed: ${made.stderr}${made.stdout}`);
  const socket = join(folder, 'db.sock');
  const log = openSync(join(folder, 'db.log'), 'a');
  const quick = ['--innodb-flush-log-at-trx-commit=0', '--skip-networking', '--skip-log-bin'];
  const server = spawn(
    program(),
    ['--no-defaults', `--datadir=${data}`, `--socket=${socket}`, `--pid-file=${folder}/db.pid`, ...quick, ...user],
    { stdio: ['ignore', log, log] },
  );
  onTestFinished(() => void server.kill('SIGKILL'));
  const query = (sql: string, name: string) =>
    spawnSync('mariadb', ['--no-defaults', `--socket=${socket}`, '-uroot', '-N', '-B', '-e', sql, name], {
      encoding: 'utf8',
    });
  while (query(`create database if not exists ${database}`, 'mysql').status !== 0) {
    if (server.exitCode !== null) throw new Error(`MariaDB ended: ${readFileSync(join(folder, 'db.log'), 'utf8')}`);
    await sleep(100);
  }
  return { socket, rows: (sql) => rowsOf(query(sql, database)) };
}

function program(): string {
  return existsSync('/usr/sbin/mariadbd') ? '/usr/sbin/mariadbd' : 'mariadbd';
}

function rowsOf({ status, stdout, stderr }: ReturnType<typeof spawnSync>): readonly (readonly string[])[] {
  if (status !== 0) throw new Error(`${stderr}`);
  return `${stdout}`
    .split('\n')
    .slice(0, -1)
    .map((line) => line.split('\t'));
}
