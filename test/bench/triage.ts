/**
 * Answers that are triaged a second on one core, with the whole table of systems, for bodies of 0.4, 8 and 64 KiB, beside one
 * pass of `includes` for each of 300 texts over the same body. The ratio is the figure to look at: it says how many such passes
 * an answer costs.
 */
import { systems } from '../../src/triage/systems.js';
import { triage } from '../../src/triage/triage.js';
import { interleave, medianOf } from './support/figures.js';
import { isQuick } from './support/machine.js';
import { printTable, printTarget } from './support/print.js';

const rounds = isQuick ? 3 : 9;
const limitSeconds = isQuick ? 5 : 20;
const bytes = [400, 8 * 1024, 64 * 1024];
const mostMs = 1;

const words =
  'the order of this customer was not found in our records, please <b>try</b> again later &amp; thank you '.split(' ');
const texts = systems
  .flatMap(({ refusals }) =>
    refusals.flatMap(({ all }) =>
      all.flatMap((sign) => ('is' in sign && typeof sign.is === 'string' ? [sign.is] : [])),
    ),
  )
  .filter(({ length }) => length > 8)
  .slice(0, 300);

function pageOf(length: number): string {
  const head = '<html><head><title>Orders</title></head><body><h1>Orders</h1><p>';
  const filling = Array.from({ length: Math.ceil(length / 5) }, (_, at) => words[(at * 7) % words.length]).join(' ');
  return `${head}${filling}`.slice(0, length);
}

const rows: string[][] = [];
let slowest = 0;
for (const length of bytes) {
  const bodyExcerpt = pageOf(length);
  const headers = [
    ['Server', 'nginx'],
    ['Content-Type', 'text/html'],
  ] as const;
  const times = Math.max(20, Math.round(2_000_000 / (length + 2000)));
  const outcome = { kind: 'answered', status: 403, headers, bodyExcerpt } as const;
  const results = await interleave(
    rounds,
    [
      contestant('triage', times, () => triage({ outcome })),
      contestant('includes', times, () => texts.filter((text) => bodyExcerpt.includes(text))),
    ],
    limitSeconds,
  );
  const [one, other] = ['triage', 'includes'].map((name) => medianOf(results.get(name) ?? [], (ms) => ms) / times);
  const [ms = 0, passMs = 0] = [one, other];
  slowest = Math.max(slowest, ms);
  rows.push([
    `${(length / 1024).toFixed(1)} KiB`,
    ms.toFixed(3),
    (1000 / ms).toFixed(0),
    passMs.toFixed(3),
    (ms / passMs).toFixed(2),
  ]);
}
printTable(['body', 'ms an answer', 'answers a second', `ms of ${texts.length} includes`, 'ratio'], rows);
printTarget(`an answer of 64 KiB takes < ${mostMs} ms`, `${slowest.toFixed(3)} ms`, slowest < mostMs);

function contestant(name: string, times: number, act: () => unknown) {
  return {
    name,
    measure: async () => {
      const before = process.cpuUsage();
      for (let round = 0; round < times; round++) act();
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1000;
    },
  };
}
