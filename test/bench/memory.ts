/**
 * Whether memory grows with the number of requests. The engine pool that `check` uses is fed for a long time, every
 * second request refused: libmodsecurity hands out the text of each refusal, and who does not free it loses some 600
 * bytes a time, which is 15 MB in the second half of 100,000 requests. A few rules stand for all of them to be done in time; a
 * shorter run has all rules.
 *
 * Growth is that of the second half: until then heaps and caches find their size, whatever the number of requests. A
 * megabyte or two up and down is the garbage collector's.
 */
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mapConcurrently } from '../../src/util/concurrency.js';
import { startEmbeddedEngine } from '../../src/waf/modsecurity/embedded-engine.js';
import { isQuick } from './support/machine.js';
import { printTable, printTarget, whole } from './support/print.js';
import { childPids, residentBytes } from './support/processes.js';
import { type EncodedCase, encodeWorkload, writeWorkload } from './support/workload.js';

const [fewRules, allRules] = isQuick ? [20_000, 1000] : [100_000, 6000];
const limitSeconds = 60;
const debianRules = '/usr/share/modsecurity-crs/rules';
const allowedGrowth = 4 * 2 ** 20;

interface Sample {
  readonly engine: number;
  readonly parent: number;
}

const folder = await mkdtemp(join(tmpdir(), 'wafproof-bench-'));
try {
  const cases = halfRefused(await encodeWorkload(await writeWorkload(folder, 1200), folder));
  await measure(`${whole(fewRules)} requests, 901 + 942 + 949`, fewRules, cases, await smallRuleSet());
  await measure(`${whole(allRules)} requests, all rules`, allRules, cases, undefined);
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** Every second one is refused, in turn with those that are not. */
function halfRefused(cases: readonly EncodedCase[]): readonly EncodedCase[] {
  const refused = cases.filter(({ request }) => /UNION(%20|\+| )SELECT/.test(request.target + decode(request.body)));
  return cases.flatMap((one, index) => [one, refused[index % refused.length] ?? one]);
}

function decode(body: Uint8Array): string {
  return Buffer.from(body).toString('latin1');
}

/** The rules against SQL injection, and those that set scores up and add them. */
async function smallRuleSet(): Promise<string> {
  const rules = join(folder, 'crs', 'rules');
  await mkdir(rules, { recursive: true });
  const wanted = /-(901|942|949)-|\.data$/;
  await cp(debianRules, rules, { recursive: true, filter: (path) => path === debianRules || wanted.test(path) });
  await writeFile(
    join(folder, 'crs', 'crs-setup.conf'),
    'SecAction "id:900990,phase:1,nolog,pass,setvar:tx.crs_setup_version=334"\n',
  );
  return join(folder, 'crs');
}

async function measure(title: string, total: number, cases: readonly EncodedCase[], crs: string | undefined) {
  const options = { rulesBefore: [], rulesAfter: [], mode: 'block' as const, workers: 1 };
  const engine = await startEmbeddedEngine({ ...options, ...(crs !== undefined && { crs }) });
  const began = performance.now();
  const samples: Sample[] = [];
  let done = 0;
  let blocked = 0;
  try {
    const evaluate = ({ request, id }: EncodedCase) => engine.evaluate(request, id);
    for await (const { record } of mapConcurrently(repeat(cases, total), 32, evaluate)) {
      if (record?.action === 'blocked') blocked++;
      if (++done % (total / 10) === 0) samples.push(sample());
    }
  } finally {
    await engine.close();
  }
  const rate = done / ((performance.now() - began) / 1000);
  report(`${title}: ${whole(done)} done, ${whole(blocked)} refused, ${whole(rate)} a second`, samples);
}

/** Ends early on a busy machine. */
function* repeat<T>(items: readonly T[], total: number): Generator<T> {
  const end = performance.now() + limitSeconds * 1000;
  for (let done = 0; done < total && performance.now() < end; ) {
    for (const item of items.slice(0, total - done)) yield item;
    done += items.length;
  }
}

function sample(): Sample {
  const engine = childPids().reduce((sum, pid) => sum + residentBytes(pid), 0);
  return { engine, parent: residentBytes(process.pid) };
}

function report(title: string, samples: readonly Sample[]): void {
  const half = samples[Math.floor((samples.length - 1) / 2)];
  const last = samples.at(-1);
  if (half === undefined || last === undefined) return;
  console.log(`  ${title}`);
  const row = (name: string, figure: (sample: Sample) => number) => [
    name,
    ...[0, 2, 4, 7, 9].map((at) => megabytes(figure(samples[at] ?? last))),
    megabytes(figure(last) - figure(half)),
  ];
  printTable(
    ['MB in RAM after', '10 %', '30 %', '50 %', '80 %', '100 %', 'second half'],
    [row('engine process', ({ engine }) => engine), row('parent', ({ parent }) => parent)],
  );
  const growth = last.engine - half.engine;
  printTarget(
    'growth of the engine process in the second half < 4 MB',
    `${megabytes(growth)} MB`,
    growth < allowedGrowth,
  );
}

function megabytes(bytes: number): string {
  return (bytes / 2 ** 20).toFixed(1);
}
