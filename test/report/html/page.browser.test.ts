import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { source as axe } from 'axe-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunReport } from '../../../src/model/report.js';
import { createHtmlReporter } from '../../../src/report/html/html-reporter.js';
import { writeReport } from '../../../src/report/report-writer.js';
import { dialectOf } from '../../../src/waf/modsecurity/dialects/dialects.js';
import { chromium, type Page, startBrowser } from '../browser.js';
import { draftedReport } from '../drafted-report.js';
import { hostileReport, hostileTexts } from '../hostile-report.js';
import { hit, largeReport, reportOf, request, result, sampleReport } from '../sample-report.js';
import { manyFindings, tunedReport } from '../tuned-report.js';

/** The attacks that ship, as if an application had to take them. */
function attackReport() {
  const corpora = new URL('../../../corpora/attacks/', import.meta.url);
  const texts = readdirSync(corpora)
    .filter((name) => name.endsWith('.txt'))
    .map((name) => readFileSync(new URL(name, corpora), 'utf8'));
  const payloads = texts
    .flatMap((text) => text.slice(text.indexOf('\n\n') + 2).split('\n'))
    .filter((line) => line !== '');
  const results = payloads.map((payload, index) =>
    result({
      id: `attacks/all#${index}`,
      suite: payload.slice(0, 60),
      title: payload,
      because: payload,
      asExpected: false,
      verdict: { kind: 'false-positive', detectedOnly: false },
      request: request({ path: `/${index % 30}`, body: { kind: 'form', fields: [['comment', payload]] } }),
      hits: [hit({ ruleId: 941_000 + (index % 50), message: payload, matched: payload })],
    }),
  );
  return { payloads, report: reportOf(results) };
}

const inCi = process.env['CI'] === 'true';

test.runIf(inCi)('Chromium is installed in CI', () => {
  expect(chromium, 'install it (apt-get install chromium) or name it in CHROMIUM').toBeDefined();
});

describe.skipIf(chromium === undefined)('the page in a browser', () => {
  let page: Page;
  const folder = mkdtempSync(join(tmpdir(), 'wafproof-page-'));

  beforeAll(async () => {
    page = await startBrowser(chromium ?? '');
  });

  afterAll(async () => {
    await page?.close();
    rmSync(folder, { recursive: true });
  });

  async function show(report: RunReport, hash = ''): Promise<void> {
    const rendered = await createHtmlReporter().render(report);
    const [path = ''] = await writeReport(rendered, folder);
    await page.open(path, hash);
    await settled("document.querySelector('.case-detail .case-id, .case-detail .empty') !== null");
  }

  /** Waits until an expression is true in the page. */
  async function settled(condition: string): Promise<void> {
    await page.evaluate(`new Promise((done, fail) => {
      const started = performance.now();
      const look = () => (${condition}) ? done() : performance.now() - started > 20000 ? fail(new Error(${JSON.stringify(condition)})) : setTimeout(look, 20);
      look();
    })`);
  }

  const count = () => page.evaluate("document.getElementById('case-count').textContent");
  const heading = () => page.evaluate("document.querySelector('.case-detail .case-id').textContent");
  const detail = () => page.evaluate("document.getElementById('case-detail').innerText");
  const key = (name: string) =>
    page.evaluate(
      `document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: '${name}', bubbles: true, cancelable: true }))`,
    );

  test('shows what needs attention first', async () => {
    await show(sampleReport());
    expect(await count()).toBe('52 cases');
    expect(await heading()).toBe('comments/sql-question');
    const text = String(await detail());
    for (const part of [
      'Support staff paste SQL all day',
      'suites/comments.yaml:9',
      '942130',
      'named by the log',
      '10, threshold 5',
    ])
      expect(text).toContain(part);
  });

  test('marks what matched in the field that it matched', async () => {
    await show(sampleReport(), '#case=comments%2Freview');
    expect(await page.evaluate("document.querySelector('.case-detail mark.exact').textContent")).toBe('`rm -rf ./dist');
    await show(sampleReport(), '#case=search%2Fnames%233');
    expect(
      await page.evaluate("[...document.querySelectorAll('.case-detail mark.exact')].map((mark) => mark.textContent)"),
    ).toEqual(["O'Brien or 'union'", 'sqlmap', 'etc/passwd']);
  });

  test('filters as the reader types, and the address follows', async () => {
    await show(sampleReport());
    await page.evaluate(`(() => {
      const search = document.querySelector('[name=q]');
      search.value = 'etc/passwd';
      search.dispatchEvent(new Event('input', { bubbles: true }));
    })()`);
    await settled("location.hash.includes('passwd')");
    await settled("document.getElementById('case-count').textContent === '1 of 52 cases'");
    await settled("document.querySelector('.case-detail .case-id').textContent === 'search/names#3'");
    expect(await page.evaluate("document.getElementById('finding-count').textContent")).toMatch(/^\d+ of \d+ groups$/);
    const shown = await page.evaluate("document.getElementById('finding-list').innerText");
    expect(shown).toContain('ARGS:q');
    expect(shown).not.toContain('ARGS:comment');
    await page.evaluate("document.querySelector('#filters [type=reset]').click()");
    await settled("document.getElementById('case-count').textContent === '52 cases'");
  });

  test('links of tiles, findings and cases lead to what they name', async () => {
    await show(sampleReport());
    await page.evaluate('document.querySelector(\'a[href="#verdict=attack-missed"]\').click()');
    await settled("document.getElementById('case-count').textContent === '1 of 52 cases'");
    expect(await page.evaluate("document.querySelectorAll('#findings .finding').length")).toBe(0);
    await page.evaluate("document.querySelector('#filters [type=reset]').click()");
    await settled("document.querySelector('.endpoint-count a') !== null");
    await page.evaluate("document.querySelector('.endpoint-count a').click()");
    await settled("location.hash.startsWith('#finding=')");
    expect(await count()).toBe('1 of 52 cases');
    await page.evaluate("document.querySelector('#filters [type=reset]').click()");
    await settled("document.getElementById('case-count').textContent === '52 cases'");
    await page.evaluate(
      "[...document.querySelectorAll('.case-links a')].find((link) => link.textContent === 'notes/upload').click()",
    );
    await settled("document.querySelector('.case-detail .case-id').textContent === 'notes/upload'");
    expect(await count()).toBe('52 cases');
  });

  test('a case says what the exclusions do to it, and leads to them', async () => {
    await show(tunedReport(), '#case=notes%2Fupload');
    const note = "document.querySelector('.case-detail .tuning')";
    expect(await page.evaluate(`${note}.innerText`)).toBe(
      'Cleared by the exclusions: rule 933100 at POST /api/notes, FILES:file at POST /api/notes.',
    );
    await page.evaluate(`${note}.querySelector('a').click()`);
    expect(await page.evaluate("document.querySelector('.exclusion.is-target h4').innerText")).toContain('rule 933100');
    await page.evaluate("document.querySelector('.exclusion.is-target .case-links a').click()");
    await settled("document.querySelector('.case-detail .case-id').textContent === 'notes/upload'");
    await page.evaluate("location.hash = '#case=comments%2Freview'");
    await settled(`${note}?.innerText.startsWith('Still blocked with the exclusions: ARGS:json.steps.array_*.text')`);
    await page.evaluate("location.hash = '#case=prose%2Fnames%237'");
    await settled(`${note}?.innerText === 'Passed before, and is blocked with the exclusions.'`);
    await page.evaluate("location.hash = '#case=account%2Fslow'");
    await settled("document.querySelector('.case-detail .case-id').textContent === 'account/slow'");
    expect(await page.evaluate(`${note} === null`)).toBe(true);
  });

  test('a case has its smallest trigger, marked in the request, with a command of its own', async () => {
    await show(tunedReport(), '#case=comments%2Fsql-question');
    expect(await page.evaluate("document.querySelector('.case-detail mark.trigger').textContent")).toBe('1 OR 1=1');
    expect(await page.evaluate("document.querySelector('.case-detail .smallest').textContent")).toBe('1 OR 1=1');
    const text = String(await detail());
    expect(text).toContain('942100 still fires on ARGS:comment nothing of it can be left out; 14 requests asked');
    expect(text).toContain('--data-raw comment=1+OR+1%3D1');
  });

  test('a refusal by another layer has what shows it, as text, and what would decide it', async () => {
    await show(sampleReport(), '#case=account%2Fchange-email');
    const list = "document.querySelector('.case-detail .evidence')";
    expect(await page.evaluate(`${list}.querySelector('code').textContent`)).toBe(
      '<h1>Forbidden</h1> CSRF verification failed.',
    );
    expect(await page.evaluate(`${list}.querySelector('li').innerText`)).toContain(
      'only Django writes this page (response)',
    );
    expect(await detail()).toContain('Next: the same request with a fresh token');
    await page.evaluate("location.hash = '#case=account%2Fadmin'");
    await settled("document.querySelector('.case-detail .case-id').textContent === 'account/admin'");
    expect(await page.evaluate(`${list} === null`)).toBe(true);
  });

  test('configuration is copied as it was written', async () => {
    await show(tunedReport());
    await page.evaluate(
      "Object.defineProperty(navigator, 'clipboard', { value: { writeText: async (text) => { window.copied = text; } } })",
    );
    const [file] = tunedReport().configurations?.[0]?.files ?? [];
    await page.evaluate("document.querySelector('#configuration .button').click()");
    expect(await page.evaluate('window.copied')).toBe(file?.content);
    await page.evaluate("location.hash = '#configuration-3'");
    await settled("document.querySelector('#configuration-3 .button') !== null");
    await page.evaluate("document.querySelector('#configuration-3 .button').click()");
    expect(await page.evaluate('window.copied')).toMatch(/^# POST \/api\/comments\n[\s\S]*942360;ARGS:comment"$/);
  });

  describe('a choice of exclusions', () => {
    const boxes = "[...document.querySelectorAll('input[data-accept]')]";
    const boxOf = (name: string) => `${boxes}.find((box) => box.closest('label').innerText.includes('${name}'))`;
    const status = () => page.evaluate("document.getElementById('choice-status').textContent");
    const keepCopies = () =>
      page.evaluate(
        "Object.defineProperty(navigator, 'clipboard', { value: { writeText: async (text) => { window.copied = text; } } })",
      );
    const copy = async (place: number) => {
      await page.evaluate(`document.querySelectorAll('#choice button')[${place}].click()`);
      return String(await page.evaluate('window.copied'));
    };
    const written = (name: string, ids: readonly string[]) => {
      const { exclusions = [], configurations = [] } = draftedReport();
      const dialect = dialectOf(name, ['modsecurity3']);
      const notes = { reasons: new Map(), engine: 'ModSecurity 3.0.9', firstId: 10_000, partOf: exclusions.length };
      expect(configurations.map((one) => one.dialect)).toContain(name);
      return dialect?.write(
        exclusions.filter(({ id }) => ids.includes(id)),
        notes,
      ).files;
    };

    test('is copied as the configuration that is written for it alone', async () => {
      await show(draftedReport());
      await keepCopies();
      expect(await page.evaluate("document.querySelector('#choice-file').disabled")).toBe(true);
      await page.evaluate(`${boxOf('ARGS:comment')}.click()`);
      await page.evaluate(`${boxOf('rule 933100')}.click()`);
      expect(await page.evaluate('location.hash')).toBe('#accept=046b5a,7a4fcf');
      const chosen = ['046b5a66f9', '7a4fcfc581'];
      for (const name of ['modsecurity', 'crs-plugin']) {
        for (const file of written(name, chosen) ?? []) {
          await page.evaluate(`document.querySelector('#choice-file').value = '${name}/${file.name}'`);
          expect(await copy(2)).toBe(file.content);
        }
      }
      await page.evaluate("document.querySelector('#configuration details').open = true");
      await page.evaluate("document.querySelector('#configuration .copy-box .button').click()");
      expect(await page.evaluate('window.copied')).toBe(written('modsecurity', chosen)?.[0]?.content);
    });

    test('changes the decision of the page, and taking it back restores it', async () => {
      await show(draftedReport());
      const decision = () => page.evaluate("document.getElementById('decision-price').textContent");
      const before = await decision();
      await page.evaluate(`${boxOf('ARGS:comment')}.click()`);
      expect(await decision()).toContain('1 of 7 exclusions is accepted. It clears at least ');
      expect(await decision()).toContain('It lets 3 of 2,618 attacks through');
      expect(await status()).toBe(await decision());
      await page.evaluate(`${boxOf('ARGS:comment')}.click()`);
      expect(await decision()).toBe(before);
      expect(await page.evaluate('location.hash')).toBe('');
    });

    test('is the text of a pull request', async () => {
      await show(draftedReport(), '#accept=046b5a');
      await keepCopies();
      const text = await copy(3);
      for (const part of [
        '## Exclusions',
        '### Why',
        '### Proof',
        '### What stays blocked',
        'ctl:ruleRemoveTargetById=942100',
      ])
        expect(text).toContain(part);
      expect(text).not.toContain('ctl:ruleRemoveById=933100');
    });

    test('lives in the address, beside a case, and links within the page leave it', async () => {
      await show(draftedReport(), '#case=notes%2Fupload&accept=7a4fcf');
      expect(await heading()).toBe('notes/upload');
      expect(await page.evaluate(`${boxes}.filter((box) => box.checked).length`)).toBe(1);
      await page.evaluate("location.hash = '#exclusion-2'");
      await settled("location.hash.includes('accept=7a4fcf')");
      await page.evaluate("location.hash = '#case=comments%2Freview'");
      await settled("document.querySelector('.case-detail .case-id').textContent === 'comments/review'");
      expect(await page.evaluate(`${boxes}.filter((box) => box.checked).length`)).toBe(1);
      expect(await page.evaluate('JSON.stringify([localStorage.length, sessionStorage.length, document.cookie])')).toBe(
        '[0,0,""]',
      );
    });

    test('of ids that the report does not have says so, and keeps the others', async () => {
      await show(draftedReport(), '#accept=046b5a,%3Cimg%3E,__proto__');
      const note = String(await page.evaluate("document.getElementById('choice-unknown').innerText"));
      expect(note).toContain('The link accepts 2 exclusions that this report does not have: ?img?, __proto__.');
      expect(await status()).toContain('1 of 7 exclusions is accepted.');
    });

    test('is made by keyboard', async () => {
      await show(draftedReport());
      await page.evaluate(`${boxOf('ARGS:comment')}.focus()`);
      const space = { key: ' ', code: 'Space', windowsVirtualKeyCode: 32, text: ' ' };
      await page.command('Input.dispatchKeyEvent', { type: 'keyDown', ...space });
      await page.command('Input.dispatchKeyEvent', { type: 'keyUp', ...space });
      await settled("location.hash === '#accept=046b5a'");
      await page.evaluate(
        "[...document.querySelectorAll('#choice button')].find((one) => one.textContent === 'Accept all').click()",
      );
      expect(await page.evaluate(`${boxes}.every((box) => box.checked)`)).toBe(true);
      expect(await status()).toContain('All of 7 exclusions are accepted.');
    });
  });

  test('a finding leads to the configuration of its endpoint, which opens', async () => {
    await show(tunedReport());
    const isOpen = "document.getElementById('configuration-3').open";
    expect(await page.evaluate(isOpen)).toBe(false);
    await page.evaluate("document.querySelectorAll('#findings details').forEach((one) => { one.open = true; })");
    await settled('document.querySelector(\'#findings a[href="#configuration-3"]\') !== null');
    await page.evaluate('document.querySelector(\'#findings a[href="#configuration-3"]\').click()');
    await settled(isOpen);
  });

  test('1,000 findings and 400 exclusions are all within reach, and few of them in the page', async () => {
    await show(manyFindings(1000, 400), '#exclusion-400');
    await settled("document.querySelector('.exclusion.is-target')?.checkVisibility()");
    expect(Number(await page.evaluate("document.querySelectorAll('*').length"))).toBeLessThan(5000);
    await show(manyFindings(1000, 400));
    expect(Number(await page.evaluate("document.querySelectorAll('*').length"))).toBeLessThan(5000);
    const last = "[...document.querySelectorAll('#findings .endpoint-count a')].at(-1)";
    await page.evaluate(`${last}.click()`);
    await settled("document.getElementById('case-count').textContent === '1 of 1,000 cases'");
  });

  test.each([1400, 420])('nothing makes the page wider than %d pixels', async (width) => {
    const size = { width, height: 900, deviceScaleFactor: 1, mobile: false };
    await page.command('Emulation.setDeviceMetricsOverride', size);
    await show(tunedReport());
    await page.evaluate("document.querySelectorAll('main details').forEach((one) => { one.open = true; })");
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    await page.command('Emulation.clearDeviceMetricsOverride');
  });

  test.each(['light', 'dark'])('axe finds nothing in it when it is %s', async (scheme) => {
    await page.command('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: scheme }] });
    for (const [report, hash] of [
      [sampleReport(), ''],
      [tunedReport(), ''],
      [draftedReport(), '#accept=046b5a,ffffff'],
    ] as const) {
      await show(report, hash);
      await page.evaluate("document.querySelectorAll('main details').forEach((one) => { one.open = true; })");
      await page.evaluate(`${axe}; 0`);
      const found =
        "axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]))";
      expect(await page.evaluate(found)).toEqual([]);
    }
    await page.command('Emulation.setEmulatedMedia', { features: [] });
  });

  test('paper has the decision, the exclusions and the configuration, on a few pages', async () => {
    await show(manyFindings(1000, 60));
    const { data } = await page.command('Page.printToPDF', { printBackground: true });
    const pages =
      Buffer.from(String(data), 'base64')
        .toString('latin1')
        .match(/\/Type \/Page\b/g) ?? [];
    expect(pages.length).toBeGreaterThan(0);
    expect(pages.length).toBeLessThan(8);
    await show(tunedReport());
    await page.command('Emulation.setEmulatedMedia', { media: 'print' });
    await page.evaluate("dispatchEvent(new Event('beforeprint'))");
    const text = String(await page.evaluate('document.body.innerText'));
    for (const part of ['legitimate requests are blocked', 'ARGS:comment', 'SecRule REQUEST_METHOD'])
      expect(text).toContain(part);
    expect(text).not.toContain('Arrow keys move');
    await page.evaluate("dispatchEvent(new Event('afterprint'))");
    expect(await page.evaluate("document.querySelectorAll('section.printed').length")).toBe(0);
    await page.command('Emulation.setEmulatedMedia', { media: '' });
  });

  test('can be used by keyboard', async () => {
    await show(sampleReport());
    await page.evaluate("document.getElementById('case-list').focus()");
    await key('ArrowDown');
    expect(await heading()).toBe('comments/review');
    const active =
      "document.getElementById(document.getElementById('case-list').getAttribute('aria-activedescendant'))";
    expect(await page.evaluate(`${active}.getAttribute('aria-selected')`)).toBe('true');
    expect(await page.evaluate(`${active}.getAttribute('aria-rowindex')`)).toBe('3');
    await key('End');
    expect(await heading()).toBe('prose/names#40');
    expect(await page.evaluate(`${active} !== null`)).toBe(true);
    await key('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('case-detail');
    await key('Escape');
    expect(await page.evaluate('document.activeElement.id')).toBe('case-list');
    await key('/');
    expect(await page.evaluate('document.activeElement.name')).toBe('q');
  });

  test('sorts by a column, and says so', async () => {
    await show(sampleReport());
    const head = "document.querySelector('[role=columnheader].cell-time')";
    await page.evaluate(`${head}.firstChild.click()`);
    await page.evaluate(`${head}.firstChild.click()`);
    expect(await page.evaluate(`${head}.getAttribute('aria-sort')`)).toBe('descending');
    expect(await page.evaluate("document.querySelector('.case-canvas .line-id').textContent")).toBe('account/slow');
  });

  test('no hostile text becomes an element or runs, wherever it stands', async () => {
    const report = hostileReport();
    const before = page.problems.length;
    await show(report);
    for (const [index, { id }] of report.results.entries()) {
      await page.evaluate(`location.hash = ${JSON.stringify(`#${new URLSearchParams([['case', id]])}`)}`);
      await settled(
        `document.querySelector('.case-detail .case-id')?.textContent.startsWith(${JSON.stringify(id.slice(0, 8))})`,
      );
      const strange =
        "document.querySelectorAll('img, iframe, base, meta[http-equiv=refresh], plaintext, svg:not(.bar, .chart), [onload], [onerror], [onfocus]').length";
      expect(await page.evaluate(strange), `case ${index}`).toBe(0);
      const marks = await page.evaluate("document.getElementById('case-detail').querySelectorAll('mark').length");
      if (index % 2 === 0 && index < 2 * hostileTexts.length) expect(marks, `case ${index}`).toBeGreaterThan(0);
    }
    expect(await page.evaluate('document.documentElement.dataset.pwned')).toBeUndefined();
    expect(await page.evaluate("document.querySelectorAll('script').length")).toBe(1);
    expect(page.problems.slice(before)).toEqual([]);
  });

  test('attacks as legitimate cases: nothing runs, nothing is asked for, and each is there as it was sent', async () => {
    const { report, payloads } = attackReport();
    expect(payloads.length).toBeGreaterThan(1000);
    const before = { problems: page.problems.length, events: page.events.length };
    await show(report);
    await page.evaluate("document.querySelectorAll('main details').forEach((one) => { one.open = true; })");
    await page.evaluate("document.querySelectorAll('.more-cards button').forEach((one) => one.click())");
    for (const index of payloads.keys()) {
      if (index % 40 !== 0) continue;
      await page.evaluate(`location.hash = '#case=${encodeURIComponent(`attacks/all#${index}`)}'`);
      await settled(`document.querySelector('.case-detail .case-id')?.textContent === 'attacks/all#${index}'`);
      const held = "[...document.querySelectorAll('.request-section dd .value')].at(-1).textContent";
      if (/^[ -~]{1,3000}$/.test(payloads[index] ?? '')) expect(await page.evaluate(held)).toBe(payloads[index]);
    }
    await page.evaluate("location.hash = '#q=onerror'");
    await settled("/ of /.test(document.getElementById('case-count').textContent)");
    const strange =
      "document.querySelectorAll('main img, main iframe, main script, main base, main object, main embed').length";
    expect(await page.evaluate(strange)).toBe(0);
    expect(page.problems.slice(before.problems)).toEqual([]);
    expect(page.events.slice(before.events).filter((one) => !/^(about:blank|file:.*report[.]html)/.test(one))).toEqual(
      [],
    );
  });

  test('what cannot be seen is labelled', async () => {
    const report = hostileReport();
    const id = report.results.find(({ title }) => title?.includes('\u001b'))?.id ?? '';
    await show(report, `#${new URLSearchParams([['case', id]])}`);
    const labels = await page.evaluate(
      "[...new Set([...document.querySelectorAll('.case-detail .control')].map((label) => label.textContent))]",
    );
    expect(labels).toEqual(expect.arrayContaining(['ESC', 'NUL', 'U+009B', 'U+0007']));
    expect(await page.evaluate('/[\\u0000\\u001b\\u009b\\u202e]/.test(document.body.innerText)')).toBe(false);
  });

  test('long values and thousands of hits are shown in part, and wholly when asked', async () => {
    await show(hostileReport(), '#case=long%2Fvalue');
    const value = "document.querySelector('.request-section:last-child .value')";
    expect(await page.evaluate(`${value}.textContent.length`)).toBeLessThan(5000);
    await page.evaluate(`${value}.querySelector('button').click()`);
    expect(await page.evaluate(`${value}.textContent.length`)).toBeGreaterThan(1_000_000);
    await show(hostileReport(), '#case=many%2Fhits');
    expect(await page.evaluate("document.querySelectorAll('.hits tbody tr').length")).toBe(100);
    await page.evaluate("document.querySelector('.more-hits button').click()");
    expect(await page.evaluate("document.querySelectorAll('.hits tbody tr').length")).toBe(200);
  });

  test('100,000 cases are usable', async () => {
    await show(largeReport(100_000), '#verdict=false-positive');
    expect(await count()).toBe('3,334 of 100,000 cases');
    expect(Number(await page.evaluate("document.querySelectorAll('.case-canvas .case-row').length"))).toBeLessThan(100);
    expect(Number(await page.evaluate("document.querySelectorAll('*').length"))).toBeLessThan(10_000);
    await page.evaluate("document.getElementById('case-list').focus()");
    await key('End');
    expect(await page.evaluate("document.querySelector('[aria-selected=true]').getAttribute('aria-rowindex')")).toBe(
      '3335',
    );
  });
});
