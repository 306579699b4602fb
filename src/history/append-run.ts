import type { Database } from 'node-sqlite3-wasm';
import type { FindingTrend, HistoricRun } from '../model/history.js';
import { isTree } from '../util/json-tree.js';
import { withHistoryFile } from './history-file.js';
import { type SeenFinding, trendsOf } from './trends.js';

const mostRuns = 100;

/** A run that goes into the history. */
export interface NewRun extends HistoricRun {
  /** Runs that can be compared have the same: the same target and the same choice of cases. */
  readonly series: string;
  readonly findings: readonly { readonly id: string; readonly what: string; readonly cases: readonly string[] }[];
}

/** What the history tells of the series of a run, that run included. */
export interface Series {
  readonly runs: readonly HistoricRun[];
  readonly findings: readonly FindingTrend[];
}

/**
 * Appends a run to a history, which is made where there is none, and reads its series. A run that is there already is not
 * appended again.
 * @throws WafproofError `HISTORY_UNUSABLE`
 */
export async function appendRun(path: string, run: NewRun): Promise<Series> {
  return withHistoryFile(path, (database) => {
    insertRun(database, run);
    return readSeries(database, run);
  });
}

function insertRun(database: Database, { series, startedAt, cases, unexpected, verdicts, findings }: NewRun): void {
  const { changes, lastInsertRowid } = database.run(
    'INSERT OR IGNORE INTO run (series, started_at, cases, unexpected, verdicts) VALUES (?, ?, ?, ?, ?)',
    [series, startedAt, cases, unexpected, JSON.stringify(verdicts)],
  );
  if (changes === 0) return;
  const name = database.prepare(
    'INSERT INTO finding (name, what) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET what = excluded.what',
  );
  const seen = database.prepare('INSERT INTO seen (run, finding, cases) SELECT ?, id, ? FROM finding WHERE name = ?');
  try {
    for (const { id, what, cases: ids } of findings) {
      name.run([id, what]);
      seen.run([lastInsertRowid, ids.length, id]);
    }
  } finally {
    name.finalize();
    seen.finalize();
  }
}

function readSeries(database: Database, { series, startedAt }: NewRun): Series {
  const rows = database.all(
    'SELECT id, started_at, cases, unexpected, verdicts FROM run WHERE series = ? AND started_at <= ? ORDER BY started_at DESC LIMIT ?',
    [series, startedAt, mostRuns],
  );
  const runs = rows.reverse();
  const begins = runs.map((row) => String(row['started_at']));
  const seen = database.all(
    'SELECT run.started_at, finding.name, finding.what FROM seen JOIN run ON run.id = seen.run JOIN finding ON finding.id = seen.finding WHERE run.series = ? AND run.started_at BETWEEN ? AND ?',
    [series, begins[0] ?? startedAt, startedAt],
  );
  return { runs: runs.map(toRun), findings: trendsOf(begins, gather(seen)) };
}

type Row = Readonly<Record<string, unknown>>;

function toRun(row: Row): HistoricRun {
  const verdicts: unknown = JSON.parse(String(row['verdicts']));
  return {
    startedAt: String(row['started_at']),
    cases: Number(row['cases']),
    unexpected: Number(row['unexpected']),
    verdicts: isTree(verdicts)
      ? Object.fromEntries(Object.entries(verdicts).map(([kind, count]) => [kind, Number(count)]))
      : {},
  };
}

function gather(rows: readonly Row[]): readonly SeenFinding[] {
  const findings = new Map<string, { readonly id: string; readonly what: string; readonly runs: Set<string> }>();
  for (const row of rows) {
    const id = String(row['name']);
    const known = findings.get(id) ?? { id, what: String(row['what']), runs: new Set<string>() };
    known.runs.add(String(row['started_at']));
    findings.set(id, known);
  }
  return [...findings.values()];
}
