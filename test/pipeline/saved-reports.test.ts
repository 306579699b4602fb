import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RunReport } from '../../src/model/report.js';
import { publish } from '../../src/pipeline/publish.js';
import { spillingStore } from '../../src/pipeline/result-store.js';
import { readReports, readReportsInto } from '../../src/pipeline/saved-reports.js';
import { sampleReport } from '../report/sample-report.js';
import { tunedReport } from '../report/tuned-report.js';

const folder = mkdtempSync(join(tmpdir(), 'wafproof-saved-'));

function save(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

const added = new Set(['field', 'candidateFields', 'elementVariables']);

function shard(report: RunReport, index: number, total: number): RunReport {
  return { ...report, results: report.results.filter((_, i) => i % total === index), durationMs: 100 * (index + 1) };
}

describe('saved reports', () => {
  it('come back as they were', async () => {
    expect(await readReports([save('one.json', sampleReport())], { cwd: folder })).toEqual(sampleReport());
  });

  it('come back from the disk, where one is too large for memory, as they were', async () => {
    for (const [name, report] of [['sample', sampleReport()] as const, ['tuned', tunedReport()] as const]) {
      await publish(report, { reporters: ['json'], out: join(folder, name) });
      const store = spillingStore({ folder, memoryBytes: 100 });
      const { results, ...head } = await readReportsInto(store, [join(folder, name, 'report.json')], { cwd: folder });
      expect({ ...head, results: [...results] }).toEqual(report);
      expect(await readReports([join(folder, name, 'report.json')], { cwd: folder })).toEqual(report);
      store.close();
    }
  });

  it('are told line and all, where a case is torn', async () => {
    await publish(sampleReport(), { reporters: ['json'], out: join(folder, 'torn') });
    const lines = readFileSync(join(folder, 'torn/report.json'), 'utf8').split('\n');
    const at = lines.findIndex((line) => line.startsWith('    {"id"')) + 1;
    const torn = (text: string[]) => readReports([save('torn.json', text.join('\n'))], { cwd: folder });
    await expect(torn(lines.toSpliced(at, 1, '    {"id":"x",'))).rejects.toThrow(`line ${at + 1} is not a case`);
    await expect(torn([...lines.slice(0, at), ''])).rejects.toThrow(`line ${at + 1} is not a case`);
  });

  it('get the fields that an earlier version did not write down', async () => {
    const written = JSON.stringify(tunedReport(), (key, value: unknown) => (added.has(key) ? undefined : value));
    expect(await readReports([save('earlier.json', written)], { cwd: folder })).toEqual(tunedReport());
  });

  it('are merged where they are shards', async () => {
    const whole = sampleReport();
    const paths = [0, 1].map((index) => save(`shard-${index}.json`, shard(whole, index, 2)));
    const merged = await readReports(paths, { cwd: folder });
    expect(merged.results.map(({ id }) => id).sort()).toEqual(whole.results.map(({ id }) => id).sort());
    expect(merged.summary).toEqual({ ...whole.summary, cases: whole.results.length });
    expect(merged.durationMs).toBe(200);
  });

  it.each([
    ['is not JSON', '{"schemaVersion": 1', /: it is not JSON; name the report.json of /],
    ['is something else', '{"name": "x"}', /no results/],
    ['is of another schema', { ...sampleReport(), schemaVersion: 2 }, /schema version is 2/],
  ])('are refused where one %s', async (name, content, message) => {
    const reading = readReports([save(`${name}.json`, content)], { cwd: folder });
    await expect(reading).rejects.toMatchObject({ code: 'REPORT_INVALID', message: expect.stringMatching(message) });
  });

  it('are refused where they are missing or of different targets', async () => {
    await expect(readReports(['missing.json'], { cwd: folder })).rejects.toMatchObject({
      message: expect.stringMatching(
        /^REPORT_INVALID missing.json there is no such report; "wafproof check" and "wafproof run" write one/,
      ),
    });
    await expect(readReports(['.'], { cwd: folder })).rejects.toMatchObject({
      message: expect.stringMatching(/is not a report of Wafproof: it is a folder; name the report.json of a check/),
    });
    const other = { ...sampleReport(), target: { ...sampleReport().target, name: 'other' } };
    const paths = [save('a.json', sampleReport()), save('b.json', other)];
    await expect(readReports(paths, { cwd: folder })).rejects.toMatchObject({ code: 'REPORT_INVALID' });
  });
});
