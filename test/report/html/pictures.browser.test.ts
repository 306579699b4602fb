import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { source as axe } from 'axe-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunReport } from '../../../src/model/report.js';
import { createHtmlReporter } from '../../../src/report/html/html-reporter.js';
import { writeReport } from '../../../src/report/report-writer.js';
import { chromium, type Page, startBrowser } from '../browser.js';
import { reportWithHistory } from '../history-report.js';
import { tunedReport } from '../tuned-report.js';

/** Exclusions and a history: every picture there is. */
function everyPicture(): RunReport {
  const { history } = reportWithHistory();
  return { ...tunedReport(), ...(history && { history }) };
}

describe.skipIf(chromium === undefined)('the pictures in a browser', () => {
  let page: Page;
  const folder = mkdtempSync(join(tmpdir(), 'wafproof-pictures-'));

  beforeAll(async () => {
    page = await startBrowser(chromium ?? '');
  });

  afterAll(async () => {
    await page?.close();
    rmSync(folder, { recursive: true });
  });

  async function show(hash = ''): Promise<void> {
    const [path = ''] = await writeReport(await createHtmlReporter().render(everyPicture()), folder);
    await page.open(path, hash);
    await settled("document.querySelector('.case-detail .case-id') !== null");
  }

  /** Waits until an expression is true in the page. */
  async function settled(condition: string): Promise<void> {
    await page.evaluate(`new Promise((done, fail) => {
      const started = performance.now();
      const look = () => (${condition}) ? done() : performance.now() - started > 20000 ? fail(new Error(${JSON.stringify(condition)})) : setTimeout(look, 20);
      look();
    })`);
  }

  async function click(selector: string): Promise<void> {
    await page.evaluate(
      `document.querySelector(${JSON.stringify(selector)}).dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }))`,
    );
  }

  test('all four are drawn, each with a name and a description, and the policy lets them be', async () => {
    const before = page.problems.length;
    await show();
    const shown = "[...document.querySelectorAll('svg.chart')].filter((one) => one.checkVisibility())";
    expect(await page.evaluate(`${shown}.length`)).toBe(4);
    const described = `${shown}.every((one) => document.getElementById(one.getAttribute('aria-labelledby')).textContent !== ''
      && document.getElementById(one.getAttribute('aria-describedby')).textContent !== '')`;
    expect(await page.evaluate(described)).toBe(true);
    expect(page.problems.slice(before)).toEqual([]);
  });

  test('a cell of the matrix filters the findings, and leads to them', async () => {
    await show();
    await click('#chart-matrix .is-wide a[aria-label^="942130 at POST /api/comments"]');
    await settled("document.getElementById('case-count').textContent === '1 of 52 cases'");
    expect(await page.evaluate("document.querySelector('[name=q]').value")).toBe(
      'rule:942130 endpoint:"POST /api/comments"',
    );
    expect(await page.evaluate("document.querySelectorAll('#findings .finding').length")).toBe(1);
    expect(await page.evaluate("document.querySelector('#findings .finding').innerText")).toContain('942130');
    const top = "document.getElementById('findings').getBoundingClientRect().top";
    expect(Number(await page.evaluate(top))).toBeLessThan(200);
  });

  test('a column of scores leads to the cases that have them', async () => {
    await show();
    await click('#chart-scores a[aria-label^="Near miss"]');
    await settled("document.getElementById('case-count').textContent === '1 of 52 cases'");
    await settled("document.querySelector('.case-detail .case-id').textContent === 'comments/near-miss'");
  });

  test('a mark of a price leads to its exclusion', async () => {
    await show();
    await click('#chart-price a');
    await settled("document.querySelector('.exclusion.is-target')?.checkVisibility()");
  });

  test('each is a table too, with the same links', async () => {
    await show();
    await click('#chart-matrix summary');
    await settled("document.querySelector('#chart-matrix tbody tr') !== null");
    expect(await page.evaluate("document.querySelector('#chart-matrix tbody a').getAttribute('href')")).toMatch(/^#q=/);
  });

  test('on a phone the matrix is another one, nothing is wider than the screen, and text has ten pixels', async () => {
    const size = { width: 390, height: 844, deviceScaleFactor: 1, mobile: true };
    await page.command('Emulation.setDeviceMetricsOverride', size);
    await show();
    expect(await page.evaluate("document.querySelector('#chart-matrix .is-narrow').checkVisibility()")).toBe(true);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
    const sizes = `[...document.querySelectorAll('svg.chart')].filter((one) => one.checkVisibility())
      .map((one) => Number.parseFloat(getComputedStyle(one).fontSize) * one.getBoundingClientRect().width / one.viewBox.baseVal.width)`;
    expect(Math.min(...((await page.evaluate(sizes)) as readonly number[]))).toBeGreaterThanOrEqual(10);
    await page.command('Emulation.clearDeviceMetricsOverride');
  });

  test.each(['light', 'dark'])('axe finds nothing in them when the page is %s', async (scheme) => {
    await page.command('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: scheme }] });
    await show();
    await page.evaluate("document.querySelectorAll('#pictures details').forEach((one) => { one.open = true; })");
    await page.evaluate(`${axe}; 0`);
    const found =
      "axe.run('#pictures', { resultTypes: ['violations'] }).then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]))";
    expect(await page.evaluate(found)).toEqual([]);
    await page.command('Emulation.setEmulatedMedia', { features: [] });
  });

  test('paper has them, and no table beside them', async () => {
    await show();
    await page.command('Emulation.setEmulatedMedia', { media: 'print' });
    expect(await page.evaluate("document.querySelector('#chart-scores svg').checkVisibility()")).toBe(true);
    expect(await page.evaluate("document.querySelector('#chart-scores details').checkVisibility()")).toBe(false);
    await page.command('Emulation.setEmulatedMedia', { media: '' });
  });
});
