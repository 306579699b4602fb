import { describe, test } from 'vitest';
import { expectOwnHits } from '../../../stress/own-hits.js';
import { logFormats } from '../../../stress/stress-run.js';
import { leaveOut, type ServerName } from './server-fixture.js';

/** Enough that requests overlap in every way; `npm run stress` sends thousands, and breaks what it can. */
const size = 300;

describe.each<ServerName>(['apache', 'nginx'])('%s', (waf) => {
  describe.skipIf(leaveOut(waf))('64 requests at once', () => {
    test.each(logFormats)('%s log: every case has its own hits, whatever others send', async (format) => {
      await expectOwnHits(waf, format, size);
    });
  });
});
