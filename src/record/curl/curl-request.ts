import type { Pair } from '../../model/request.js';
import { decodeUtf8 } from '../../util/read-file.js';
import type { CapturedBody, CapturedRequest } from '../captured-request.js';
import type { ReadLocal } from '../local-files.js';
import type { CurlBody } from './curl-body.js';
import { withConfigs } from './curl-config.js';
import { addedQuery, type CurlText, curlData, curlFiles, type ReadCurlFile, upToNull } from './curl-data.js';
import { curlForm } from './curl-form.js';
import { curlHeaders, type GivenHeaders, givenHeaders } from './curl-headers.js';
import { operationsOf, type Transfer, transfersOf } from './curl-transfers.js';
import { completeUrl } from './curl-url.js';
import { type CurlOption, readOptions } from './option-names.js';
import { type RequestKind, requestKind } from './request-kind.js';
import type { ShellCommand } from './shell-command.js';

/** What a command line sends, without the place. */
export interface CurlRequest extends Pick<CapturedRequest, 'method' | 'url' | 'headers' | 'body'>, CurlWay {}

/** How a command line has it go out. */
export interface CurlWay {
  readonly proxy?: string;
  /** It names a certificate of the client's own. */
  readonly hasCertificate?: true;
}

/** A request of a command line, or why it sends none that can be told. */
export type ToldRequest = CurlRequest | { readonly reason: string };

/** What a command line does. */
export interface ToldCommand {
  readonly requests: readonly ToldRequest[];
  /** Sentences about what is not in them. */
  readonly notes: readonly string[];
}

/** Reads the words behind `curl`. Texts are bytes, one character a byte. */
export async function curlRequests(
  { words, input, unset }: Pick<ShellCommand, 'words' | 'input' | 'unset'>,
  readLocal: ReadLocal,
): Promise<ToldCommand> {
  const read = curlFiles(readLocal, input);
  const configured = await withConfigs(readOptions(words), read);
  if ('missing' in configured) return { requests: [{ reason: configured.missing }], notes: [] };
  const requests: ToldRequest[] = [];
  for (const options of operationsOf(configured.options)) {
    const shared = await sharedBy(options, read, unset.length > 0);
    const transfers = transfersOf(options);
    if ('reason' in shared) requests.push(shared);
    else if ('reason' in transfers) requests.push(transfers);
    else requests.push(...(await requestsTo(transfers, shared, read)));
  }
  return { requests, notes: notRead(configured.options) };
}

async function requestsTo(transfers: readonly Transfer[], shared: Shared, read: ReadCurlFile) {
  const requests: ToldRequest[] = [];
  for (const transfer of transfers) {
    const isTaken = requests.length > 0 && (transfer.upload === '-' || readsInput(shared));
    requests.push(requestTo(transfer, isTaken ? takenInput : await bodyOf(shared, transfer, read), shared));
  }
  return requests;
}

/** Whether a form reads standard input when it is sent. */
function readsInput({ options }: Shared): boolean {
  return options.some(({ name, value }) => name === 'form' && /^[^=]*=[@<]-(?:[;,]|$)/.test(value));
}

const takenInput: CurlBody = {
  kind: 'upload',
  missing: 'its body was standard input, which an earlier request has taken',
};

const byAnswer = ['digest', 'ntlm', 'negotiate', 'anyauth', 'aws-sigv4', 'netrc', 'netrc-file', 'netrc-optional'];

function notRead(options: readonly CurlOption[]): readonly string[] {
  const jars = options.filter(({ name, value }) => name === 'cookie' && value !== '' && !value.includes('='));
  return [
    ...jars.map(({ value }) => `cookies of a file are not read: ${inUtf8(value)}`),
    ...options.filter(({ name }) => byAnswer.includes(name)).map(({ name }) => `what --${name} sends is not in it`),
  ];
}

/** What all requests of one operation have. */
interface Shared {
  readonly options: readonly CurlOption[];
  readonly last: (name: string) => string | undefined;
  readonly kind: RequestKind;
  readonly query: string | undefined;
  readonly given: GivenHeaders;
  /** A variable without a value may stand for the host. */
  readonly mayLackHost: boolean;
}

async function sharedBy(
  options: readonly CurlOption[],
  read: ReadCurlFile,
  mayLackHost: boolean,
): Promise<Shared | { readonly reason: string }> {
  const last = (name: string) => options.findLast((option) => option.name === name)?.value;
  const unsupported = options.find(({ name }) => name.startsWith('expand-'));
  if (unsupported !== undefined) return { reason: `--${unsupported.name} is not read` };
  const kind = requestKind(options);
  if (typeof kind !== 'string') return kind;
  const given = await givenHeaders(options, read);
  if ('missing' in given) return { reason: given.missing };
  const query = await queryOf(options, read);
  if (query !== undefined && 'missing' in query) return { reason: query.missing };
  return { options, last, kind, query: query?.text, given, mayLackHost };
}

function requestTo({ url: given, upload }: Transfer, body: CurlBody, shared: Shared): ToldRequest {
  const { last, options, query, mayLackHost } = shared;
  const kind = upload === undefined && shared.kind === 'upload' ? 'get' : shared.kind;
  const completed = completeUrl(given, {
    scheme: last('proto-default') ?? 'http',
    keepsPath: last('path-as-is') !== undefined,
    mayLackHost,
    query,
    upload: upload === '-' ? undefined : upload,
    target: last('request-target'),
  });
  if ('reason' in completed) return completed;
  const { url, credentials } = completed;
  const headers = curlHeaders(options, shared.given, { ...body, credentials, length: body.text?.length });
  return inText({ method: last('request') ?? methods[kind], url, headers, body: captured(body), ...wayOf(last) });
}

function wayOf(last: Shared['last']): CurlWay {
  const proxy = last('proxy');
  return {
    ...(proxy !== undefined && { proxy: inUtf8(proxy) }),
    ...(last('cert') !== undefined && { hasCertificate: true }),
  };
}

const methods: Readonly<Record<RequestKind, string>> = {
  get: 'GET',
  head: 'HEAD',
  data: 'POST',
  form: 'POST',
  upload: 'PUT',
};

async function bodyOf({ options, kind, given }: Shared, { upload }: Transfer, read: ReadCurlFile): Promise<CurlBody> {
  if (kind === 'form') return { kind, ...(await curlForm(options, givenType(given), read)) };
  if (kind === 'upload' && upload !== undefined) return { kind, ...(await read(upload)) };
  if (kind !== 'data') return { kind: 'none' };
  return { kind: options.some(({ name }) => name === 'json') ? 'json' : kind, ...(await curlData(options, read)) };
}

function givenType(given: GivenHeaders): string | undefined {
  const type = given.find(({ name }) => name.toLowerCase() === 'content-type');
  return type === undefined ? undefined : (type.value ?? '');
}

/** `-G` puts the data into the query, else `--url-query` adds to it. */
async function queryOf(options: readonly CurlOption[], read: ReadCurlFile): Promise<CurlText | undefined> {
  const data = options.some(({ name }) => name === 'get') ? await curlData(options, read) : undefined;
  if (data === undefined) return addedQuery(options, read);
  return 'missing' in data ? data : { text: upToNull(data.text) };
}

function captured({ kind, text, missing }: CurlBody): CapturedBody {
  if (missing !== undefined) return { kind: 'missing', reason: missing };
  if (kind === 'none' || text === undefined || text === '') return { kind: 'none' };
  return { kind: 'bytes', bytes: Buffer.from(text, 'latin1') };
}

/** A request whose texts are bytes as one of text. */
export function inText({ method, url, headers, body, ...way }: CurlRequest): ToldRequest {
  const texts = [method, url, ...headers.flat()].map((bytes) => decodeUtf8(Buffer.from(bytes, 'latin1')));
  if (texts.includes(undefined)) return { reason: 'its URL or a header of it is not UTF-8, as a suite is' };
  const pairs = headers.map((_, i): Pair => [texts[i * 2 + 2] ?? '', texts[i * 2 + 3] ?? '']);
  return { method: texts[0] ?? '', url: texts[1] ?? '', headers: pairs, body, ...way };
}

function inUtf8(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
