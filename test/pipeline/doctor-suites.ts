import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A suite `large` with the one case `one`, until the test ends. JSON is YAML. */
export function caseFile(one: Readonly<Record<string, unknown>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'wafproof-doctor-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'large.yaml');
  const cases = [{ id: 'one', method: 'POST', path: '/', ...one }];
  writeFileSync(path, JSON.stringify({ suite: 'Large', cases }));
  return path;
}
