import { describe, expect, test } from 'vitest';
import { leaveOut } from '../waf/modsecurity/lab/server-fixture.js';
import { compare } from './comparison.js';
import { mixedSuite } from './mixed-suite.js';
import { expectOwnHits } from './own-hits.js';
import { strangers, vandal } from './second-client.js';
import { logFormats, reference, replay, stressLab, stressSize, stressTimeout, suiteFile, tell } from './stress-run.js';

const fewer = 210;

describe.each(['apache', 'nginx'] as const)('%s', (waf) => {
  describe.skipIf(leaveOut(waf))('64 requests at once', { timeout: stressTimeout }, () => {
    test.each(logFormats)('%s log: every case has its own hits, whatever others send', async (format) => {
      await expectOwnHits(waf, format, stressSize);
    });

    test.each(logFormats)('%s log that another program tears: no case has what is not its own', async (format) => {
      const suite = await suiteFile(mixedSuite(fewer));
      const right = await reference(waf, fewer, suite);
      const lab = await stressLab(waf, format);
      const others = [strangers(lab.url), vandal(lab.log)];
      const torn = await replay(lab, suite, { logWaitMs: 2000 });
      await Promise.all(others.map((other) => other.end()));
      const found = compare(right, torn);
      tell(`${waf} ${format}, torn`, torn, found, '');
      expect(found).toMatchObject({ unanswered: [], wrong: [] });
      expect(found.exact).toBeGreaterThan(0);
    });
  });
});
