import type { Pair } from '../../model/request.js';
import { curlFiles, type ReadCurlFile } from '../curl/curl-data.js';
import { inText, type ToldCommand, type ToldRequest } from '../curl/curl-request.js';
import { type GivenOption, givenOptions, type OptionTable } from '../curl/given-options.js';
import type { ShellCommand, ShellInput } from '../curl/shell-command.js';
import type { ReadLocal } from '../local-files.js';
import { type BodyMode, type HttpieBody, itemsBody } from './httpie-body.js';
import { httpieUrl } from './httpie-url.js';
import { grouped, type RequestItem, readItem } from './request-item.js';

/** Options of HTTPie 3.2 that take a value. */
const table: OptionTable = {
  valued: new Set(
    `auth auth-type boundary cert cert-key cert-key-pass ciphers default-scheme format-options history-print max-headers
    max-redirects output pretty print proxy raw response-charset response-mime session session-read-only ssl style timeout
    verify`.split(/\s+/),
  ),
  short: {
    A: 'auth-type',
    I: 'ignore-stdin',
    P: 'history-print',
    a: 'auth',
    f: 'form',
    j: 'json',
    o: 'output',
    p: 'print',
    s: 'style',
    x: 'compress',
  },
};

type Options = readonly GivenOption[];

const dataSeparators = ['=', ':=', '=@', ':=@', '@'];

/** What HTTPie sends (3.2). Texts are bytes, one character a byte. */
export async function httpieRequests(
  { words, input }: Pick<ShellCommand, 'words' | 'input'>,
  program: 'http' | 'https',
  readLocal: ReadLocal,
): Promise<ToldCommand> {
  const options = givenOptions(words, table);
  const read = curlFiles(readLocal, input);
  const named = options.filter(({ name }) => name === '').map(({ value }) => value);
  const [first = '', second, ...more] = named;
  const isMethod = second !== undefined && /^[a-z]+$/i.test(first);
  const url = isMethod ? second : first;
  const texts = isMethod ? more : named.slice(1);
  const items = texts.map(readItem);
  if (url === '') return { requests: [{ reason: 'it names no URL' }], notes: [] };
  const known = items.filter((item) => item !== undefined);
  if (known.length < items.length) return { requests: [{ reason: 'HTTPie does not take its items' }], notes: [] };
  const request = await requestOf(
    { options, items: known, url, program, ...(isMethod && { method: first }) },
    input,
    read,
  );
  return { requests: [request], notes: notRead(options) };
}

interface Given {
  readonly options: Options;
  readonly items: readonly RequestItem[];
  readonly url: string;
  readonly program: 'http' | 'https';
  readonly method?: string;
}

async function requestOf(given: Given, input: ShellInput | undefined, read: ReadCurlFile): Promise<ToldRequest> {
  const { options, url, program } = given;
  const items = await withEmbedded(given.items, read);
  if ('missing' in items) return { reason: items.missing };
  const query = grouped(items.filter(({ separator }) => separator === '==')).map(
    ({ name, value }) => [name, value] as const,
  );
  const target = httpieUrl(url, lastOf(options, 'default-scheme') ?? program, query);
  if ('reason' in target) return target;
  const mode = modeOf(options);
  const body = await bodyOf(options, items, mode, input, read);
  const hasBody = 'missing' in body || body.text !== undefined;
  return inText({
    method: (given.method ?? (hasBody ? 'POST' : 'GET')).toUpperCase(),
    url: target.url,
    headers: headersOf(options, items, mode, body),
    body:
      'missing' in body
        ? { kind: 'missing', reason: body.missing }
        : body.text === undefined || body.text === ''
          ? { kind: 'none' }
          : { kind: 'bytes', bytes: Buffer.from(body.text, 'latin1') },
  });
}

/** Headers and pairs of a query whose values stand in files. */
async function withEmbedded(
  items: readonly RequestItem[],
  read: ReadCurlFile,
): Promise<readonly RequestItem[] | { readonly missing: string }> {
  const all: RequestItem[] = [];
  for (const item of items) {
    const plain = item.separator === ':@' ? ':' : item.separator === '==@' ? '==' : undefined;
    const file = plain === undefined ? undefined : await read(item.value);
    if (file !== undefined && 'missing' in file) return file;
    all.push(plain === undefined || file === undefined ? item : { ...item, separator: plain, value: file.text.trim() });
  }
  return all;
}

function lastOf(options: Options, name: string): string | undefined {
  return options.findLast((option) => option.name === name)?.value;
}

function modeOf(options: Options): BodyMode | undefined {
  const last = options.findLast(({ name }) => name === 'json' || name === 'form' || name === 'multipart')?.name;
  return last === 'json' || last === 'form' || last === 'multipart' ? last : undefined;
}

async function bodyOf(
  options: Options,
  items: readonly RequestItem[],
  mode: BodyMode | undefined,
  input: ShellInput | undefined,
  read: ReadCurlFile,
): Promise<HttpieBody> {
  if (lastOf(options, 'compress') !== undefined) return { missing: 'its body may be compressed (--compress)' };
  const raw = lastOf(options, 'raw');
  const data = items.filter(({ separator }) => dataSeparators.includes(separator));
  if (raw !== undefined) return { text: raw };
  if (data.length > 0) return itemsBody(data, mode ?? 'json', lastOf(options, 'boundary'), read);
  return input === undefined || lastOf(options, 'ignore-stdin') !== undefined ? {} : read('-');
}

/** Those of HTTPie, which items replace, or remove with an empty value. */
function headersOf(
  options: Options,
  items: readonly RequestItem[],
  mode: BodyMode | undefined,
  body: HttpieBody,
): readonly Pair[] {
  const hasText = 'missing' in body || body.text !== undefined;
  const isJson = mode === 'json' || (mode === undefined && hasText);
  const usual = isJson
    ? 'application/json'
    : mode === 'form'
      ? 'application/x-www-form-urlencoded; charset=utf-8'
      : undefined;
  const type = ('type' in body ? body.type : undefined) ?? usual;
  const login = authorization(options);
  const own: readonly Pair[] = [
    ['User-Agent', 'HTTPie/3.2.4'],
    ['Accept-Encoding', 'gzip, deflate'],
    ['Accept', isJson ? 'application/json, */*;q=0.5' : '*/*'],
    ...(type === undefined ? [] : [['Content-Type', type] as const]),
    ...(login === undefined ? [] : [['Authorization', login] as const]),
  ];
  const given = items.filter(({ separator }) => separator === ':' || separator === ';');
  const named = new Set(given.map(({ name }) => name.toLowerCase()));
  return [
    ...own.filter(([name]) => !named.has(name.toLowerCase())),
    ...given
      .filter(({ separator, value }) => separator === ';' || value !== '')
      .map(({ name, value }): Pair => [name, value.trim()]),
  ];
}

function authorization(options: Options): string | undefined {
  const login = lastOf(options, 'auth');
  const type = lastOf(options, 'auth-type') ?? 'basic';
  if (login === undefined || (type !== 'basic' && type !== 'bearer')) return undefined;
  if (type === 'bearer') return `Bearer ${login}`;
  return `Basic ${Buffer.from(login.includes(':') ? login : `${login}:`, 'latin1').toString('base64')}`;
}

function notRead(options: Options): readonly string[] {
  const type = lastOf(options, 'auth-type') ?? 'basic';
  return [
    ...(/^(?:basic|bearer)$/.test(type) ? [] : [`what --auth-type ${type} sends is not in it`]),
    ...(options.some(({ name }) => name.startsWith('session')) ? ['what HTTPie keeps in a session is not in it'] : []),
  ];
}
