import { describe, expect, test } from 'vitest';
import type { RunReport } from '../../src/model/report.js';
import { leaveOut, type ServerName } from '../lab/server-fixture.js';
import { compare } from './comparison.js';
import { mixedSuite } from './mixed-suite.js';
import { strangers, vandal } from './second-client.js';
import { checked, logFormats, replay, stressLab, stressSize, stressTimeout, suiteFile } from './stress-run.js';

describe.each(['apache', 'nginx'] as const)('%s', (waf) => {
  describe.skipIf(leaveOut(waf))('64 at once, while others write into the same log', { timeout: stressTimeout }, () => {
    test.each(logFormats)('%s: every case has its own hits', async (format) => {
      const suite = await suiteFile(mixedSuite(stressSize));
      const right = await reference(waf, suite);
      const lab = await stressLab(waf, format);
      const others = [strangers(lab.url), vandal(lab.log)];
      const report = await replay(lab, suite);
      const done = await Promise.all(others.map((other) => other.end()));
      const { exact, lost, wrong } = compare(right, report);
      const perSecond = Math.round((report.results.length * 1000) / report.durationMs);
      console.log(`${waf} ${format}: ${exact} exact, ${lost.length} lost, ${wrong.length} wrong, ${perSecond}/s; ${done}`);
      console.log(JSON.stringify(report.summary), lost.slice(0, 3), wrong.slice(0, 12));
      expect(exact).toBe(stressSize);
    });
  });
});

function reference(waf: ServerName, suite: string): Promise<RunReport> {
  return waf === 'nginx' ? checked(suite) : oneAtATime(waf, suite);
}

async function oneAtATime(waf: ServerName, suite: string): Promise<RunReport> {
  const lab = await stressLab(waf, 'json');
  const report = await replay(lab, suite, { connections: 1 });
  await lab.close();
  return report;
}
