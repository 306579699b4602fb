import { join } from 'node:path';
import type { Capture, CapturedSource } from '../../../src/record/capturing.js';
import { captureHar } from '../../../src/record/har/capture-har.js';
import { folderOf } from '../../suite/suite-folder.js';

/** What a test says of an entry: the request, and what else is odd. */
export interface Entry {
  readonly method?: string;
  readonly url?: string;
  readonly headers?: readonly (readonly [string, string])[];
  readonly postData?: object;
  readonly bodySize?: number;
  readonly [other: string]: unknown;
}

/** An archive as Chrome exports it. */
export function archive(entries: readonly Entry[], log: object = {}): string {
  return JSON.stringify({
    log: {
      version: '1.2',
      entries: entries.map(
        ({ method = 'POST', url = 'https://shop.test/a', headers = [], postData, bodySize = -1, ...entry }) => ({
          request: {
            method,
            url,
            headers: headers.map(([name, value]) => ({ name, value })),
            bodySize,
            ...(postData && { postData }),
          },
          response: { status: 200, headers: [], content: { mimeType: 'application/json' } },
          ...entry,
        }),
      ),
      ...log,
    },
  });
}

/** Runs a format on the content of a file. */
export async function captureFile(
  capture: Capture,
  content: string | Uint8Array,
  name: string,
  others: Record<string, string | Uint8Array> = {},
): Promise<CapturedSource> {
  const folder = await folderOf({ [name]: content, ...others });
  return capture({ path: join(folder, name), shown: name, stem: 's', folder }, { cwd: folder });
}

export async function captureArchive(
  content: string | Uint8Array,
  others: Record<string, string | Uint8Array> = {},
): Promise<CapturedSource> {
  return captureFile(captureHar, content, 'a.har', others);
}

/** The bodies of the requests, or why they are missing. */
export function bodies({ requests }: CapturedSource, encoding: BufferEncoding = 'utf8'): readonly string[] {
  return requests.map(({ body }) =>
    body.kind === 'bytes' ? Buffer.from(body.bytes).toString(encoding) : body.kind === 'none' ? '' : `(${body.reason})`,
  );
}
