/**
 * Whether twice as much takes twice as long: a log's line that somebody made long, the HTML report of many cases, and the
 * matches that are looked for in one value. 2.0 is linear and 4.0 quadratic. CPU time is compared, of work that is large
 * enough to tell.
 */
import { createHtmlReporter } from '../../src/report/html/html-reporter.js';
import { matchFinder } from '../../src/util/find-match.js';
import { createLogReader } from '../../src/waf/modsecurity/logs/log-reader.js';
import { wholeText } from '../report/rendered-text.js';
import { largeReport } from '../report/sample-report.js';
import { longLines } from '../waf/modsecurity/logs/long-lines.js';
import { interleave, medianOf, ratio } from './support/figures.js';
import { isQuick } from './support/machine.js';
import { printTable, printTarget } from './support/print.js';

const rounds = isQuick ? 3 : 7;
/** For each kind of work. */
const limitSeconds = isQuick ? 4 : 15;
const mostTimes = 3;

/** Something to do, so many times as much of it. */
type Work = (times: number) => () => unknown;

const html = createHtmlReporter();
const works: Readonly<Record<string, Work>> = {
  ...Object.fromEntries(Object.keys(longLines(0)).map((kind) => [`a long line: ${kind}`, readLine(kind)])),
  'HTML report of cases': (times) => {
    const report = largeReport(10_000 * times);
    return async () => wholeText((await html.render(report)).files[0]);
  },
  'matches in one value': (times) => () => {
    const find = matchFinder(`${'A B '.repeat(10_000)}END`);
    for (let round = 0; round < 20_000 * times; round++) find('end');
  },
};

function readLine(kind: string): Work {
  return (times) => {
    const line = Buffer.from(`${longLines(20 * times)[kind]}\n`);
    return () => createLogReader({ prefix: 'w7-', maxLineBytes: 2 * line.length }).push(line);
  };
}

const ratios = new Map<string, number>();
const rows: string[][] = [];
for (const [name, work] of Object.entries(works)) {
  const results = await interleave(rounds, [contestant('once', work(1)), contestant('twice', work(2))], limitSeconds);
  const [once = [], twice = []] = [results.get('once'), results.get('twice')];
  const times = ratio(twice, once, (ms) => ms);
  ratios.set(name, times);
  rows.push([name, ...[once, twice].map((all) => medianOf(all, (ms) => ms).toFixed(0)), times.toFixed(2)]);
}
printTable(['', 'ms', 'twice as much', 'ratio'], rows);
const [name = '', most = 0] = [...ratios].sort(([, one], [, other]) => other - one)[0] ?? [];
printTarget(`twice as much takes < ${mostTimes} times as long`, `${most.toFixed(2)} for ${name}`, most < mostTimes);

function contestant(name: string, act: () => unknown) {
  return {
    name,
    measure: async () => {
      const before = process.cpuUsage();
      await act();
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1000;
    },
  };
}
