import { type ReadCurl, readCurl } from '../../../src/record/curl/read-curl.js';
import { localFiles } from '../../../src/record/local-files.js';
import { type Files, folderOf } from '../../suite/suite-folder.js';

/** Reads a text with commands, beside these files. */
export async function reading(text: string | Uint8Array, files: Files = {}): Promise<ReadCurl> {
  return readCurl(Buffer.from(text), 'bug.txt', localFiles(await folderOf(files)));
}

/** The requests of a text, one a line: method, URL, media type, body. */
export async function sent(text: string | Uint8Array, files: Files = {}): Promise<readonly string[]> {
  const { requests } = await reading(text, files);
  return requests.map(({ method, url, headers, body }) => {
    const type = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1];
    return [
      method,
      url,
      ...(type === undefined || type === usual ? [] : [type]),
      ...(body.kind === 'none' ? [] : [bodyText(body)]),
    ].join(' ');
  });
}

const usual = 'application/x-www-form-urlencoded';

function bodyText(body: Exclude<ReadCurl['requests'][number]['body'], { readonly kind: 'none' }>): string {
  return body.kind === 'bytes' ? Buffer.from(body.bytes).toString('utf8') : `(${body.reason})`;
}

/** Why commands of a text are left out. */
export async function whyLeftOut(text: string): Promise<readonly string[]> {
  return (await reading(text)).leftOut.map(({ name, reason }) => `${name}: ${reason}`);
}
