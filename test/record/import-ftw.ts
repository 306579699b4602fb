import type { Case } from '../../src/model/case.js';
import { type ImportResult, importSuites } from '../../src/pipeline/import.js';
import { loadSuites } from '../../src/suite/load-suites.js';
import { collect, type Files, folderOf } from '../suite/suite-folder.js';

/** Imports FTW tests, and loads the suites that were written. */
export async function importFtw(files: Files): Promise<ImportResult & { readonly cases: readonly Case[] }> {
  const cwd = await folderOf(files);
  const result = await importSuites({ format: 'ftw', path: '.', out: 'out', force: false }, { cwd });
  if (result.written.length === 0) return { ...result, cases: [] };
  return { ...result, cases: await collect(await loadSuites({ patterns: ['out'], cwd, env: {} })) };
}

/** A file with one test, as JSON, which is YAML too. */
export function testOf(input: object, output: object = { log: { expect_ids: [942100] } }): string {
  return JSON.stringify({ rule_id: 942100, tests: [{ test_id: 1, stages: [{ input, output }] }] });
}
