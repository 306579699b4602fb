import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { suiteOfGets } from '../pipeline/run-against.js';
import { serveWaf } from '../pipeline/waf-server.js';
import { check, wafproof } from './command-line.js';

function run(waf: { url: string; log: string }, words: readonly string[], suite = suiteOfGets(2)) {
  const options = ['./s.yaml', '--target', waf.url, '--log', waf.log, '--out', './out', '--reporter', 'json', '--json'];
  return wafproof(['run', ...options, ...words], { files: { 's.yaml': suite } });
}

test.each([
  ['--repeat', '0', 'from 1 to 1000'],
  ['--repeat', '1001', 'from 1 to 1000'],
  ['--repeat', 'often', 'from 1 to 1000'],
  ['--max-failures', '-1', ''],
  ['--max-failures', 'few', 'from 0'],
  ['--seed', '1.5', 'from 0'],
])('%s %s is a mistake', async (flag, value, range) => {
  const { code, stderr } = await run({ url: 'http://127.0.0.1:1', log: 'x' }, [flag, value]);
  expect([code, stderr.startsWith('USAGE ')]).toEqual([2, true]);
  expect(stderr).toContain(`${flag}`);
  expect(stderr).toContain(range);
});

test('a complete run leaves a report and no journal; --repeat is in both', async () => {
  const waf = await serveWaf();
  const { code, stdout, folder } = await run(waf, ['--repeat', '4', '--seed', '9']);
  expect([code, waf.received.length]).toEqual([0, 8]);
  expect(JSON.parse(stdout).results[0].repeats).toEqual({ sent: 4, blocked: 0, low: 0, high: 0.4899 });
  expect(['report.json', 'journal.jsonl'].map((name) => existsSync(join(folder, 'out', name)))).toEqual([true, false]);
});

test('--resume without a journal is a mistake that sends nothing', async () => {
  const waf = await serveWaf();
  const { code, stderr } = await run(waf, ['--resume']);
  expect([code, waf.received.length]).toEqual([2, 0]);
  expect(stderr).toContain('RESUME_MISSING');
});

test('check has values for !random too: the same with the same seed', async () => {
  const files = { 's.yaml': 'suite: S\ncases: [{ id: a, form: { id: !random uuid } }]' };
  const uuidWith = async (...words: readonly string[]) => {
    const { stdout } = await check(['./s.yaml', '--json', '--reporter', 'json', ...words], { files });
    const { results, seed } = JSON.parse(stdout);
    return { id: results[0].request.body.fields[0][1], seed };
  };
  const first = await uuidWith();
  expect(first).toEqual({ id: expect.stringMatching(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/), seed: 1 });
  expect(await uuidWith('--seed', '1')).toEqual(first);
  const other = await uuidWith('--seed', '2');
  expect([other.seed, other.id === first.id]).toEqual([2, false]);
});
