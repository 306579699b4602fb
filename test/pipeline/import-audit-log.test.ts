import { join } from 'node:path';
import { expect, test } from 'vitest';
import { auditLogFormat } from '../../src/pipeline/import-audit-log.js';
import { folderOf } from '../suite/suite-folder.js';

const entry = (id: string, path: string) =>
  `--${id}-A--\n[02/Jan/2026:10:00:00 +0000] x 127.0.0.1 1 127.0.0.1 2\n--${id}-B--\nPOST ${path} HTTP/1.1\nHost: h\nContent-Length: 3\n\n--${id}-C--\na=1\n--${id}-Z--\n`;

test('a folder has a file for each entry, and what is cut in them is counted', async () => {
  const folder = await folderOf({
    'log/20260102/1000/20260102-100000-x1': entry('67c1a801', '/a'),
    'log/20260102/1001/20260102-100100-x2': entry('67c1a802', '/b'),
    'log/20260102/1001/20260102-100101-x3': entry('67c1a803', '/c').slice(0, -17),
    'log/index': 'h 127.0.0.1 - - [02/Jan/2026:10:00:00 +0000] "POST /a HTTP/1.1" 200 1 /20260102/1000/x1\n',
  });
  const source = { path: join(folder, 'log'), shown: 'log', stem: 'log', folder };
  const { suites, leftOut } = await auditLogFormat.read(source, { cwd: folder });
  expect(suites.flatMap(({ cases }) => cases.map(({ request }) => request.path))).toEqual(['/a', '/b']);
  expect(leftOut).toEqual([
    {
      name: 'log/20260102/1001/20260102-100101-x3',
      reason: 'an entry without a request line, or without its end',
    },
  ]);
});
