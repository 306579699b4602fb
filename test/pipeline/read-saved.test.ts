import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readSaved } from '../../src/pipeline/triage/read-saved.js';
import { triageSaved } from '../../src/pipeline/triage/triage-saved.js';
import { worldOf } from '../../src/pipeline/world.js';

const folder = mkdtempSync(join(tmpdir(), 'saved-'));
const world = worldOf({ cwd: folder });

function save(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return name;
}

test('says which file cannot be read', async () => {
  await expect(readSaved({ response: 'nowhere.txt' }, world)).rejects.toMatchObject({ code: 'TRIAGE_UNREADABLE' });
  await expect(readSaved({ logs: ['nowhere.log'] }, world)).rejects.toThrow(/"nowhere.log" cannot be read/);
  await expect(readSaved({ har: save('empty.har', '{}') }, world)).rejects.toThrow(/no HAR file/);
});

test('keeps the lines of a log that may be of the request, and no others', async () => {
  const line = (time: string, request: string, status: number, agent = 'curl') =>
    `127.0.0.1 - - [22/Nov/2026:${time} +0000] "${request} HTTP/1.1" ${status} 10 "-" "${agent}"\n`;
  const { lines } = await readSaved(
    {
      response: save('answer.txt', 'HTTP/1.1 403 Forbidden\nDate: Sun, 22 Nov 2026 20:54:03 GMT\n\nno'),
      command: save('command.txt', "curl -d 'a=1' https://staging.example/api/notes?x=1"),
      logs: [
        save(
          'access.log',
          line('20:54:03', 'POST /api/notes', 403) +
            line('20:54:03', 'POST /api/other', 403) +
            line('20:54:03', 'GET /api/notes', 403) +
            line('20:54:03', 'POST /api/notes', 200) +
            line('21:24:03', 'POST /api/notes', 403),
        ),
      ],
    },
    world,
  );
  expect(lines?.map(({ text }) => text)).toEqual([expect.stringContaining('20:54:03 +0000] "POST /api/notes')]);
});

test('reads a log without a time zone in any zone', async () => {
  const log =
    '2026/11/22 22:54:03 [error] 1#1: *2 access forbidden by rule, client: 127.0.0.1, server: a, request: "GET /x HTTP/1.1", host: "a"\n';
  const { lines } = await readSaved(
    {
      response: save('answer.txt', 'HTTP/1.1 403 Forbidden\nDate: Sun, 22 Nov 2026 20:54:03 GMT\n\nno'),
      logs: [save('error.log', log)],
    },
    world,
  );
  expect(lines).toMatchObject([{ kind: 'nginx-error', fields: { message: 'access forbidden by rule', path: '/x' } }]);
});

test('tells who refused from what was saved, and asks for it where there is nothing', async () => {
  const response = save('page.txt', 'HTTP/1.1 403 Forbidden\nX-Sucuri-Block: EVA079\nServer: Sucuri/Cloudproxy\n\n');
  expect(await triageSaved({ response }, world)).toMatchObject({ layer: 'edge', cause: 'waf-rule', system: 'sucuri' });
  await expect(triageSaved({ logs: [] }, world)).rejects.toMatchObject({ code: 'USAGE' });
});
