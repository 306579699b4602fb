import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { RunReport } from '../../src/model/report.js';
import { folderOf } from '../suite/suite-folder.js';
import { reportIn, type Started, start, suiteOf } from './command.js';
import { type ProtectedServer, serveProtected } from './protected-server.js';

const names = ['a', 'b', 'c', 'd', 'e', 'f'];

/** Begins a run over one connection, in a folder of its own. */
function startRun(folder: string, { url }: ProtectedServer, ...words: readonly string[]): Started {
  const target = ['--target', url, '--log', join(folder, 'audit.log')];
  return start(['run', 's.yaml', ...target, '--connections', '1', '--out', 'out', ...words], {
    cwd: folder,
    detached: true,
  });
}

function verdicts({ results }: RunReport): Readonly<Record<string, string>> {
  return Object.fromEntries(results.map(({ id, verdict }) => [id, verdict.kind]));
}

describe('a run', () => {
  test('that ends has a verdict for each case', async () => {
    const folder = await folderOf({ 's.yaml': suiteOf(...names) });
    const server = await serveProtected(folder);
    const { code, stderr } = await startRun(folder, server).ended;
    expect([code, stderr]).toEqual([0, expect.stringContaining('6/6 cases, 0 not as expected')]);
    const report = await reportIn(join(folder, 'out'));
    expect(report.target.waf).toMatchObject({ version: 'ModSecurity 3.0.9', ruleset: 'Own/1.0', mode: 'block' });
    expect(report.summary).toEqual({ cases: 6, skipped: 0, unexpected: 0, verdicts: { 'let-through': 6 } });
    expect(server.asked).toEqual(['/', ...names.map((name) => `/${name}`)]);
  });

  test.each([
    ['to the command', (child: number) => child],
    ['to its whole group, as Ctrl-C does', (child: number) => -child],
  ])('that is interrupted by a signal %s reports what is done', async (_, receiver) => {
    const folder = await folderOf({ 's.yaml': suiteOf(...names) });
    const server = await serveProtected(folder, (path) => {
      if (path !== '/c') return true;
      process.kill(receiver(run.process.pid ?? 0), 'SIGINT');
      return false;
    });
    const run: Started = startRun(folder, server);
    const { code, stderr } = await run.ended;
    expect([code, stderr]).toEqual([1, expect.stringContaining('ending; once more to stop at once')]);
    const report = await reportIn(join(folder, 'out'));
    expect(report.interrupted).toMatch(/interrupted/);
    const { 's/a': a, 's/b': b, ...others } = verdicts(report);
    expect([a, b]).toEqual(['let-through', 'let-through']);
    expect(new Set([...Object.values(others), 'inconclusive'])).toEqual(new Set(['inconclusive']));
    expect(server.asked).toEqual(['/', '/a', '/b', '/c']);
  });

  test('whose target dies in the middle says so of the remaining cases', async () => {
    const folder = await folderOf({ 's.yaml': suiteOf(...names) });
    let dead = false;
    const server = await serveProtected(folder, (path, { socket }) => {
      dead ||= path === '/c';
      if (dead) socket.destroy();
      return !dead;
    });
    const { code, stderr } = await startRun(folder, server).ended;
    expect([code, stderr]).toEqual([1, expect.stringContaining('6/6 cases, 4 not as expected')]);
    const report = await reportIn(join(folder, 'out'));
    expect(verdicts(report)).toEqual({
      's/a': 'let-through',
      's/b': 'let-through',
      's/c': 'inconclusive',
      's/d': 'inconclusive',
      's/e': 'inconclusive',
      's/f': 'inconclusive',
    });
  });

  test('in which one request is not answered goes on', async () => {
    const folder = await folderOf({ 's.yaml': suiteOf(...names) });
    const server = await serveProtected(folder, (path) => path !== '/c');
    const { code } = await startRun(folder, server, '--timeout', '2000').ended;
    const { results } = await reportIn(join(folder, 'out'));
    expect(code).toBe(1);
    expect(results.filter(({ asExpected }) => !asExpected).map(({ id, verdict }) => ({ id, ...verdict }))).toEqual([
      { id: 's/c', kind: 'inconclusive', reason: 'no answer within 2000 ms' },
    ]);
  });
});

describe('attack cases', () => {
  const suite =
    'suite: S\ncases:\n  - { id: fine, path: /fine }\n  - { id: attack, path: /attack, intent: attack }\n' +
    '  - { id: later, path: /later, skip: not yet }\n';

  async function runWith(target: string) {
    const folder = await folderOf({ 's.yaml': suite });
    const server = await serveProtected(folder);
    const config = `targets: { t: { url: "${server.url}", ${target} waf: { kind: modsecurity, log: audit.log } } }\n`;
    const files = await folderOf({ 's.yaml': suite, 'wafproof.config.yaml': config, 'audit.log': '' });
    return { server, files, folder };
  }

  test.each([
    ['attacks: false,', ['/', '/fine'], ['s/attack', 's/later'], 0],
    ['attacks: true,', ['/', '/attack', '/fine'], ['s/later'], 1],
    ['', ['/', '/attack', '/fine'], ['s/later'], 1],
  ])('go to loopback where the config says "%s": %j', async (setting, asked, skipped, expectedCode) => {
    const { server, files, folder } = await runWith(setting);
    const log = ['--log', join(folder, 'audit.log')];
    const { code } = await start(['run', 's.yaml', ...log, '-o', 'out'], { cwd: files }).ended;
    expect(server.asked.toSorted()).toEqual(asked);
    const report = await reportIn(join(files, 'out'));
    expect(report.skipped.map(({ id }) => id).toSorted()).toEqual(skipped);
    expect(report.skipped.find(({ id }) => id === 's/attack')?.reason ?? 'does not allow attack').toMatch(
      /does not allow attack/,
    );
    expect(report.summary.skipped).toBe(skipped.length);
    expect(code).toBe(expectedCode);
  });
});
