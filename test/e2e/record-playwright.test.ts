import { randomBytes } from 'node:crypto';
import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { packageRoot } from '../../src/util/package-root.js';
import { chromium } from '../report/browser.js';
import { folderOf } from '../suite/suite-folder.js';
import { reportIn } from './command.js';
import { recordAll, serveShop, suiteIn } from './recorded-shop.js';

const playwrightConfig = `
import { defineConfig } from '@playwright/test';
export default defineConfig({
  testDir: '.', reporter: [['line'], ['json', { outputFile: 'out/r.json' }], ['junit', { outputFile: 'out/r.xml' }]], workers: 1, timeout: 300_000, expect: { timeout: 120_000 },
  use: { baseURL: process.env.BASE_URL, launchOptions: { executablePath: '${chromium}', timeout: 240_000, args: ['--no-sandbox', '--disable-gpu', '--disable-software-rasterizer', '--in-process-gpu'] } },
});`;

const header = "test.beforeEach(({ page }, { title }) => page.setExtraHTTPHeaders({ 'X-Wafproof-Test': title }));";

const playwrightTests = (before = '') => `
import { expect, test } from '@playwright/test';
${before}
test('sends a plain review', async ({ page }) => {
  await page.goto('/products/1');
  await page.getByLabel('Review').fill('We open on Monday.');
  await page.getByRole('button', { name: 'Send' }).click();
  await expect(page.getByRole('heading')).toHaveText('/thanks');
});
test('sends a review with code and a picture', async ({ page }) => {
  await page.goto('/products/2');
  await page.getByLabel('Review').fill('Try <script>alert(1)</script> and SELECT * FROM users WHERE 1=1');
  await page.locator('[type=file]').setInputFiles('photo.bin');
  await page.getByRole('button', { name: 'Send' }).click();
  await expect(page.getByRole('heading')).toHaveText('/thanks');
});`;

/** Both tests, with files of a project around them. */
async function projectOf(tests: string, photo: Buffer): Promise<string> {
  const cwd = await folderOf({
    'package.json': '{ "type": "module" }',
    'playwright.config.ts': playwrightConfig,
    'reviews.spec.ts': tests,
    'photo.bin': photo,
  });
  await symlink(join(packageRoot, 'node_modules'), join(cwd, 'node_modules'));
  return cwd;
}

describe.skipIf(chromium === undefined)('a project of Playwright Test', () => {
  test('is its own suite: uploads are whole, and a case is named by its test', async () => {
    const { url, seen } = await serveShop();
    const photo = randomBytes(30_000);
    const cwd = await projectOf(playwrightTests(header), photo);
    const { code, stdout, stderr } = await recordAll(['--upstream', url, '--', 'npx', 'playwright', 'test'], {}, cwd);
    expect(stdout, stderr).toContain('2 passed');
    expect(code).toBe(1);
    const { results } = await reportIn(join(cwd, 'reports/out'));
    const posted = results.filter(({ request }) => request.method === 'POST');
    expect(posted.map(({ title, verdict }) => [title, verdict.kind]).sort()).toEqual([
      ['sends a plain review', 'let-through'],
      ['sends a review with code and a picture', 'false-positive'],
    ]);
    expect(seen.some(({ line, body }) => line === 'POST /reviews' && body.includes(photo))).toBe(true);
    expect(await suiteIn(cwd)).toContain(photo.toString('base64'));
    expect(await suiteIn(cwd)).not.toMatch(/tok-[0-9a-f]{18}|c29tZS1zZWNyZXQ/);
  }, 900_000);

  test.each([
    ['out/r.json', /^(probably )?sends a plain review$/, /^(probably )?sends a review with code and a picture$/],
    ['out/r.xml', /^(probably )?sends a plain review/, /(^| or )(probably )?sends a review with code and a picture$/],
  ])(
    'needs no header: %s tells by its times which test sent what',
    async (file, plain, withCode) => {
      const { url } = await serveShop();
      const cwd = await projectOf(playwrightTests(), randomBytes(3000));
      const words = ['--upstream', url, '--results', file, '--', 'npx', 'playwright', 'test'];
      const { stdout, stderr } = await recordAll(words, {}, cwd);
      expect(stdout, stderr).toContain('2 passed');
      const { results } = await reportIn(join(cwd, 'reports/out'));
      const posted = results.filter(({ request }) => request.method === 'POST');
      expect(
        posted.map(({ title, verdict }) => [title, verdict.kind]),
        stdout,
      ).toEqual([
        [expect.stringMatching(plain), 'let-through'],
        [expect.stringMatching(withCode), 'false-positive'],
      ]);
      expect(stdout).toMatch(
        /a WAF would refuse requests of 1 of \d tests.*\n {2}.*sends a review with code and a picture\n {4}POST \/reviews \(recorded\/.*941\d+ at ARGS:review/,
      );
    },
    900_000,
  );
});
