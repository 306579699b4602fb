import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { formatVariable } from '../../src/model/evidence.js';
import type { RunReport } from '../../src/model/report.js';
import { redact } from '../../src/pipeline/redact.js';
import { sessionSecrets } from '../../src/replay/session/session-secrets.js';
import { reporters } from '../../src/report/reporters.js';
import { inWords } from '../exclude/exclusions.js';
import { serveHttp } from '../replay/loopback.js';
import { wholeText } from '../report/rendered-text.js';
import { hit, result } from '../report/sample-report.js';
import { folderOf } from '../suite/suite-folder.js';
import { startTestLab } from './doctor-target.js';
import { runAgainst } from './run-against.js';
import { tuneGround } from './tune-ground.js';

/** Values that the Core Rule Set takes for attacks, so that its log shows them, as it may show any. */
const csrf = "x' OR 1=1 -- csrf-Token8842";
const sid = encodeURIComponent('<script>alert("sid-Secret7731")</script>');
const hidden = /Token8842|Secret7731/i;

/** An application with a login behind a real WAF. */
async function labWithLogin() {
  const upstream = await serveHttp((_, response) => {
    response.setHeader('Set-Cookie', [`sid=${sid}; HttpOnly`, 'theme=light']);
    response.end(`<input name="csrf_token" value="${csrf}">`);
  });
  return startTestLab({ upstream });
}

const suite = `suite: S
cases:
  - { id: form, method: POST, path: /save, form: { token: !session csrf, comment: light } }
  - { id: header, path: /save, headers: { X-CSRF: !session csrf } }
  - { id: plain, path: /plain }
`;

async function runInSession(journal?: string): Promise<RunReport> {
  const session = { steps: [{ get: '/login' }], values: { csrf: { input: 'csrf_token' } } };
  const place = journal === undefined ? {} : { journal: { folder: journal, resume: false } };
  return runAgainst(await labWithLogin(), suite, { target: { session, logWaitMs: 2000 }, ...place });
}

test('what a session brought is in no report and in no journal, whatever the log shows of it', async () => {
  const journal = await folderOf({});
  const report = await runInSession(journal);
  expect(report.results.map(({ verdict }) => verdict.kind)).toEqual(Array(3).fill('false-positive'));
  for (const name of reporters.keys()) {
    const reporter = await reporters.get(name)?.({ colours: false, outDir: journal });
    const rendered = await reporter?.render(report);
    const texts = await Promise.all((rendered?.files ?? []).map(wholeText));
    expect([rendered?.terminal, ...texts].join(''), name).not.toMatch(hidden);
  }
  const journalText = await readFile(join(journal, 'journal.jsonl'), 'utf8');
  expect(journalText).toContain('"s/form"');
  expect(journalText).not.toMatch(hidden);
});

test('exclusions for what a session brought are proved with it, though no report has it', async () => {
  const report = await runInSession();
  const ground = tuneGround(1);
  const { report: tuned } = await ground.tune(report);
  expect(tuned.verification).toMatchObject({
    cleared: ['s/form', 's/header', 's/plain'],
    notReproduced: [],
    stillBlocked: [],
  });
  expect(tuned.exclusions?.map(inWords)).toContainEqual(expect.stringMatching(/REQUEST_COOKIES:sid .*POST \/save$/));
  expect(JSON.stringify(tuned)).not.toMatch(hidden);
});

test('the names of what was hidden are there', async () => {
  const { results } = await runInSession();
  const matchedIn = (variable: string) =>
    new Set(
      results.flatMap(({ hits }) =>
        hits.filter((one) => formatVariable(one.variable) === variable).map((one) => one.matched),
      ),
    );
  expect([...matchedIn('REQUEST_COOKIES:sid')]).toEqual(['[sid]']);
  expect([...matchedIn('ARGS:token')]).toEqual(['[csrf]']);
});

const secrets = sessionSecrets({
  cookies: [
    ['sid', 'aB1orX9kk27dQ'],
    ['theme', 'light'],
  ],
  values: new Map([['csrf', 'q8or1zz0']]),
});

test('a short cookie stays, and so does what looks like a few letters of a secret', () => {
  const one = result({ id: 's/a', hits: [hit({ matched: "' or 1", variable: { collection: 'ARGS', key: 'q' } })] });
  expect(redact(one, [], secrets).hits[0]?.matched).toBe("' or 1");
  const light = result({ id: 's/a', hits: [hit({ matched: 'light' })] });
  expect(redact(light, [], secrets).hits[0]?.matched).toBe('light');
});

test.each([
  ['a part of it', 'ARGS', 'q', 'orX9kk', '[sid]'],
  ['all of it, in lower case', 'REQUEST_HEADERS', 'Cookie', 'x=ab1orx9kk27dq', '[sid]'],
  ['a few letters in its own cookie', 'REQUEST_COOKIES', 'sid', 'or', '[sid]'],
])('%s is hidden', (_, collection, key, matched, expected) => {
  const one = result({ id: 's/a', hits: [hit({ matched, variable: { collection, key } })] });
  expect(redact(one, [], secrets).hits[0]?.matched).toContain(expected);
  expect(redact(one, [], secrets).hits[0]?.matched).not.toContain(matched);
});
