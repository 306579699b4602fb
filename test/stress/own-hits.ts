import { expect } from 'vitest';
import type { ServerName } from '../waf/modsecurity/lab/server-fixture.js';
import { compare } from './comparison.js';
import { mixedSuite } from './mixed-suite.js';
import { litter, strangers } from './second-client.js';
import { type LogFormat, reference, replay, stressLab, suiteFile, tell } from './stress-run.js';

/** Sends so many cases, 64 at once, while others send as well: each must come out as it does alone. */
export async function expectOwnHits(waf: ServerName, format: LogFormat, size: number): Promise<void> {
  const suite = await suiteFile(mixedSuite(size));
  const right = await reference(waf, size, suite);
  const lab = await stressLab(waf, format);
  const others = strangers(lab.url);
  const report = await replay(lab, suite, {}, { start: () => litter(lab.log) });
  const sent = await others.end();
  const found = compare(right, report);
  tell(`${waf} ${format}`, report, found, `${sent} requests of strangers`);
  expect(found).toEqual({ exact: size, vague: [], lost: [], unanswered: [], wrong: [] });
  expect(new Set(report.results.map(({ correlationId }) => correlationId)).size).toBe(size);
  expect(report.interrupted).toBeUndefined();
}
