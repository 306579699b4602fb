import { describe, expect, test } from 'vitest';
import { leaveOut, type ServerName } from '../lab/server-fixture.js';
import { compare } from './comparison.js';
import { mixedSuite } from './mixed-suite.js';
import { litter, strangers, vandal } from './second-client.js';
import { logFormats, reference, replay, stressLab, stressSize, stressTimeout, suiteFile, tell } from './stress-run.js';

const fewer = 210;

describe.each(['apache', 'nginx'] as const)('%s', (waf) => {
  describe.skipIf(leaveOut(waf))('64 requests at once', { timeout: stressTimeout }, () => {
    test.each(logFormats)('%s log: every case has its own hits, whatever others send', async (format) => {
      const suite = await suiteFile(mixedSuite(stressSize));
      const right = await reference(waf, stressSize, suite);
      const lab = await stressLab(waf, format);
      const others = strangers(lab.url);
      const report = await replay(lab, suite, {}, { start: () => litter(lab.log) });
      const sent = await others.end();
      const found = compare(right, report);
      tell(`${waf} ${format}`, report, found, `${sent} requests of strangers`);
      expect(found).toMatchObject({ lost: [], unanswered: [], wrong: [] });
      expect(found.exact + found.vague.length).toBe(stressSize);
      expect(isCutByTheEngine(waf, format) || found.vague.length === 0).toBe(true);
      expect(new Set(report.results.map(({ correlationId }) => correlationId)).size).toBe(stressSize);
      expect(report.interrupted).toBeUndefined();
    });

    test.each(logFormats)('%s log that another program tears: no case has what is not its own', async (format) => {
      const suite = await suiteFile(mixedSuite(fewer));
      const right = await reference(waf, fewer, suite);
      const lab = await stressLab(waf, format);
      const others = [strangers(lab.url), vandal(lab.log)];
      const torn = await replay(lab, suite, { logWaitMs: 500 });
      await Promise.all(others.map((other) => other.end()));
      const found = compare(right, torn);
      tell(`${waf} ${format}, torn`, torn, found, '');
      expect(found).toMatchObject({ unanswered: [], wrong: [] });
      expect(found.exact).toBeGreaterThan(0);
    });
  });
});

/** Text of libmodsecurity 3 shows 200 characters of what libinjection matched, name and all; its JSON shows the whole. */
function isCutByTheEngine(waf: ServerName, format: string): boolean {
  return waf === 'nginx' && (format === 'native' || format === 'error');
}
