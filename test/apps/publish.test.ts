import { spawn } from 'node:child_process';
import { copyFile, mkdir, readdir, readFile, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { chromium as playwright } from 'playwright-core';
import { describe, expect, onTestFinished, test } from 'vitest';
import { packageRoot } from '../../src/util/package-root.js';
import { reportIn, start } from '../e2e/command.js';
import { chromium } from '../report/browser.js';
import { folderOf } from '../suite/suite-folder.js';
import { type GuardedSite, guardBy } from './guarded-site.js';
import { missingFrom, type PageStep, readPage } from './page-steps.js';
import { editor, startWordPress, wordpress } from './wordpress.js';

const page = readPage('WORDPRESS.md');

/** Pictures of the page are taken anew where it says so: `WAFPROOF_PICTURES=1 npm run apps`. */
const takesPictures = process.env['WAFPROOF_PICTURES'] === '1';

/** What is not of the page: which browser it is, and how long it may take on a busy machine. */
const config = `
import { defineConfig } from '@playwright/test';
export default defineConfig({
  testDir: '.', reporter: 'line', workers: 1, timeout: 300_000,
  use: {
    baseURL: process.env.WAFPROOF_URL, viewport: { width: 1100, height: 640 }, screenshot: 'on',
    launchOptions: { executablePath: ${JSON.stringify(chromium)}, args: ['--no-sandbox', '--disable-gpu'] },
  },
});`;

/** Everything that is done on the page, in the folder of a site's tests. */
class Walk {
  readonly #folder: string;
  readonly #wordpress: string;
  #guarded: GuardedSite | undefined;

  constructor(folder: string, wordpress: string) {
    this.#folder = folder;
    this.#wordpress = wordpress;
  }

  /** What a step says or writes, all of it. */
  async take({ command }: PageStep): Promise<{ readonly code: number | null; readonly said: string }> {
    const [program = '', ...words] = this.#here(command).split(' ');
    if (program !== 'wafproof') return this.#runTests(command);
    if (words[0] === 'lab') return this.#startLab(words);
    const { code, stdout, stderr } = await start([...words, '--no-color'].filter(isForAll), this.#options()).ended;
    return { code, said: stdout + stderr };
  }

  async #startLab(words: readonly string[]) {
    await this.#guarded?.stop();
    this.#guarded = await guardBy(words, this.#folder);
    return { code: null, said: '' };
  }

  async #runTests(command: string) {
    const child = spawn('sh', ['-c', this.#here(command)], { ...this.#options(), stdio: ['ignore', 'pipe', 'pipe'] });
    onTestFinished(() => void child.kill('SIGKILL'));
    const code = new Promise<number | null>((resolve) => child.on('close', resolve));
    const said = await Promise.all([text(child.stdout), text(child.stderr)]);
    return { code: await code, said: said.join('') };
  }

  #options() {
    return { cwd: this.#folder, env: { ...process.env, EDITOR_PASSWORD: editor.password, FORCE_COLOR: '0' } };
  }

  #here(command: string): string {
    const guarded = this.#guarded?.url ?? '';
    return command
      .replace('http://localhost:8081', this.#wordpress)
      .replace('http://localhost:8090', guarded)
      .replace('--port 8090', '--port 0');
  }
}

/** The command of `record` has the last words. */
function isForAll(word: string, _: number, words: readonly string[]): boolean {
  return word !== '--no-color' || !words.includes('--');
}

describe.skipIf(wordpress === undefined || chromium === undefined)('what WORDPRESS.md shows', () => {
  test('is so: the editor fails, the recording finds why, and with what is tuned it publishes', async () => {
    const site = await startWordPress(wordpress ?? '');
    const files = { 'publish.spec.ts': page.test, 'playwright.config.ts': config, 'package.json': '{"type":"module"}' };
    const folder = await folderOf(files);
    await symlink(join(packageRoot, 'node_modules'), join(folder, 'node_modules'));
    const walk = new Walk(folder, site.url.replace('127.0.0.1', 'localhost'));
    const [complaint, failing, record, tune, fix, passing] = page.steps as [
      PageStep,
      PageStep,
      PageStep,
      PageStep,
      PageStep,
      PageStep,
    ];
    const posts = "select post_content from wp_posts where post_name like 'opening-hours%' and post_status = 'publish'";
    const post = '<!-- wp:paragraph -->\\n<p>We open on Monday.</p>\\n<!-- /wp:paragraph -->';

    await walk.take(complaint);
    const failed = await walk.take(failing);
    expect([failed.code, missingFrom(failed.said, failing.shown['text'])]).toEqual([1, []]);
    expect(site.rows(posts)).toEqual([]);
    await keepPicture(folder, 'wordpress-failed');

    const recorded = await walk.take(record);
    expect([recorded.code, missingFrom(recorded.said, record.shown['text'])]).toEqual([1, []]);
    expect(site.rows(posts)).toEqual([[post]]);
    const { results } = await reportIn(join(folder, 'reports/out'));
    expect(results.filter(({ verdict }) => verdict.kind !== 'let-through').map(({ request }) => request.path)).toEqual([
      expect.stringMatching(/^\/wp-json\/wp\/v2\/posts\/\d+$/),
    ]);

    const tuned = await walk.take(tune);
    expect([tuned.code, missingFrom(tuned.said, tune.shown['text'])]).toEqual([0, []]);
    const exclusions = await readAll(join(folder, 'reports/out/modsecurity'));
    expect(missingFrom(exclusions, tune.shown['apache'])).toEqual([]);
    expect(exclusions).not.toMatch(/posts\/\d|posts\\\/\d/);
    await keepReport(join(folder, 'reports/out/report.html'));

    await walk.take(fix);
    const passed = await walk.take(passing);
    expect([passed.code, missingFrom(passed.said, passing.shown['text'])], passed.said).toEqual([0, []]);
    expect(site.rows(posts)).toEqual([[post], [post]]);
    await keepPicture(folder, 'wordpress-live');
    const written = `${await readAll(join(folder, 'suites/recorded'))}${recorded.said}${tuned.said}${exclusions}`;
    expect(written).not.toContain(editor.password);
  });
});

async function readAll(folder: string): Promise<string> {
  const names = await readdir(folder);
  return (await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')))).join('');
}

/** What the browser showed when the test ended. */
async function keepPicture(folder: string, name: string): Promise<void> {
  if (!takesPictures) return;
  const names = await readdir(join(folder, 'test-results'), { recursive: true });
  const found = names.find((one) => one.endsWith('.png'));
  if (found === undefined) throw new Error('the browser took no picture');
  await copyFile(join(folder, 'test-results', found), await pictureFile(name));
}

async function keepReport(file: string): Promise<void> {
  if (!takesPictures) return;
  const browser = await playwright.launch({ executablePath: chromium ?? '', args: ['--no-sandbox', '--disable-gpu'] });
  try {
    const shown = await browser.newPage({ viewport: { width: 1100, height: 690 } });
    await shown.goto(`${pathToFileURL(file)}`);
    await shown.screenshot({ path: await pictureFile('wordpress-report') });
  } finally {
    await browser.close();
  }
}

async function pictureFile(name: string): Promise<string> {
  const file = join(packageRoot, '.github/pictures', `${name}.png`);
  await mkdir(dirname(file), { recursive: true });
  return file;
}
