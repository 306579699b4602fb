import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { triageSaved } from '../../../src/pipeline/triage/triage-saved.js';
import { worldOf } from '../../../src/pipeline/world.js';

const folder = mkdtempSync(join(tmpdir(), 'triage-logs-'));
afterAll(() => rmSync(folder, { recursive: true }));

const page =
  '<html>\r\n<head><title>403 Forbidden</title></head>\r\n<body>\r\n<center><h1>403 Forbidden</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n';
const answer = `HTTP/1.1 403 Forbidden\r\nServer: nginx\r\nDate: Mon, 30 Nov 2026 10:00:01 GMT\r\nContent-Type: text/html\r\n\r\n${page}`;

const nginx = (message: string, path = '/api/orders', time = '2026/11/30 10:00:01', more = '') =>
  `${time} [error] 31#31: *17 ${message}, client: 203.0.113.9, server: a.example, request: "POST ${path} HTTP/1.1", host: "a.example"${more}`;
const denied = nginx('access forbidden by rule');
const modsecurity = (path: string, time: string) =>
  `${time} [error] 31#31: *17 [client 203.0.113.9] ModSecurity: Access denied with code 403 (phase 2). Matched "Operator \`Ge' with parameter \`5' against variable \`TX:ANOMALY_SCORE' (Value: \`5' ) [file "a.conf"] [line "81"] [id "949110"] [rev ""] [msg "Inbound Anomaly Score Exceeded (Total Score: 5)"] [data ""] [severity "2"] [ver "OWASP_CRS/4.3.0"] [maturity "0"] [accuracy "0"] [hostname "10.0.0.1"] [uri "${path}"] [unique_id "179538119289.804390"] [ref ""], client: 203.0.113.9, server: a.example, request: "POST ${path} HTTP/1.1", host: "a.example"`;

async function told(log: string | Buffer) {
  writeFileSync(join(folder, 'answer'), answer);
  writeFileSync(join(folder, 'command'), 'curl -d a=1 http://a.example/api/orders');
  writeFileSync(join(folder, 'log'), log);
  return triageSaved({ response: 'answer', command: 'command', logs: ['log'] }, worldOf({ cwd: folder }));
}

const ruled = { layer: 'server', cause: expect.stringMatching(/^(?:ip|path)-denied$/) };

describe('a log is recognised', () => {
  test.each([
    ['with the line ends of Windows', `${denied}\r\n`],
    ['without an end of its last line', denied],
    ['packed', gzipSync(`${denied}\n`)],
    ['in UTF-16, as PowerShell writes it', Buffer.from(`\ufeff${denied}\r\n`, 'utf16le')],
    [
      'behind bytes that are no text',
      Buffer.concat([Buffer.from([0xff, 0x00, 0xc3, 0x28, 0x0a]), Buffer.from(`${denied}\n`)]),
    ],
    ['among lines of other programs', `kernel: usb 1-1: new device\n{"a":\n${denied}\n<134>1 - - - -\n[[[\n`],
    ['behind a line that is cut', `${denied.slice(0, 60)}\n${denied}\n`],
    [
      'behind 8 MB of other requests',
      `${`${nginx('open() "/srv/x" failed (2: No such file or directory)', '/x')}\n`.repeat(35_000)}${denied}\n`,
    ],
    [
      'in the rows of a collector',
      `${JSON.stringify({ log: `${denied}\n`, stream: 'stderr', time: '2026-11-30T10:00:01.1Z' })}\n`,
    ],
  ])('%s', async (_, log) => {
    expect(await told(log)).toMatchObject(ruled);
  });
});

describe('a line of a WAF that is not of this request convicts nobody', () => {
  const fake = 'ModSecurity: Access denied with code 403 (phase 2). [id \\"949110\\"]';
  test.each([
    ['of another path', modsecurity('/other', '2026/11/30 10:00:01')],
    ['of another time', modsecurity('/api/orders', '2026/11/30 08:12:31')],
    ['of the day before', modsecurity('/api/orders', '2026/11/29 10:00:01')],
    [
      'in the User-Agent',
      `203.0.113.9 - - [30/Nov/2026:10:00:01 +0000] "POST /api/orders HTTP/1.1" 403 146 "-" "${fake}"`,
    ],
    [
      'in the Referer',
      `203.0.113.9 - - [30/Nov/2026:10:00:01 +0000] "POST /api/orders HTTP/1.1" 403 146 "${fake}" "-"`,
    ],
    [
      'in the Referer of an error',
      nginx(
        'open() "/srv/a" failed (2: No such file or directory)',
        '/api/orders',
        '2026/11/30 10:00:01',
        `, referrer: "${fake}"`,
      ),
    ],
    ['in a path of an error', nginx(`open() "/srv/${fake}" failed (2: No such file or directory)`)],
    [
      'in a field of a JSON log',
      JSON.stringify({
        log: '203.0.113.9 - - [30/Nov/2026:10:00:01 +0000] "POST /api/orders HTTP/1.1" 403 146 "-" "-"',
        note: fake,
      }),
    ],
  ])('%s', async (_, log) => {
    const answered = await told(`${log}\n`);
    expect(answered.cause).not.toMatch(/^waf-/);
    expect(answered.layer).not.toBe('waf');
  });
});

test('a line of a WAF that is of this request does', async () => {
  expect(await told(`${modsecurity('/api/orders', '2026/11/30 10:00:01')}\n`)).toMatchObject({
    layer: 'waf',
    cause: 'waf-rule',
    confidence: 'proved',
  });
});
