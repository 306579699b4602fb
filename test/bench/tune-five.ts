/**
 * How long a user waits for the exclusions of five false positives, each in another kind of place: with nothing known, and
 * once more, with what the first tune has found out. The targets are for two idle cores.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { printTarget } from './support/print.js';
import { checked, tuneInStages } from './support/tune-stages.js';

const suite = `
suite: Five
cases:
  - { id: a, path: /tickets, form: { text: "please select a name from the users table where id = 1 or 1=1" } }
  - { id: b, path: /comments, json: { body: "<script>alert(1)</script> does not run in my editor" } }
  - { id: c, path: /notes, form: { note: "run cat /etc/passwd; then whoami and tell me" } }
  - { id: d, method: GET, path: /search, query: { q: "1' or '1'='1" } }
  - { id: e, method: POST, path: /prefs, cookies: { prefs: "union select 1,2 from users -- x" } }
`;

const folder = await mkdtemp(join(tmpdir(), 'wafproof-bench-'));
try {
  const file = join(folder, 'five.yaml');
  await writeFile(file, suite);
  const report = await checked([file], 1);
  const means = { out: join(folder, 'out'), cache: join(folder, 'cache') };
  const cold = await tuneInStages(report, { ...means, title: 'cold' });
  const warm = await tuneInStages(report, { ...means, title: 'warm' });
  printTarget('five false positives cold in 4 s', `${cold.toFixed(1)} s`, cold <= 4);
  printTarget('five false positives warm in 1.5 s', `${warm.toFixed(1)} s`, warm <= 1.5);
} finally {
  await rm(folder, { recursive: true, force: true });
}
