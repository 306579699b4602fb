import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  copyFileSync,
  mkdirSync,
  renameSync,
  statfsSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { appendFile, open } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { RunReport } from '../../src/model/report.js';
import { leaveOut, testFolder } from '../waf/modsecurity/lab/server-fixture.js';
import { compare } from './comparison.js';
import { mixedSuite } from './mixed-suite.js';
import { again, type Nuisance } from './second-client.js';
import { master, serverProcesses } from './server-processes.js';
import {
  type LogFormat,
  logFormats,
  reference,
  replay,
  stressLab,
  stressTimeout,
  suiteFile,
  tell,
} from './stress-run.js';

/** More than are sent ahead of the first that are done, so that something is left when it happens. */
const size = 525;
const early = 20;
/** Where entries are missing for good, each is waited for as long as this; a busy machine takes its time for the others. */
const inFull = { logWaitMs: 2000 };

describe.each(['apache', 'nginx'] as const)('%s', (waf) => {
  describe.skipIf(leaveOut(waf))('in the middle of a run', { timeout: stressTimeout }, () => {
    test.each(logFormats)('the server is killed (%s): what was not answered is told apart', async (format) => {
      const { lab, suite, right } = await prepared(waf, format);
      const report = await replay(lab, suite, inFull, when(early, kill));
      const found = verdicts(right, report, `${waf} ${format}, killed`);
      expect(found.unanswered.length).toBeGreaterThan(0);
      expect(found.exact).toBeGreaterThan(0);
      expect(report.interrupted).toMatch(/^the target gave no answer 20 times in a row/);
    });

    test.each(logFormats)('the server is killed and started again (%s): what it answered is right', async (format) => {
      const { lab, suite, right } = await prepared(waf, format);
      const place = { auditLog: lab.log, port: Number(new URL(lab.url).port) };
      let restarted: Promise<unknown> | undefined;
      const restart = () => {
        kill();
        restarted = lab.close().then(() => stressLab(waf, format, place));
      };
      const slowly = { ...inFull, maxFailures: 0, rate: 60 };
      const report = await replay(lab, suite, slowly, when(early, restart));
      await restarted;
      const found = verdicts(right, report, `${waf} ${format}, restarted`);
      expect(report.interrupted).toBeUndefined();
      expect(found.unanswered.length).toBeGreaterThan(0);
      const judged = report.results.map(({ verdict }) => verdict.kind !== 'inconclusive');
      expect(judged.slice(0, early).filter(Boolean).length).toBeGreaterThan(early / 2);
      expect(judged.slice(-early)).not.toContain(false);
    });

    test.each(logFormats)('the log is rotated by name (%s): nothing is lost', async (format) => {
      const { lab, suite, right } = await prepared(waf, format);
      const rotate = () => {
        renameSync(lab.log, `${lab.log}.1`);
        writeFileSync(lab.log, '');
      };
      const report = await replay(lab, suite, {}, when(early, rotate));
      const found = verdicts(right, report, `${waf} ${format}, rotated`);
      expect(found).toMatchObject({ lost: [], unanswered: [] });
      expect(report.interrupted).toBeUndefined();
    });

    test.each(logFormats)('the log is rotated and the server told (%s): nothing answered is lost', async (format) => {
      const { lab, suite, right } = await prepared(waf, format);
      const rotate = () => {
        renameSync(lab.log, `${lab.log}.1`);
        process.kill(master(), waf === 'apache' ? 'SIGUSR1' : 'SIGHUP');
      };
      const report = await replay(lab, suite, { maxFailures: 0 }, when(early, rotate));
      const found = verdicts(right, report, `${waf} ${format}, reloaded`);
      expect(found.lost).toEqual([]);
      expect(found.exact).toBeGreaterThan(size / 2);
    });

    test.each(logFormats)('the log is copied and truncated (%s): what is gone is said to be', async (format) => {
      const { lab, suite, right } = await prepared(waf, format);
      const rotate = () => {
        copyFileSync(lab.log, `${lab.log}.1`);
        truncateSync(lab.log);
      };
      const report = await replay(lab, suite, inFull, when(early, rotate));
      const found = verdicts(right, report, `${waf} ${format}, truncated`);
      expect(found.unanswered).toEqual([]);
      expect(found.exact).toBeGreaterThan(0);
      expect(report.interrupted).toBeUndefined();
    });

    test.each(['json', 'native', 'error'] as const)('the log stops growing (%s): no case passes', async (format) => {
      const { lab, suite, right } = await prepared(waf, format);
      const shipped = `${lab.log}.shipped`;
      const shipper = await ship(lab.log, shipped);
      const stop = () => void shipper.end();
      const report = await replay({ ...lab, log: shipped }, suite, inFull, when(early, stop));
      await shipper.end();
      const found = verdicts(right, report, `${waf} ${format}, stopped`);
      expect(found.unanswered).toEqual([]);
      expect(found.lost.length).toBeGreaterThan(0);
      expect(found.exact + found.vague.length).toBeGreaterThanOrEqual(early);
      expect(report.interrupted).toBeUndefined();
    });
  });
});

/** Without a word, in the middle of whatever it writes. */
function kill(): void {
  for (const pid of serverProcesses()) process.kill(pid, 'SIGKILL');
}

const isRoot = process.getuid?.() === 0;

describe.skipIf(!isRoot)('on a disk of 256 KB', { timeout: stressTimeout }, () => {
  describe.each(['apache', 'nginx'] as const)('%s', (waf) => {
    describe.skipIf(leaveOut(waf))('', () => {
      test.each(['json', 'native', 'error'] as const)(
        'a full disk (%s): what has no entry is said to have none',
        async (format) => {
          const disk = smallDisk();
          const { lab, suite, right } = await prepared(waf, format, join(disk, 'waf.log'));
          const report = await replay(lab, suite, inFull);
          const found = verdicts(right, report, `${waf} ${format}, full`);
          expect(statfsSync(disk).bavail).toBeLessThan(2);
          expect(found.unanswered).toEqual([]);
          expect(found.lost.length).toBeGreaterThan(0);
          expect(found.exact).toBeGreaterThan(0);
          expect(report.interrupted).toBeUndefined();
        },
      );

      test('a disk that is full for a while: later entries are found', async () => {
        const disk = smallDisk();
        const { lab, suite, right } = await prepared(waf, 'json', join(disk, 'waf.log'));
        const emptied = again(async () => {
          await delay(20);
          if (statfsSync(disk).bavail < 2) truncateSync(lab.log);
        });
        const report = await replay(lab, suite, inFull);
        await emptied.end();
        const found = verdicts(right, report, `${waf}, full for a while`);
        expect(found.unanswered).toEqual([]);
        expect(found.exact).toBeGreaterThan(0);
      });
    });
  });
});

test.skipIf(isRoot)('LEFT OUT: a full disk takes root, to mount a small one', () => {});

/** A lab with two workers, a suite, and what that comes to where nothing happens. */
async function prepared(waf: 'apache' | 'nginx', format: LogFormat, auditLog?: string) {
  const suite = await suiteFile(mixedSuite(size));
  const right = await reference(waf, size, suite);
  const lab = await stressLab(waf, format, auditLog === undefined ? {} : { auditLog });
  return { lab, suite, right };
}

/** Does something once, as soon as so many cases are done. */
function when(count: number, act: () => void) {
  let done = 0;
  return {
    done: () => {
      done++;
      if (done === count) act();
    },
  };
}

/** Each case has one verdict, and none is wrong. */
function verdicts(right: RunReport, report: RunReport, name: string) {
  const found = compare(right, report);
  tell(name, report, found, report.interrupted ?? '');
  expect(report.results).toHaveLength(size);
  expect(found.wrong).toEqual([]);
  return found;
}

/** Copies what a log gains into another file, as a log shipper does, until it is told to end. */
async function ship(from: string, to: string): Promise<Nuisance> {
  const log = await open(from);
  onTestFinished(() => log.close());
  appendFileSync(to, '');
  return again(async () => {
    const { buffer, bytesRead } = await log.read(Buffer.alloc(16 * 1024), 0, 16 * 1024);
    await appendFile(to, buffer.subarray(0, bytesRead));
    if (bytesRead === 0) await delay(5);
  });
}

/** A disk of 256 KB that is gone after the test. */
function smallDisk(): string {
  const folder = join(testFolder('wafproof-disk-'), 'disk');
  mkdirSync(folder);
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'wafproof-test', folder]);
  onTestFinished(() => void execFileSync('umount', ['--lazy', folder]));
  chmodSync(folder, 0o777);
  return folder;
}
