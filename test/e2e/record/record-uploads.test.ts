import { randomBytes } from 'node:crypto';
import { createServer } from 'node:https';
import { describe, expect, test } from 'vitest';
import { makeCertificate } from '../../../src/lab/own-certificate.js';
import { listen, serveHttp } from '../../replay/loopback.js';
import { chromium } from '../../report/browser.js';
import { listed, recordClicks } from './recorded.js';
import { clicks, digest, uploadSite } from './upload-site.js';

async function serve(scheme: string) {
  const { listener, seen } = uploadSite();
  const url =
    scheme === 'http' ? await serveHttp(listener) : await listen(createServer(makeCertificate('x'), listener));
  return { url: url.replace(/^http/, scheme), seen };
}

const files = () => ({
  'clicks.mjs': clicks,
  'empty.bin': '',
  'large.bin': randomBytes(1024 * 1024),
  'it\'s "odd" über 日本.bin': randomBytes(90_000),
});

describe.skipIf(chromium === undefined)('files that are sent from a browser', () => {
  test.each(['http', 'https'])(
    'are recorded byte by byte over %s, whichever way a page sends them',
    async (scheme) => {
      const { url, seen } = await serve(scheme);
      const { cwd, code, stdout, stderr } = await recordClicks([url, '--script', 'clicks.mjs'], files());
      expect(code, stdout + stderr).toBe(0);
      const cases = await listed(cwd);
      const recorded = cases.map(({ wire }) => [
        `${wire.method} ${wire.path}`,
        digest(Buffer.from(wire.bodyBase64, 'base64')),
      ]);
      const sent = [...seen].filter(([line]) => line !== 'POST /beacon').map(([line, body]) => [line, digest(body)]);
      expect(recorded.sort()).toEqual(sent.sort());
      expect(sent.map(([line]) => line)).toContain('POST /through-service-worker');
      expect(sent).toHaveLength(10);
      expect(stdout).toContain('POST /form  Files: Your files, Send them');
      expect(stdout).toMatch(/left out 1: a beacon of analytics: POST .*\/beacon/);
    },
    300_000,
  );
});
