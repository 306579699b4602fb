import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tune } from '../../src/pipeline/tune/tune.js';
import { tuneGround, tuneSettings } from './tune-ground.js';

const secret = "aGVsbG8gd29ybGQ' or '1'='1";

/** A report of a case whose cookie is refused, saved, and tuned from there. */
async function tunedFromSaved(change: (suite: string) => string) {
  const ground = tuneGround(1);
  const suite = join(ground.world.cwd, 's.yaml');
  const text = `suite: S\ncases:\n  - { id: cookie, path: /a, headers: { Cookie: "session=${secret}" } }\n`;
  const report = await ground.check(text);
  const saved = join(ground.world.cwd, 'report.json');
  writeFileSync(saved, JSON.stringify(report));
  expect(JSON.stringify(report)).not.toContain(secret);
  writeFileSync(suite, change(text));
  return tune({ ...tuneSettings, reports: [saved], engine: ground.engine, out: 'out' }, ground.world);
}

test('an exclusion for a cookie is proved from a saved report, which hides its value', async () => {
  const { report } = await tunedFromSaved((text) => text);
  expect(report.verification).toMatchObject({ cleared: ['s/cookie'], notReproduced: [] });
  expect(report.exclusions).toMatchObject([{ variable: { collection: 'REQUEST_COOKIES', key: 'session' } }]);
  expect(JSON.stringify(report)).not.toContain(secret);
});

test.each([
  ['says something else now', (text: string) => text.replace('path: /a', 'path: /b')],
  ['is no suite any more', () => 'suite: [\n'],
])('nothing is made up where the suite %s', async (_, change) => {
  const { report } = await tunedFromSaved(change);
  expect(report.verification).toMatchObject({ cleared: [], notReproduced: ['s/cookie'] });
});
