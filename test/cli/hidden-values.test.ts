import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { RunReport } from '../../src/model/report.js';
import { wafproof } from './command-line.js';

const suite = `suite: S
defaults: { path: /cart }
cases:
  - { id: cookie, cookies: { session: "1' UNION SELECT hunter22 FROM users -- " } }
  - { id: env, cookies: { note: !env NOTE } }
  - { id: quiet, query: { access_token: ya29.a0AfH6SMBx, page: "2" }, headers: { Cookie: "sid=31d4d96e407aad42" } }
`;
const hidden = ['hunter22', 'ya29', '31d4d96e', 'sleep(7)'];
const env = { NOTE: "x' or sleep(7) and '1'='1" };

function textsIn(folder: string): readonly string[] {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name));
  return paths.filter((path) => statSync(path).isFile()).map((path) => readFileSync(path, 'utf8'));
}

function reportIn(folder: string): RunReport {
  return JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8'));
}

test('a false positive in a hidden value is tuned at once, told where the value is gone, and shown nowhere', async () => {
  const files = { 's.yaml': suite };
  const words = ['--workers', '1', '--attacks', 'wafproof:attacks/sqli-oracle', '--out', './out'];
  const tuned = await wafproof(['check', './s.yaml', '--tune', ...words], { files, env });
  const out = join(tuned.folder, 'out');
  expect(reportIn(out).findings.map(({ variable }) => variable.key)).toEqual(
    expect.arrayContaining(['session', 'note']),
  );
  expect(reportIn(out).verification).toMatchObject({ cleared: ['s/cookie', 's/env'], notReproduced: [] });
  const shown = [tuned.stdout, tuned.stderr, ...textsIn(out)].join('\n');
  expect(hidden.filter((text) => shown.includes(text))).toEqual([]);
  const late = await wafproof(['tune', join(out, 'report.json'), ...words.slice(0, 4), '--out', './late'], { env });
  expect(reportIn(join(late.folder, 'late')).verification?.notReproduced).toEqual(['s/cookie', 's/env']);
  expect(late.stdout).toContain('2 not reproduced: they pass on the engine here');
  expect(late.stdout).toContain('which lack a value that the report hides');
});
