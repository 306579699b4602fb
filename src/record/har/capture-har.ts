import { fail } from '../../model/error.js';
import type { Pair } from '../../model/request.js';
import { reasonOf } from '../../util/reason-of.js';
import type { CapturedCause, CapturedRequest } from '../captured-request.js';
import type { Capture } from '../capturing.js';
import type { ImportSource, LeftOut } from '../import-format.js';
import { splitUrl } from '../split-url.js';
import { harBody, harHeader } from './har-body.js';
import { type ArchiveEntry, type HttpArchive, readArchive } from './har-shape.js';
import { openArchive } from './open-archive.js';

/** Longer answers are not searched for values of later requests. */
const longestAnswer = 2_000_000;

/** Reads an HTTP Archive, whoever wrote it: browsers, Playwright, mitmproxy, Charles, … */
export const captureHar: Capture = async (source, { allowOutside }) => {
  const { texts, read } = await openArchive(source, allowOutside);
  const archives = texts.map((text) => parse(text, source));
  const har = { pages: archives.flatMap(({ pages }) => pages), entries: archives.flatMap(({ entries }) => entries) };
  const requests: CapturedRequest[] = [];
  const leftOut: LeftOut[] = [];
  let odd = 0;
  for (const [index, entry] of har.entries.entries()) {
    if (entry.request.method === '' || entry.request.url === '') {
      leftOut.push({ name: `entry ${index + 1}`, reason: 'it has no request' });
      continue;
    }
    const { body, isOdd } = await harBody(entry.request, read);
    requests.push({ ...requestOf(entry, source.shown, index), body });
    if (isOdd) odd++;
  }
  const notes =
    odd === 0 ? [] : [`of another length than their Content-Length says, although all their fields are there: ${odd}`];
  const origin = originOf(har);
  return { requests, leftOut, notes, ...(origin !== undefined && { origin }) };
};

function parse(text: string, { shown }: ImportSource): HttpArchive {
  const invalid = (reason: string) => fail('IMPORT_INVALID', { reason }, { place: { file: shown } });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    const isCut = /^\s*\{/.test(text) && !/\}\s*$/.test(text);
    throw invalid(`it is not JSON: ${isCut ? 'it ends in the middle; export it again' : reasonOf(error)}`);
  }
  const har = readArchive(json);
  if (har === undefined) throw invalid('it is no HTTP Archive, which has "log" with "entries"');
  return har;
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
  if (/^wss?:/i.test(url) || resourceType === 'websocket' || harHeader(headers, 'upgrade') === 'websocket')
    return 'socket';
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
