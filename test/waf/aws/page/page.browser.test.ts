import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { source as axe } from 'axe-core';
import { load } from 'js-yaml';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunReport } from '../../../../src/model/report.js';
import type { AclSource } from '../../../../src/waf/aws/acl/web-acl.js';
import type { ApiObject } from '../../../../src/waf/aws/acl/write-api.js';
import { readAclFiles } from '../../../../src/waf/aws/source/read-acl-files.js';
import { chromium, type Page, startBrowser } from '../../../report/browser.js';
import { findLinter, lint } from '../dialects/cfn-lint.js';
import { template } from '../dialects/every-kind.js';
import { decide, readers } from '../dialects/whole-acl.js';
import { faultsByModel, wafServiceModel } from '../service-model.js';
import { sampleRun } from './sample-run.js';

const files = {
  terraform: 'wafproof-rules.hcl',
  cloudformation: 'wafproof-rules.yaml',
  cdk: 'wafproof-rules.ts',
  'aws-json': 'wafproof-update-web-acl.json',
} as const;

/** Each was refused; the first one alone is to pass. */
const requests = [
  { method: 'POST', path: '/notes', body: 'text=how+to+UNION+SELECT+a+name' },
  { method: 'POST', path: '/api/notes', body: '{"text":"a union select b"}' },
  { method: 'GET', path: '/search', query: 'q=docs+..%2Freadme', body: '' },
  { method: 'GET', path: '/admin/help', body: '' },
];

describe.skipIf(chromium === undefined)('the page of a run against a web ACL', () => {
  let page: Page;
  let folder: string;
  let path: string;
  let source: AclSource;
  let report: RunReport;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'wafproof-aws-page-'));
    const run = await sampleRun(folder);
    path = run.page;
    report = JSON.parse(await readFile(run.report, 'utf8'));
    source = await readAclFiles([run.acl], async (file) => ({ kind: 'read', text: await readFile(file, 'utf8') }));
    page = await startBrowser(chromium ?? '');
  });

  afterAll(async () => {
    await page?.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function open(hash = ''): Promise<void> {
    await page.open(path, hash);
    await settled("document.querySelector('.case-detail .case-id') !== null");
    await page.evaluate(
      "Object.defineProperty(navigator, 'clipboard', { value: { writeText: async (text) => { window.copied = text; } } })",
    );
  }

  async function settled(condition: string): Promise<void> {
    await page.evaluate(`new Promise((done, fail) => {
      const started = performance.now();
      const look = () => (${condition}) ? done() : performance.now() - started > 20000 ? fail(new Error(${JSON.stringify(condition)})) : setTimeout(look, 20);
      look();
    })`);
  }

  const button = (text: string) =>
    `[...document.querySelectorAll('#choice button')].find((one) => one.textContent === '${text}')`;

  /** The file of a dialect for the choice that an address has. */
  async function copied(dialect: keyof typeof files): Promise<string> {
    await page.evaluate(`document.querySelector('#choice-file').value = '${dialect}/${files[dialect]}'`);
    expect(await page.evaluate("document.querySelector('#choice-file').value")).toBe(`${dialect}/${files[dialect]}`);
    // Its text is another one for a moment once it was clicked.
    await page.evaluate("document.querySelector('#choice-file ~ button').click()");
    return String(await page.evaluate('window.copied'));
  }

  /** What the web ACL does with each request once the file is in force. */
  async function actionsWith(dialect: keyof typeof files, text: string) {
    const [file, whole] = await (readers[dialect] ?? noReader)(text, source);
    const read = await readAclFiles([file], async () => ({ kind: 'read', text: whole }));
    const decided = decide(read);
    return requests.map((request) => decided({ ...request, matched: [] }).action);
  }

  const placeOf = (where: string) =>
    (report.exclusions ?? []).findIndex(({ scope }) => `${scope.method} ${scope.path}` === where);
  const box = (where: string) => `document.querySelector('input[data-accept="${placeOf(where)}"]')`;

  test('opens with the answer, the decision and the price, and asks for nothing', async () => {
    await open();
    const text = String(await page.evaluate("document.querySelector('main, body').innerText"));
    expect(text).toContain('4 of 5 legitimate requests are blocked.');
    expect(text).toContain('4 exclusions clear all of them.');
    expect(text).toMatch(/They let \d+ of \d+ attacks through that were blocked there/);
    expect(page.problems).toEqual([]);
    expect(page.events.filter((url) => !url.startsWith('file:') && url !== 'about:blank')).toEqual([]);
  });

  test.each(Object.keys(files) as (keyof typeof files)[])(
    'one exclusion that is ticked is copied for %s, and frees what it is for and nothing else',
    async (dialect) => {
      await open();
      await page.evaluate(`${box('POST /notes')}.click()`);
      expect(await page.evaluate('location.hash')).toMatch(/^#accept=[0-9a-f]{6,}$/);
      expect(await actionsWith(dialect, await copied(dialect))).toEqual(['allow', 'block', 'block', 'block']);
    },
  );

  test.each(Object.keys(files) as (keyof typeof files)[])(
    'a choice in the address is what is copied for %s',
    async (dialect) => {
      await open();
      await page.evaluate(`${button('Accept all')}.click()`);
      await page.evaluate(`${box('POST /api/notes')}.click()`);
      await open(String(await page.evaluate('location.hash')));
      expect(await page.evaluate("document.getElementById('choice-status').textContent")).toContain(
        '3 of 4 exclusions',
      );
      expect(await actionsWith(dialect, await copied(dialect))).toEqual(['allow', 'block', 'allow', 'allow']);
    },
  );

  test('what is copied is what the service and CloudFormation take', async () => {
    await open();
    await page.evaluate(`${box('POST /notes')}.click()`);
    const [input, rules] = [await copied('aws-json'), await copied('cloudformation')];
    const model = wafServiceModel();
    const update = { ...JSON.parse(input), LockToken: '11112222-3333-4444-5555-666677778888' };
    if (model !== undefined) expect([...faultsByModel(model, 'UpdateWebACLRequest', update)]).toEqual([]);
    const VisibilityConfig = { SampledRequestsEnabled: true, CloudWatchMetricsEnabled: true, MetricName: 'own' };
    const before = { Priority: 1, Action: { Block: {} }, VisibilityConfig };
    const whole = (load(rules) as readonly ApiObject[]).map((rule) => ({ ...before, ...rule }));
    const linter = findLinter();
    if (linter !== undefined) expect(lint(linter, template(whole))).toBe('');
  });

  test('the text for a pull request has the chosen change, and not the others', async () => {
    await open();
    await page.evaluate(`${box('POST /notes')}.click()`);
    await page.evaluate(`${button('Copy pull request text')}.click()`);
    const text = String(await page.evaluate('window.copied'));
    expect(text).toContain('no-union at POST /notes');
    expect(text).toContain('Support staff paste SQL');
    expect(text).not.toContain('STARTS_WITH');
  });

  test('is ticked, searched and read by keyboard', async () => {
    await open();
    await page.evaluate(`${box('GET /admin/help')}.focus()`);
    await press({ key: ' ', code: 'Space', windowsVirtualKeyCode: 32, text: ' ' });
    await settled("location.hash.startsWith('#accept=')");
    await press({ key: 'Tab', code: 'Tab', windowsVirtualKeyCode: 9 });
    await press({ key: '/', code: 'Slash', windowsVirtualKeyCode: 191, text: '/' });
    await settled("document.activeElement.name === 'q'");
    await page.command('Input.insertText', { text: 'rule:no-traversal' });
    await settled("document.getElementById('case-count').textContent === '1 of 5 cases'");
    expect(await page.evaluate("document.querySelector('#finding-list').innerText")).not.toContain('no-admin');
  });

  async function press(one: object): Promise<void> {
    await page.command('Input.dispatchKeyEvent', { type: 'keyDown', ...one });
    await page.command('Input.dispatchKeyEvent', { type: 'keyUp', ...one });
  }

  test.each(['light', 'dark'])('axe finds nothing in it when it is %s', async (scheme) => {
    await page.command('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: scheme }] });
    await open();
    await page.evaluate(`${box('POST /notes')}.click()`);
    await page.evaluate("document.querySelectorAll('main details').forEach((one) => { one.open = true; })");
    await page.evaluate(`${axe}; 0`);
    const found =
      "axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]))";
    expect(await page.evaluate(found)).toEqual([]);
    await page.command('Emulation.setEmulatedMedia', { features: [] });
  });

  test('paper has the exclusions and what to write, for the choice that was made', async () => {
    await open();
    await page.evaluate(`${box('POST /notes')}.click()`);
    await page.command('Emulation.setEmulatedMedia', { media: 'print' });
    await page.evaluate("dispatchEvent(new Event('beforeprint'))");
    const text = String(await page.evaluate('document.body.innerText'));
    await page.evaluate("dispatchEvent(new Event('afterprint'))");
    await page.command('Emulation.setEmulatedMedia', { media: '' });
    for (const part of [
      'POST /notes',
      'terraform/wafproof-rules.hcl',
      'cdk/wafproof-rules.ts',
      'A part of 4 exclusions',
    ])
      expect(text).toContain(part);
    expect(text).not.toContain('With all of it in force');
  });
});

function noReader(): never {
  throw new Error('no reader');
}
