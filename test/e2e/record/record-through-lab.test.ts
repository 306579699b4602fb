import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { serveHttp } from '../../replay/loopback.js';
import { chromium } from '../../report/browser.js';
import { leaveOut } from '../../waf/modsecurity/lab/server-fixture.js';
import { reportIn, start } from '../command.js';
import { listed, recordClicks } from './recorded.js';

const page =
  '<title>The mill</title><form method=post action=/notes><textarea name=note></textarea><button>Save</button></form><form action=/search><input name=q><button>Find</button></form>';

const clicks = `
export default async (page) => {
  await page.fill('[name=q]', 'rye');
  await Promise.all([page.waitForURL('**/search?q=rye'), page.click('text=Find')]);
  await page.goto('/');
  await page.fill('[name=note]', 'We open on Monday.');
  await Promise.all([page.waitForURL('**/notes'), page.click('text=Save')]);
  await page.goto('/');
  await page.fill('[name=note]', 'How do I write <script>alert(1)</script> in a page?');
  await Promise.all([page.waitForURL('**/notes'), page.click('text=Save')]);
  await page.goto('/');
  await page.fill('[name=q]', '1 union select password from users');
  await Promise.all([page.waitForURL('**/search?q=1*'), page.click('text=Find')]);
  await page.goto('/');
  await page.evaluate(() => fetch('/notes/7', { method: 'DELETE', headers: { 'Content-Type': 'application/x-www-form-urlencoded' }, body: 'why=<script>alert(1)</script>' }));
};`;

const labs = (['embedded', 'nginx', 'apache'] as const).filter((name) => name === 'embedded' || !leaveOut(name));

/** A site that is known by its name alone: an address in the place of one is a finding of its own. */
async function serveMill() {
  const asked: string[] = [];
  const listener: RequestListener = (request, response) => {
    asked.push(`${request.method} ${request.url?.replace(/\?.*/, '')} ${request.headers.host}`);
    request.resume();
    response.setHeader('Content-Type', 'text/html').end(page);
  };
  const { port } = new URL(await serveHttp(listener));
  const words = [`http://mill.test:${port}/`, '--resolve', `mill.test=127.0.0.1:${port}`, '--script', 'clicks.mjs'];
  return { words, asked, host: `mill.test:${port}` };
}

describe.skipIf(chromium === undefined)('a recording through the lab', () => {
  test.each(labs.flatMap((lab) => (['detect', 'block'] as const).map((mode) => [lab, mode] as const)))(
    'of %s in mode %s tells what would be refused, and has it as cases, whatever the method',
    async (lab, mode) => {
      const { words, asked, host } = await serveMill();
      const more = ['--waf', lab, '--mode', mode, '--har', 'out/a.har'];
      const { cwd, code, stdout, stderr } = await recordClicks([...words, ...more], { 'clicks.mjs': clicks });
      expect(code, stdout + stderr).toBe(1);
      expect(stdout).toMatch(
        /^POST \/notes {2}The mill: Save\nPOST \/notes {2}The mill: Save\n {2}a WAF would refuse it: .*941\d+ at ARGS:note/m,
      );
      expect(stdout).toMatch(/^GET \/search\n {2}a WAF would refuse it: .*942\d+ at ARGS:q/m);
      expect(stdout).toMatch(/^DELETE \/notes\/7 .*\n {2}a WAF would refuse it: /m);
      expect(stdout).not.toContain('920350');

      const reached = asked
        .filter((line) => !line.includes('favicon'))
        .map((line) => line.split(' ').slice(0, 2).join(' '));
      const isRefused = mode === 'block';
      expect(reached.filter((line) => line === 'POST /notes')).toHaveLength(isRefused ? 1 : 2);
      expect(reached.filter((line) => line === 'GET /search')).toHaveLength(isRefused ? 1 : 2);
      expect(reached.filter((line) => line === 'DELETE /notes/7')).toHaveLength(isRefused ? 0 : 1);
      expect(asked.filter((line) => /notes|search/.test(line)).every((line) => line.endsWith(` ${host}`))).toBe(true);

      const { results } = await reportIn(join(cwd, 'reports/out'));
      expect(results.map(({ request, verdict }) => [request.method, request.path, verdict.kind])).toEqual([
        ['POST', '/notes', 'let-through'],
        ['POST', '/notes', 'false-positive'],
        ['GET', '/search', 'false-positive'],
        ['DELETE', '/notes/7', 'false-positive'],
      ]);
      const cases = (await listed(cwd)).map(({ wire }) => wire);
      const imported = await start(['import', 'har', 'out/a.har', '--out', 'again', '--keep-get'], { cwd }).ended;
      expect(imported.code, imported.stderr).toBe(0);
      const again = (await listed(cwd, process.env, 'again')).map(({ wire }) => wire);
      for (const { method, path, bodyBase64 } of cases)
        expect(again).toContainEqual(expect.objectContaining({ method, path, bodyBase64 }));
    },
    180_000,
  );
});
