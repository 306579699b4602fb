import { fail } from '../../model/error.js';
import type { Pair } from '../../model/request.js';
import { decodeUtf8, withoutMark } from '../../util/read-file.js';
import { reasonOf } from '../../util/reason-of.js';
import type { CapturedCause, CapturedRequest } from '../captured-request.js';
import type { Capture } from '../capturing.js';
import type { ImportSource } from '../import-format.js';
import { readSource } from '../read-source.js';
import { splitUrl } from '../split-url.js';
import { harBody, harHeader } from './har-body.js';
import { type ArchiveEntry, type HttpArchive, readArchive } from './har-shape.js';

/** The largest archive: 100 MB. Most of one is what came back, which a browser can leave out. */
const maxHar = 100 * 1024 * 1024;
/** Longer answers are not searched for values of later requests. */
const longestAnswer = 2_000_000;

/** Reads an HTTP Archive, whoever wrote it: browsers, Playwright, mitmproxy, Charles, … */
export const captureHar: Capture = async (source) => {
  const har = parse(await readSource(source, maxHar), source);
  const requests: CapturedRequest[] = [];
  let odd = 0;
  for (const [index, entry] of har.entries.entries()) {
    const { body, isOdd } = harBody(entry.request);
    requests.push({ ...requestOf(entry, source.shown, index), body });
    if (isOdd) odd++;
  }
  const origin = originOf(har);
  return {
    requests,
    leftOut: [],
    notes:
      odd === 0
        ? []
        : [`of another length than their Content-Length says, although all their fields are there: ${odd}`],
    ...(origin !== undefined && { origin }),
  };
};

function parse(bytes: Buffer, { shown }: ImportSource): HttpArchive {
  const invalid = (reason: string) => fail('IMPORT_INVALID', { reason }, { place: { file: shown } });
  let json: unknown;
  try {
    json = JSON.parse(withoutMark(textOf(bytes)));
  } catch (error) {
    throw invalid(`it is not JSON: ${reasonOf(error)}`);
  }
  const har = readArchive(json);
  if (har === undefined) throw invalid('it is no HTTP Archive, which has "log" with "entries"');
  return har;
}

/** Older tools write Latin-1, and Windows UTF-16. */
function textOf(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.toString('utf16le');
  return decodeUtf8(bytes) ?? bytes.toString('latin1');
}

function requestOf(
  { request, response, resourceType, title }: ArchiveEntry,
  file: string,
  index: number,
): Omit<CapturedRequest, 'body'> {
  const cause = causeOf(request, resourceType);
  return {
    method: request.method,
    url: request.url,
    headers: request.headers.map(({ name, value }): Pair => [name, value]),
    place: { file: `${file} entry ${index + 1}` },
    ...(title !== '' && { title }),
    ...(cause !== undefined && { cause }),
    answer: {
      status: response.status,
      headers: response.headers.map(({ name, value }): Pair => [name, value]),
      ...(response.text.length <= longestAnswer && { text: response.text }),
    },
  };
}

function causeOf({ method, url, headers }: ArchiveEntry['request'], resourceType: string): CapturedCause | undefined {
  if (
    method.toUpperCase() === 'OPTIONS' &&
    (headers.length === 0 || harHeader(headers, 'access-control-request-method') !== undefined)
  )
    return 'preflight';
  if (/^wss?:/i.test(url) || resourceType === 'websocket') return 'socket';
  return /^(?:ping|beacon|cspviolationreport|csp-violation-report)$/i.test(resourceType) ? 'beacon' : undefined;
}

/** The application: what the first page is of, else what most requests say that they come from, else where most go. */
function originOf({ pages, entries }: HttpArchive): string | undefined {
  const page = pages.map(({ title }) => title).find((title) => /^https?:\/\//i.test(title));
  const documents = entries.filter(
    ({ response, request, resourceType }) =>
      resourceType === 'document' || (request.method === 'GET' && /^text\/html/i.test(response.mimeType)),
  );
  const url = page ?? documents[0]?.request.url;
  if (url !== undefined) return splitUrl(url).origin;
  const from = entries.flatMap(
    ({ request: { headers } }) => harHeader(headers, 'origin') ?? harHeader(headers, 'referer') ?? [],
  );
  return mostOf(
    from.length > 0
      ? from
      : entries.filter(({ request }) => request.method !== 'OPTIONS').map(({ request }) => request.url),
  );
}

function mostOf(urls: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const url of urls) {
    const origin = splitUrl(url).origin.replace(/^ws/, 'http');
    if (/^https?:/.test(origin)) counts.set(origin, (counts.get(origin) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}
