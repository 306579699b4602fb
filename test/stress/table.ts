import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';

/** What became of the cases of a run, in numbers. */
export interface StressRow {
  readonly run: string;
  readonly perSecond: number;
  readonly exact: number;
  readonly vague: number;
  readonly lost: number;
  readonly unanswered: number;
  readonly wrong: number;
  /** Load of the machine in the last minute. */
  readonly load: number;
  readonly remark: string;
}

/** The file that rows are collected in: test files run in processes of their own. */
const variable = 'WAFPROOF_STRESS_TABLE';

export function addRow(row: Omit<StressRow, 'load'>): void {
  const file = process.env[variable];
  const load = Math.round((loadavg()[0] ?? 0) * 10) / 10;
  if (file !== undefined) appendFileSync(file, `${JSON.stringify({ ...row, load })}\n`);
}

/** All runs in one table at the end, and their sum. */
export default function collectRows(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'wafproof-stress-'));
  const file = join(folder, 'rows.jsonl');
  writeFileSync(file, '');
  process.env[variable] = file;
  return () => {
    const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1);
    rmSync(folder, { recursive: true, force: true });
    process.stdout.write(`\n${tableOf(lines.map((line): StressRow => JSON.parse(line)))}\n`);
  };
}

const counts = ['exact', 'vague', 'lost', 'unanswered', 'wrong'] as const;
const heads = ['run', '/s', ...counts, 'load', 'remark'];

function tableOf(rows: readonly StressRow[]): string {
  const cells = rows.map((row) => [row.run, row.perSecond, ...counts.map((name) => row[name]), row.load, row.remark]);
  const sums = counts.map((name) => rows.reduce((sum, row) => sum + row[name], 0));
  const all = [heads, ...cells, ['all', '', ...sums, Math.max(0, ...rows.map(({ load }) => load)), '']];
  const widths = heads.map((_, column) => Math.max(...all.map((line) => `${line[column]}`.length)));
  return all
    .map((line) =>
      line
        .map((cell, i) =>
          typeof cell === 'number' || i === 1 ? `${cell}`.padStart(widths[i] ?? 0) : `${cell}`.padEnd(widths[i] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
