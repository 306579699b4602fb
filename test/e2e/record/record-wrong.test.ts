import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { serveHttp } from '../../replay/loopback.js';
import { chromium } from '../../report/browser.js';
import { recordClicks } from './recorded.js';
import { uploadSite } from './upload-site.js';

const site = () => serveHttp(uploadSite().listener);
const clicks = (body: string) => ({ 'clicks.mjs': `export default async (page) => { ${body} };` });
const script = ['--script', 'clicks.mjs'];
const display = { DISPLAY: '', WAYLAND_DISPLAY: '' };

test.each([
  ['one address', ['http://shop.test', 'more']],
  ['http or https URL', ['shop.test']],
  ['there is no display', ['http://shop.test']],
  ['nobody can click', ['http://shop.test', '--headless']],
  ['--submit goes with --crawl', ['http://shop.test', '--headed', '--submit']],
  ['exclude each other', ['http://shop.test', '--crawl', '3', ...script]],
  ['--resolve takes', ['http://shop.test', '--resolve', 'shop.test', ...script]],
  ['--origin takes', ['http://shop.test', '--origin', 'shop', ...script]],
  ['--mode is one of', ['http://shop.test', '--mode', 'off', ...script]],
  ['--waf aws and --acl', ['http://shop.test', '--waf', 'aws', ...script]],
])('words that mean nothing are told: %s', async (message, words) => {
  const { code, stderr } = await recordClicks(words, clicks(''), display);
  expect([code, stderr]).toEqual([2, expect.stringMatching(new RegExp(`^USAGE .*${message}`))]);
});

describe.skipIf(chromium === undefined)('a recording that cannot be', () => {
  test.each([
    ['SCRIPT_INVALID clicks.mjs', script, { 'clicks.mjs': 'export const a = 1;' }],
    ['SCRIPT_INVALID nowhere.mjs', ['--script', 'nowhere.mjs'], {}],
    ['STATE_INVALID state.json', ['--storage', 'state.json', ...script], { ...clicks(''), 'state.json': '{"a":1}' }],
    ['RECORD_NOTHING', script, clicks('')],
    ['OUTPUT_EXISTS suites/recorded/recorded.yaml', script, { ...clicks(''), 'suites/recorded/recorded.yaml': '' }],
  ])('is one error: %s', async (error, words, files) => {
    const { code, stderr } = await recordClicks([await site(), ...words], files);
    expect([code, stderr]).toEqual([2, expect.stringContaining(error)]);
  });

  test('where nobody answers, is said to have failed with what the proxy was told', async () => {
    const { code, stderr } = await recordClicks(['http://127.0.0.1:9173/', ...script], clicks(''));
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(/RECORD_UNREACHABLE http:\/\/127\.0\.0\.1:9173\/ .*refused/),
    ]);
  });

  test('where nobody answers, is no fault of the login script', async () => {
    const login = { 'login.mjs': "export default async (page) => { await page.fill('#name', 'ann'); };" };
    const words = ['http://127.0.0.1:9173/', '--login', 'login.mjs', ...script];
    const { code, stderr } = await recordClicks(words, { ...clicks(''), ...login });
    expect([code, stderr]).toEqual([2, expect.stringMatching(/^RECORD_UNREACHABLE .*refused/m)]);
  });

  test('where no TLS is spoken, says so', async () => {
    const url = (await site()).replace('http:', 'https:');
    const { code, stderr } = await recordClicks([url, ...script], clicks(''));
    expect([code, stderr]).toEqual([2, expect.stringMatching(/RECORD_UNREACHABLE .*no TLS is spoken there/)]);
  });

  test.each([
    ['its browser is gone', "await page.context().browser().close(); await page.click('text=Nowhere');"],
    ['its page has crashed', "await page.goto('chrome://crash').catch(() => undefined); await page.evaluate(() => 1);"],
  ])('to its end because %s is written as far as it came, and said where', async (_, rest) => {
    const body = `await page.evaluate(() => fetch('/kept', { method: 'POST', body: 'a=1' })); ${rest}`;
    const { cwd, code, stdout, stderr } = await recordClicks([await site(), ...script], clicks(body));
    expect([code, stderr]).toEqual([2, expect.stringMatching(/SCRIPT_FAILED clicks\.mjs .*(?:closed|crashed)/)]);
    expect(stdout).toContain('wrote 1 case to suites/recorded/recorded.yaml');
    expect(await readFile(join(cwd, 'suites/recorded/recorded.yaml'), 'utf8')).toContain('path: /kept');
  });

  test('to its end is written as far as it came, without what was typed in the message', async () => {
    const body = `await page.evaluate(() => fetch('/kept', { method: 'POST', body: 'a=1' }));
      page.setDefaultTimeout(500); await page.fill('#nowhere', 'Typed-secret-1');`;
    const { cwd, code, stderr } = await recordClicks([await site(), ...script], clicks(body));
    expect([code, stderr]).toEqual([2, expect.stringMatching(/SCRIPT_FAILED clicks\.mjs .*locator\('#nowhere'\)/)]);
    expect(stderr).not.toContain('Typed-secret-1');
    expect(await readFile(join(cwd, 'suites/recorded/recorded.yaml'), 'utf8')).toContain('path: /kept');
  });
});
