import { utimes } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CapturedRequest } from '../../../src/record/captured-request.js';
import { attributeTests } from '../../../src/record/results/attribute-tests.js';
import { readResults } from '../../../src/record/results/read-results.js';
import { folderOf } from '../../suite/suite-folder.js';

const began = Date.parse('2026-05-04T10:00:00.000Z');
const ended = began + 20_000;
const span = { began, ended };
/** Some seconds after the beginning, as runners write it. */
const moment = (seconds: number) => new Date(began + seconds * 1000).toISOString();

/** A request that was sent some seconds after the beginning. */
const sent = (seconds: number, headers: CapturedRequest['headers'] = []): CapturedRequest => ({
  method: 'POST',
  url: `http://shop.test/${seconds}`,
  headers,
  body: { kind: 'none' },
  place: { file: 'tests' },
  at: began + seconds * 1000,
});

/** Whom requests are told to be of when the files of a runner are there, which were written at the end of the recording. */
async function told(files: Readonly<Record<string, string>>, requests: readonly CapturedRequest[], path?: string) {
  const cwd = await folderOf(files);
  for (const name of Object.keys(files)) await utimes(join(cwd, name), ended / 1000, ended / 1000);
  const { results, notes } = await readResults(path === undefined ? Object.keys(files) : [path], cwd, span);
  const tests = attributeTests(requests, results).map(({ test: one }) =>
    one === undefined ? undefined : `${one.isSure ? '' : 'about '}${one.names.join(' or ')}`,
  );
  return { tests, notes };
}

const junit = (inner: string, attributes = '') =>
  `<?xml version="1.0"?><testsuites ${attributes}>${inner}</testsuites>`;
const suite = (attributes: string, ...tests: readonly string[]) =>
  `<testsuite name="s" ${attributes}>${tests.join('')}</testsuite>`;
const testcase = (name: string, time: number, inner = '', more = '') =>
  `<testcase name="${name}" classname="shop.spec" time="${time}" ${more}>${inner}</testcase>`;

const tries = (title: string, file: string, ...results: readonly (readonly [number, number, number])[]) => ({
  title,
  file,
  tests: [
    {
      projectName: '',
      results: results.map(([start, seconds, slot]) => ({
        startTime: moment(start),
        duration: seconds * 1000,
        parallelIndex: slot,
      })),
    },
  ],
});

test('each try of a test of Playwright is known by its start; what lies within two that ran side by side is of either', async () => {
  const pays = tries('pays', 'a.spec.ts', [2, 2, 0], [8, 1, 0]);
  const gives = tries('gives up', 'a.spec.ts', [3.5, 2, 1]);
  const asks = tries('asks', 'a.spec.ts', [5, 3, 0], [6, 4, 1]);
  const report = {
    config: { projects: [{}] },
    stats: { startTime: moment(0), duration: 11_000 },
    suites: [{ title: 'a.spec.ts', specs: [], suites: [{ title: 'cart', specs: [pays, gives, asks] }] }],
  };
  const { tests, notes } = await told(
    { 'r.json': JSON.stringify(report) },
    [1, 2, 3.6, 4.8, 7, 8.5, 10.5, 12].map((at) => sent(at)),
  );
  expect(tests).toEqual([
    undefined,
    'cart › pays',
    'about cart › pays or cart › gives up',
    'about cart › pays or cart › gives up', // The first one may go on: it is over when the next one begins at the latest.
    'cart › asks',
    'about cart › asks or cart › pays',
    'about cart › asks or cart › pays',
    undefined,
  ]);
  expect(notes).toEqual([]);
});

test('what is sent after the time that a test of Playwright took, before the next one begins, is probably its own', async () => {
  const specs = [tries('pays', 'a.spec.ts', [2, 1, 0]), tries('gives up', 'a.spec.ts', [5, 1, 0])];
  const { tests } = await told(
    { 'r.json': JSON.stringify({ config: {}, suites: [{ specs }] }) },
    [2.5, 4, 5.5, 7].map((at) => sent(at)),
  );
  expect(tests).toEqual(['pays', 'about pays', 'gives up', undefined]);
});

test('tests of the same name are told apart by their files, and by their projects where there are several', async () => {
  const inFile = (file: string, start: number) => ({
    title: file,
    specs: [{ ...tries('pays', file, [start, 1, 0]) }],
  });
  const report = { config: { projects: [{}] }, suites: [inFile('a.spec.ts', 1), inFile('b.spec.ts', 3)] };
  const two = {
    config: { projects: [{}, {}] },
    suites: [
      {
        specs: [
          {
            title: 'pays',
            file: 'a',
            tests: [{ projectName: 'firefox', results: [{ startTime: moment(1), duration: 1000 }] }],
          },
        ],
      },
    ],
  };
  const requests = [sent(1.5), sent(3.5)];
  expect((await told({ 'r.json': JSON.stringify(report) }, requests)).tests).toEqual([
    'a.spec.ts › pays',
    'b.spec.ts › pays',
  ]);
  expect((await told({ 'r.json': JSON.stringify(two) }, requests)).tests).toEqual(['[firefox] pays', undefined]);
});

test('the times of JUnit are taken one after the other: near a border, by as much as the suite took beyond them, it is either', async () => {
  const xml = junit(
    suite(
      `timestamp="${moment(1)}" time="6.5"`,
      testcase('pays', 2),
      testcase('left out', 0, '<skipped/>'),
      testcase('gives up', 4),
    ),
  );
  const { tests } = await told(
    { 'r.xml': xml },
    [0.9, 1.2, 2.9, 3.2, 4, 7.2, 8].map((at) => sent(at)),
  );
  expect(tests).toEqual([
    undefined,
    'about pays',
    'about pays',
    'about pays or gives up',
    'about gives up',
    'about gives up',
    undefined,
  ]);
});

test('a suite whose time is the sum of its tests is over when the next one begins, or when the file was written', async () => {
  const first = suite(`timestamp="${moment(1)}" time="2"`, testcase('pays', 2));
  const second = suite(`timestamp="${moment(4)}" time="3"`, testcase('gives up', 3));
  const { tests } = await told(
    { 'r.xml': junit(first + second) },
    [1.5, 3.5, 5, 15].map((at) => sent(at)),
  );
  expect(tests).toEqual(['about pays', 'about pays', 'about gives up', 'about gives up']);
});

test('where many tests may have sent it none is named', async () => {
  const short = ['a', 'b', 'c', 'd', 'e'].map((name) => testcase(name, 0.01));
  const { tests } = await told({ 'r.xml': junit(suite(`timestamp="${moment(1)}" time="9"`, ...short)) }, [sent(5)]);
  expect(tests).toEqual([undefined]);
});

test('a moment without a zone is the one within the recording, and only to the second where it says no more', async () => {
  const local = new Date(began + 1000 - new Date(began).getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
  const ofPytest = moment(1).replace('Z', '000+00:00');
  for (const timestamp of [moment(1).slice(0, 19), local, ofPytest]) {
    const xml = junit(suite(`timestamp="${timestamp}" time="4.5"`, testcase('pays', 2), testcase('gives up', 2)));
    const { tests } = await told(
      { 'r.xml': xml },
      [1.5, 3.5, 5].map((at) => sent(at)),
    );
    expect(tests).toEqual(['about pays', 'about pays or gives up', 'about gives up']);
  }
});

test('a suite that does not say when it began was over when its file was written, as those of Surefire are', async () => {
  const xml = suite('time="8.2"', testcase('pays', 4), testcase('gives up', 4));
  const requests = [9, 12.5, 15.5, 18, 19.9].map((at) => sent(at));
  expect((await told({ 'TEST-shop.xml': xml }, requests)).tests).toEqual([
    undefined,
    'about pays',
    'about pays or gives up',
    'about gives up',
    'about gives up',
  ]);
});

test('a test that has a moment of its own is known exactly', async () => {
  const own = (name: string, at: number) => testcase(name, 1, '', `timestamp="${moment(at)}"`);
  const { tests } = await told(
    { 'r.xml': junit(suite('time="9"', own('b', 5), own('a', 2))) },
    [2.5, 4, 5.5].map((at) => sent(at)),
  );
  expect(tests).toEqual(['a', undefined, 'b']);
});

test.each([
  [
    'ran side by side',
    junit(suite(`timestamp="${moment(1)}" time="2"`, testcase('a', 2), testcase('b', 2))),
    /side by side/,
  ],
  [
    'ran side by side in several files',
    junit(
      suite(`timestamp="${moment(1)}" time="2"`, testcase('a', 2)) +
        suite(`timestamp="${moment(1)}" time="2"`, testcase('b', 2)),
      'time="2.5"',
    ),
    /side by side/,
  ],
  [
    'have no moment',
    junit(suite('time="2"', testcase('a', 2)) + suite('time="2"', testcase('b', 2))),
    /do not tell when they began/,
  ],
  [
    'are of another day',
    junit(suite('timestamp="2026-05-03T10:00:00Z" time="2"', testcase('a', 2))),
    /do not tell when they began/,
  ],
])('tests that %s are not guessed at, which is said', async (_, xml, note) => {
  const { tests, notes } = await told({ 'r.xml': xml }, [sent(1.5)]);
  expect(tests).toEqual([undefined]);
  expect(notes).toEqual([expect.stringMatching(note)]);
});

test('files of Jest and Vitest are rows of tests of their own', async () => {
  const one = (title: string, duration: number) => ({ ancestorTitles: ['cart'], title, duration });
  const report = {
    testResults: [
      {
        name: '/a.test.ts',
        startTime: began + 1000,
        endTime: began + 5100,
        assertionResults: [
          one('pays', 2000),
          { ...one('later', 0), duration: null, status: 'pending' },
          one('gives up', 2000),
        ],
      },
      {
        name: '/b.test.ts',
        startTime: began + 2000,
        endTime: began + 2500,
        assertionResults: [one('pays', 400), one('asks', 400)],
      },
    ],
  };
  const { tests, notes } = await told(
    { 'r.json': JSON.stringify(report) },
    [1.5, 4, 9].map((at) => sent(at)),
  );
  expect(tests).toEqual(['about cart › pays', 'about cart › gives up', undefined]);
  expect(notes).toEqual(['r.json: in 1 of its files tests ran side by side']);
});

test('what newman sent is known by the id that it gave each request, and what its scripts sent before it by their order', async () => {
  const execution = (id: string, value: string) => ({
    item: { id, name: id },
    request: { header: [{ key: 'Postman-Token', value }] },
  });
  const report = {
    collection: {
      item: [
        { name: 'Cart', item: [{ id: 'pay', name: 'Pay' }] },
        { id: 'ask', name: 'Ask' },
      ],
    },
    run: { executions: [execution('pay', 't2'), execution('ask', 't3')] },
  };
  const by = (token: string) => sent(1, [['Postman-Token', token]]);
  const { tests } = await told({ 'r.json': JSON.stringify(report) }, [by('t1'), by('t2'), sent(1), by('t3'), by('t4')]);
  expect(tests).toEqual(['about Cart › Pay', 'Cart › Pay', undefined, 'Ask', undefined]);
});

test('what a header has told stays, and what is told exactly comes before what is told about', async () => {
  const xml = junit(suite(`timestamp="${moment(1)}" time="9"`, testcase('pays', 9)));
  const json = JSON.stringify({ config: {}, suites: [{ specs: [tries('exactly', 'a', [2, 1, 0])] }] });
  const known = { ...sent(2.5), test: { names: ['as the header says'], isSure: true } };
  const { tests } = await told({ 'r.xml': xml, 'r.json': json }, [known, sent(2.6), sent(5)]);
  expect(tests).toEqual(['as the header says', 'exactly', 'about pays']);
});

test('of a folder all results of this recording are read, and nothing is said of other files', async () => {
  const xml = (name: string, at: number) => junit(suite(`timestamp="${moment(at)}" time="2.5"`, testcase(name, 2)));
  const files = {
    'r/a.xml': xml('a', 1),
    'r/b.xml': xml('b', 5),
    'r/package.json': '{"name":"x"}',
    'r/notes.txt': '<x',
  };
  const { tests, notes } = await told(files, [sent(2), sent(6)], 'r');
  expect(tests).toEqual(['about a', 'about b']);
  expect(notes).toEqual([]);
});

test('globs, and folders with all that is below them, mean several files', async () => {
  const one = (name: string, at: number) => junit(suite(`timestamp="${moment(at)}" time="9"`, testcase(name, 8)));
  const files = {
    'out/shop/TEST-a.xml': one('pays', 1),
    'out/blog/TEST-b.xml': one('writes', 11),
    'out/node_modules/x/c.xml': one('no', 1),
  };
  const sends = [sent(3), sent(13)];
  expect((await told(files, sends, 'out')).tests).toEqual(['about pays', 'about writes']);
  expect((await told(files, sends, 'out/*/TEST-*.xml')).tests).toEqual(['about pays', 'about writes']);
  expect((await told(files, sends, 'out/blog/*.xml')).tests).toEqual([undefined, 'about writes']);
  expect((await told(files, sends, 'out/none/*.xml')).notes).toEqual([
    'out/none/*.xml: it was not there when the command had ended',
  ]);
});

test('a file that is missing, old, of another kind or empty is told of', async () => {
  const cwd = await folderOf({
    'old.xml': junit(''),
    'other.json': '{"a":1}',
    'cut.json': '{"suites":[',
    'empty.xml': '',
    'empty/.keep': '',
  });
  await utimes(join(cwd, 'old.xml'), began / 1000 - 60, began / 1000 - 60);
  const { notes } = await readResults(['old.xml', 'other.json', 'cut.json', 'empty.xml', 'none.xml'], cwd, span);
  expect(notes).toEqual([
    'old.xml: it is from before the command',
    expect.stringContaining('other.json: it is none of what Playwright'),
    expect.stringContaining('cut.json: it is neither XML nor whole JSON'),
    expect.stringContaining('empty.xml: it is neither XML nor whole JSON'),
    'none.xml: it was not there when the command had ended',
  ]);
  expect((await readResults(['empty'], cwd, span)).notes).toEqual([
    expect.stringContaining('empty: no result of a runner of this recording'),
  ]);
});

test('of a file that was cut off what is whole is read', async () => {
  const xml = junit(suite(`timestamp="${moment(1)}" time="9"`, testcase('pays', 8), testcase('gives up', 1)));
  const { tests, notes } = await told({ 'r.xml': xml.slice(0, xml.indexOf('gives')) }, [sent(3)]);
  expect(tests).toEqual(['about pays']);
  expect(notes).toEqual([expect.stringContaining('it is not whole XML')]);
});

test('entities of a document are not read, and neither they nor its depth nor its length break anything', async () => {
  const laughs = Array.from({ length: 20 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join('');
  const bomb = `<!DOCTYPE x [<!ENTITY l0 "lol"><!ENTITY f SYSTEM "file:///etc/passwd">${laughs}]>`;
  const tests_ = testcase('&l20;&f;', 1) + testcase('pays', 3);
  const hostile = {
    'bomb.xml': `${bomb}${suite(`timestamp="${moment(1)}" time="9"`, tests_)}`,
    'deep.xml': junit('<testsuite>'.repeat(20_000)),
    'long.xml': junit(
      suite(
        `timestamp="${moment(1)}" time="0"`,
        `<system-out><![CDATA[${'\u001b[31m'.repeat(200_000)}]]></system-out>`,
        testcase('pays', 3),
      ),
    ),
    'deep.json': `{"config":{},"suites":${'[{"suites":'.repeat(5000)}[]${'}]'.repeat(5000)}}`,
  };
  const { tests, notes } = await told(hostile, [sent(3)]);
  expect(JSON.stringify([tests, notes])).not.toMatch(/lollol|root:/);
});

test('whatever stands in a file, nothing is thrown', async () => {
  const word = fc.constantFrom(
    '<testsuite',
    '<testcase',
    ' time="1"',
    ' timestamp="2026-05-04T10:00:01Z"',
    '>',
    '/>',
    '</testsuite>',
    '<![CDATA[',
    ']]>',
    '&#x0;',
    '<!--',
    '"',
    '{"suites":',
    '"config":{}',
    '[',
    ']',
    '}',
    ',',
    ' name="a"',
  );
  const content = fc.oneof(
    fc.string(),
    fc.array(word).map((words) => words.join('')),
    fc.json(),
  );
  await fc.assert(
    fc.asyncProperty(content, async (text) => {
      const { tests } = await told({ r: text }, [sent(1)]);
      expect(tests).toHaveLength(1);
    }),
    { numRuns: 150 },
  );
});
