import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderOf } from '../suite/suite-folder.js';
import { reportIn, start } from './command.js';

test('the demo shows false positives of the shipped suites, and has done its job', async () => {
  const cwd = await folderOf({});
  const out = join(cwd, 'demo');
  const { code, stdout } = await start(['demo', '-o', out], { cwd }).ended;
  expect(code).toBe(0);
  const { summary, findings, target } = await reportIn(out);
  expect(target).toMatchObject({ name: 'lab', waf: { kind: 'modsecurity', mode: 'block' } });
  expect(summary.verdicts['false-positive']).toBeGreaterThan(0);
  expect(summary.verdicts['let-through']).toBeGreaterThan(0);
  expect(summary.verdicts.inconclusive).toBeUndefined();
  expect(findings.length).toBeGreaterThan(0);
  expect(stdout).toContain('report.html');
  expect(await readFile(join(out, 'report.html'), 'utf8')).toMatch(/^<!doctype html>/i);
});
