import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderOf } from '../suite/suite-folder.js';
import { reportIn, start } from './command.js';

test('the demo shows false positives of the shipped suites, clears those of some, and has done its job', async () => {
  const cwd = await folderOf({});
  const out = join(cwd, 'demo');
  const { code, stdout } = await start(['demo', '-o', out], { cwd }).ended;
  expect(code).toBe(0);
  const { summary, findings, target, exclusions = [], verification } = await reportIn(out);
  expect(target).toMatchObject({ name: 'lab', waf: { kind: 'modsecurity', mode: 'block' } });
  expect(summary.verdicts['false-positive']).toBeGreaterThan(0);
  expect(summary.verdicts['let-through']).toBeGreaterThan(0);
  expect(summary.verdicts.inconclusive).toBeUndefined();
  expect(findings.length).toBeGreaterThan(0);
  expect(exclusions.length).toBeGreaterThan(0);
  expect(verification).toMatchObject({ stillBlocked: [], newlyBlocked: [], tooBroad: [] });
  expect(verification?.cleared.length).toBeGreaterThan(10);
  expect(exclusions.some(({ detectionLoss }) => detectionLoss !== undefined)).toBe(true);
  expect(stdout).toContain('report.html');
  const configuration = join(out, 'modsecurity', 'REQUEST-900-EXCLUSION-RULES-BEFORE-CRS.conf');
  expect(await readFile(configuration, 'utf8')).toContain('ctl:ruleRemoveTargetById=');
  expect(await readFile(join(out, 'report.html'), 'utf8')).toMatch(/^<!doctype html>/i);
});
