import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { reportIn } from '../e2e/command.js';
import { compileExamples, runExample } from './api-examples.js';
import { freshTree, remove, sharedFolder } from './fresh-tree.js';
import { type Place, placeOf, runIn } from './place.js';
import { installers, self, type User } from './users.js';

/** npm installs the compiler and all else that the build needs. */
const packTimeoutMs = 5 * 60_000;

const byTitle = installers().map((user) => [user.title, user] as const);

let folder: string;
let tarball: string;

beforeAll(async () => {
  folder = await sharedFolder();
  const tree = await freshTree();
  const here: Place = { user: self, folder: tree, home: folder };
  const packed = await runIn(here, ['npm', 'pack', '--json', '--pack-destination', folder]);
  await remove(tree);
  expect(packed).toMatchObject({ code: 0, stderr: expect.stringContaining('setup: compiling src to dist') });
  tarball = join(folder, JSON.parse(packed.stdout)[0].filename);
}, packTimeoutMs);

afterAll(() => remove(folder));

test.each(byTitle)('%s installs the packed clone, and writes and checks a suite with it', async (_, user) => {
  const place = await installed(user);
  const written = await runIn(place, ['npx', '--no', '--', 'wafproof', 'init']);
  expect(written).toMatchObject({ code: 0, stdout: expect.stringContaining('wrote suites/comments.yaml') });
  const checked = await runIn(place, ['npx', '--no', '--', 'wafproof', 'check']);
  expect(checked).toMatchObject({ code: 1, stdout: expect.stringContaining('942100 in ARGS:comment: ') });
  const { results } = await reportIn(join(place.folder, 'reports/out'));
  expect(new Set(results.map(({ verdict }) => verdict.kind))).toEqual(new Set(['let-through', 'false-positive']));
  await access(join(place.folder, 'reports/out/report.html'));
});

/** What the programs print that the page on the API shows, by the headings that they stand under. */
const printed: Readonly<Record<string, RegExp>> = {
  'The world': /^true$/,
  Errors: /^SUITE_NOT_FOUND /,
  'check and tune':
    /^wafproof.config.yaml suites\/comments.yaml\n.*942100 ARGS:comment comments\/sql-question.*exclude ARGS:comment POST \/api\/comments\n.*still blocked 0$/s,
  'In tests':
    /^false 942100\n.*trigger .*The narrowest exclusion that clears it, proved on ModSecurity .*942100;ARGS:comment"\ntrue$/s,
  'Reports and audit': /^true\n.*needed POST \/api\/comments/s,
  'run and doctor': /^0 checks failed\nfalse-positive$/,
  'The other stories': /^embedded apache nginx aws apache nginx coraza aws aws-policy \d+$/,
  'A WAF of your own': /^Word WAF comments\/sql-question$/,
};

test('it has the API: what its page shows compiles strictly, and does what it says', async () => {
  const place = await installed(self);
  const examples = await compileExamples(place);
  expect(examples.map(({ title }) => title)).toEqual(Object.keys(printed));
  for (const example of examples) {
    const { code, stdout, stderr } = await runExample(place, example);
    expect({ code, stderr }, example.title).toEqual({ code: 0, stderr: '' });
    expect(stdout.trimEnd()).toMatch(printed[example.title] ?? example.title);
  }
});

test('it has the schema at the path that suites name', async () => {
  const place = await installed(self);
  const schema = await readFile(join(place.folder, 'node_modules/wafproof/suites/suite.schema.json'), 'utf8');
  expect(JSON.parse(schema)).toMatchObject({ type: 'object' });
});

async function installed(user: User): Promise<Place> {
  const place = await placeOf(user);
  const { code, stderr } = await runIn(place, ['npm', 'install', tarball]);
  expect(code, stderr).toBe(0);
  return place;
}
