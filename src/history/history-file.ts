import { constants, existsSync } from 'node:fs';
import { access, rmdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Database } from 'node-sqlite3-wasm';
import { fail } from '../model/error.js';
import { waitForLock } from '../util/lock-file.js';
import { reasonOf } from '../util/reason-of.js';

const schemaVersion = 1;
const patienceMs = 60_000;

/** Ids of findings are kept once, and a row of two numbers says that a run had one. */
const schema = `
CREATE TABLE run (
  id INTEGER PRIMARY KEY, series TEXT NOT NULL, started_at TEXT NOT NULL, cases INTEGER NOT NULL,
  unexpected INTEGER NOT NULL, verdicts TEXT NOT NULL, UNIQUE (series, started_at)
);
CREATE TABLE finding (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, what TEXT NOT NULL);
CREATE TABLE seen (
  run INTEGER NOT NULL REFERENCES run (id), finding INTEGER NOT NULL REFERENCES finding (id), cases INTEGER NOT NULL,
  PRIMARY KEY (run, finding)
) WITHOUT ROWID;
PRAGMA user_version = ${schemaVersion};
`;

/**
 * Works with a history, which is a SQLite database: one process after the other, and each change whole or not at all. What a killed
 * process has left half-done is undone.
 *
 * node-sqlite3-wasm is SQLite itself, compiled to WebAssembly: it installs from npm without a compiler on every platform, reads and
 * writes a file piece by piece with SQLite's own journal, and runs on Node 20, which has no `node:sqlite`. sql.js holds the whole
 * database in memory and cannot write a part of it; better-sqlite3 and libsql bring native code.
 * @throws WafproofError `HISTORY_UNUSABLE`
 */
export async function withHistoryFile<T>(path: string, work: (database: Database) => T): Promise<T> {
  const { default: sqlite } = await import('node-sqlite3-wasm');
  const release = await takeTurn(path);
  try {
    // The library's own lock is a folder, which a killed process leaves behind; whoever has the turn is its only user.
    await rmdir(`${path}.lock`).catch(() => undefined);
    const database = new sqlite.Database(path);
    try {
      prepare(database);
      return inTransaction(database, work);
    } finally {
      database.close();
    }
  } catch (cause) {
    throw fail('HISTORY_UNUSABLE', { reason: reasonOf(cause) }, { place: { file: path }, cause });
  } finally {
    await release();
  }
}

/**
 * Whether a run can be appended later: there is a history that can be written, or a folder in which one can be made.
 * @throws WafproofError `HISTORY_UNUSABLE`
 */
export async function checkHistoryFile(path: string): Promise<void> {
  if (existsSync(path)) return withHistoryFile(path, () => undefined);
  await access(dirname(path), constants.W_OK).catch((cause: unknown) => {
    throw fail('HISTORY_UNUSABLE', { reason: reasonOf(cause) }, { place: { file: path }, cause });
  });
}

async function takeTurn(path: string): Promise<() => Promise<void>> {
  const attempt = await waitForLock(`${path}.turn`, 'wafproof --history', patienceMs).catch((cause: unknown) => {
    throw fail('HISTORY_UNUSABLE', { reason: reasonOf(cause) }, { place: { file: path }, cause });
  });
  if (attempt.kind === 'held') return attempt.release;
  const reason = `process ${attempt.by?.pid ?? 'unknown'} keeps it`;
  throw fail('HISTORY_UNUSABLE', { reason }, { place: { file: path } });
}

function prepare(database: Database): void {
  const version = Number(database.get('PRAGMA user_version')?.['user_version'] ?? 0);
  const tables = Number(database.get('SELECT count(*) AS n FROM sqlite_schema')?.['n'] ?? 0);
  if (version === 0 && tables === 0) inTransaction(database, () => database.exec(schema));
  else if (version !== schemaVersion) throw new Error('it is the database of another program, or of a later version');
}

function inTransaction<T>(database: Database, work: (database: Database) => T): T {
  database.exec('BEGIN IMMEDIATE');
  try {
    const done = work(database);
    database.exec('COMMIT');
    return done;
  } catch (error) {
    if (database.inTransaction) database.exec('ROLLBACK');
    throw error;
  }
}
