import { at, isTree, list, text } from '../../util/json-tree.js';

/** What is read of an HTTP Archive (HAR 1.2), each of it perhaps missing or of another type: writers differ. */
export interface HttpArchive {
  readonly pages: readonly { readonly title: string }[];
  readonly entries: readonly ArchiveEntry[];
}

export interface ArchiveEntry {
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly headers: readonly HarPair[];
    /** -1: not known. */
    readonly bodySize: number;
    readonly postData?: HarPostData;
  };
  readonly response: {
    readonly status: number;
    readonly headers: readonly HarPair[];
    readonly mimeType: string;
    /** Empty where it is no text. */
    readonly text: string;
  };
  /** Of Chrome and Playwright: `document`, `xhr`, `fetch`, `ping`, … */
  readonly resourceType: string;
  readonly title: string;
}

export interface HarPair {
  readonly name: string;
  readonly value: string;
}

export interface HarPostData {
  readonly mimeType: string;
  readonly text: string;
  readonly isBase64: boolean;
  readonly params: readonly HarParam[];
  /** Of Playwright: the file that has the bytes. */
  readonly file?: string;
}

export interface HarParam extends HarPair {
  /** Empty where it has none. */
  readonly fileName: string;
  readonly contentType: string;
}

/** Reads parsed JSON as an archive; nothing where it is none. */
export function readArchive(json: unknown): HttpArchive | undefined {
  const entries = at(json, 'log', 'entries');
  if (!Array.isArray(entries)) return undefined;
  const pages = list(at(json, 'log', 'pages')).map((page) => ({ title: text(at(page, 'title')) }));
  return { pages, entries: entries.map(readEntry) };
}

function readEntry(entry: unknown): ArchiveEntry {
  const request = at(entry, 'request');
  const size = at(request, 'bodySize');
  // HTTP Toolkit has bodies that are no text in `_content`.
  const postData = at(request, 'postData') ?? at(request, '_content');
  return {
    request: {
      method: text(at(request, 'method')),
      url: text(at(request, 'url')),
      headers: readPairs(at(request, 'headers')),
      bodySize: typeof size === 'number' ? size : -1,
      ...(isTree(postData) && { postData: readPostData(postData) }),
    },
    response: readResponse(at(entry, 'response')),
    resourceType: text(at(entry, '_resourceType')),
    title: titleOf(entry),
  };
}

/** Fiddler counts its sessions there: `[#12]`. */
function titleOf(entry: unknown): string {
  const comment = text(at(entry, 'comment')).trim();
  return /^\[#\d+\]$/.test(comment) ? '' : comment;
}

function readResponse(response: unknown): ArchiveEntry['response'] {
  const content = at(response, 'content');
  return {
    status: Number(at(response, 'status')) || 0,
    headers: readPairs(at(response, 'headers')),
    mimeType: text(at(content, 'mimeType')),
    text: at(content, 'encoding') === 'base64' ? '' : text(at(content, 'text')),
  };
}

function readPostData(data: unknown): HarPostData {
  const file = text(at(data, '_file'));
  return {
    ...(file !== '' && { file }),
    mimeType: text(at(data, 'mimeType')),
    text: text(at(data, 'text')),
    isBase64: at(data, 'encoding') === 'base64' || at(data, '_encoding') === 'base64',
    params: list(at(data, 'params')).map((param) => ({
      ...readPair(param),
      fileName: text(at(param, 'fileName')),
      contentType: text(at(param, 'contentType')),
    })),
  };
}

function readPairs(value: unknown): readonly HarPair[] {
  return list(value).map(readPair);
}

function readPair(pair: unknown): HarPair {
  return { name: text(at(pair, 'name')), value: text(at(pair, 'value')) };
}
