import fc from 'fast-check';
import { expect } from 'vitest';
import { readCurl } from '../../../src/record/curl/read-curl.js';
import { localFiles } from '../../../src/record/local-files.js';
import { folderOf } from '../../suite/suite-folder.js';
import { commandLines, namedFiles } from './command-lines.js';
import { RecordingServer, runBash, toldOf } from './real-curl.js';

/** Commands that bash runs send what importing them tells, byte by byte, or the import says why it cannot tell. */
export async function sameAsCurl(runs: number): Promise<void> {
  const folder = await folderOf(namedFiles);
  const server = new RecordingServer();
  const host = await server.listen();
  const check = async (command: string) => {
    const { requests, leftOut } = await readCurl(Buffer.from(command), 'bug.txt', localFiles(folder));
    if (requests.some(({ body }) => body.kind === 'missing')) return;
    await runBash(command, folder);
    const heard = server.take();
    if (leftOut.length > 0)
      expect(leftOut.map(({ reason }) => reason).join('; ')).toMatch(/^(?:curl |its URL |it names )/);
    else expect(requests.map(toldOf)).toEqual(heard);
  };
  try {
    await fc.assert(fc.asyncProperty(commandLines(host), check), { numRuns: runs });
  } finally {
    server.close();
  }
}
