/**
 * What the HTML page of a report takes: its size, the time and CPU time to write it, the time until the list of cases can be used in a
 * browser after the page is opened as a file, and the elements in it then.
 *
 * The page is written once before, so that its templates and script are ready, as they are in the built package. Time until it
 * can be used is the shortest of three, since everything else on the machine adds to it.
 */
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunReport } from '../../src/model/report.js';
import { createHtmlReporter } from '../../src/report/html/html-reporter.js';
import { writeReport } from '../../src/report/report-writer.js';
import { blockedReport } from '../report/blocked-report.js';
import { chromium, type Page, startBrowser } from '../report/browser.js';
import { largeReport } from '../report/sample-report.js';
import { manyFindings } from '../report/tuned-report.js';
import { isQuick } from './support/machine.js';
import { printTable, printTarget, whole } from './support/print.js';

const many = isQuick ? 20_000 : 100_000;
const openings = 3;
const targets = { megabytes: 20, writingMs: 3000, usableMs: 2000, elements: 5000 };

const untilUsable = `new Promise((done) => {
  const look = () => (document.querySelector('.case-detail .case-id') === null ? setTimeout(look, 5) : done());
  look();
})`;

interface Measured {
  readonly name: string;
  readonly megabytes: number;
  readonly writingMs: number;
  readonly cpuMs: number;
  readonly usableMs: number;
  readonly elements: number;
}

const folder = await mkdtemp(join(tmpdir(), 'wafproof-bench-'));
const reporter = createHtmlReporter();
const page = chromium === undefined ? undefined : await startBrowser(chromium);
try {
  await writeReport(await reporter.render(largeReport(10)), folder);
  const rows = [
    await measure('1,000 findings, 400 exclusions', manyFindings(1000, 400)),
    await measure(`${whole(many)} cases`, largeReport(many)),
    await measure(`${whole(many)} cases, 27 % blocked`, blockedReport(many)),
  ];
  print(rows);
} finally {
  await page?.close();
  await rm(folder, { recursive: true, force: true });
}

async function measure(name: string, report: RunReport): Promise<Measured> {
  const started = performance.now();
  const cpu = process.cpuUsage();
  const [path = ''] = await writeReport(await reporter.render(report), folder);
  const { user, system } = process.cpuUsage(cpu);
  const writingMs = performance.now() - started;
  const { size } = await stat(path);
  const shown = page === undefined ? { usableMs: Number.NaN, elements: Number.NaN } : await open(page, path);
  return { name, megabytes: size / 1e6, writingMs, cpuMs: (user + system) / 1000, ...shown };
}

async function open(browser: Page, path: string) {
  const times: number[] = [];
  for (let opening = 0; opening < openings; opening++) {
    const started = performance.now();
    await browser.open(path);
    await browser.evaluate(untilUsable);
    times.push(performance.now() - started);
  }
  const elements = Number(await browser.evaluate("document.querySelectorAll('*').length"));
  return { usableMs: Math.min(...times), elements };
}

function print(rows: readonly Measured[]): void {
  printTable(
    ['report', 'MB', 'written in ms', 'CPU ms', 'usable in ms', 'elements'],
    rows.map(({ name, megabytes, writingMs, cpuMs, usableMs, elements }) => [
      name,
      megabytes.toFixed(1),
      whole(writingMs),
      whole(cpuMs),
      whole(usableMs),
      whole(elements),
    ]),
  );
  for (const { name, megabytes, writingMs, usableMs, elements } of rows) {
    printTarget(`${name}: under ${targets.megabytes} MB`, megabytes.toFixed(1), megabytes < targets.megabytes);
    printTarget(`${name}: written in under 3 s`, `${whole(writingMs)} ms`, writingMs < targets.writingMs);
    printTarget(`${name}: usable in under 2 s`, `${whole(usableMs)} ms`, usableMs < targets.usableMs);
    printTarget(`${name}: under 5,000 elements`, whole(elements), elements < targets.elements);
  }
}
