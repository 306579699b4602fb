import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from '../../src/util/package-root.js';
import { folderOf } from '../suite/suite-folder.js';
import { reportIn, start } from './command.js';
import { differences, type Outcomes, outcomes, startLab } from './lab.js';

const suites = join(packageRoot, 'suites');

/** The outcomes of the shipped suites, by a command that judges them. */
async function judgedBy(command: readonly string[], out: string): Promise<Outcomes> {
  const { code, stderr } = await start([...command, '--quiet', '--reporter', 'json', '--out', out]).ended;
  expect([code, stderr]).toEqual([1, '']);
  return outcomes(await reportIn(out));
}

test('run through a lab says what check says of every shipped case, over 64 connections and over one', async () => {
  const folder = await folderOf({});
  const lab = await startLab(folder);
  const run = ['run', suites, '--target', lab.url, '--log', join(folder, 'audit.log')];
  const checked = await judgedBy(['check', suites], join(folder, 'check'));
  const many = await judgedBy([...run, '--connections', '64'], join(folder, '64'));
  expect([...many.keys()]).toEqual([...checked.keys()]);
  expect(differences(checked, many)).toEqual([]);
  const few = await judgedBy([...run, '--connections', '1', '--shard', '1/20'], join(folder, '1'));
  expect(few.size).toBeGreaterThan(0);
  expect(differences(checked, few)).toEqual([]);
  expect(await lab.stop()).toBe(0);
});
