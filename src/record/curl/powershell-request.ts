import type { Pair } from '../../model/request.js';
import type { CapturedBody } from '../captured-request.js';
import type { ReadLocal } from '../local-files.js';
import type { ToldRequest } from './curl-request.js';
import { dotnetForm, formPairs } from './powershell-form.js';
import type { Parameters } from './powershell-parameters.js';
import { type PowerShellValue, valueText } from './powershell-value.js';

/** What a session (`-WebSession`) sends along. */
export interface WebSession {
  readonly agent?: string;
  readonly cookies: readonly string[];
}

const computed = 'a program would have to run to tell what is sent (PowerShell)';
/** Parameters without which it cannot be told what is sent. */
const needed = ['uri', 'method', 'custommethod', 'headers', 'body', 'form', 'infile', 'contenttype', 'useragent'];
const ofForms = 'application/x-www-form-urlencoded';

/** What `Invoke-WebRequest` sends (PowerShell 7.4, WebRequestPSCmdlet). */
export async function powershellRequest(
  parameters: Parameters,
  session: WebSession,
  read: ReadLocal,
): Promise<ToldRequest> {
  const text = (name: string) => valueText(parameters.get(name));
  const uri = text('uri');
  const headers = headerPairs(parameters.get('headers'));
  const isKnown = needed.every((name) => !parameters.has(name) || parameters.get(name)?.kind !== 'unknown');
  if (!isKnown || uri === undefined || headers === undefined) return { reason: computed };
  const method = (text('method') ?? text('custommethod') ?? 'GET').toUpperCase();
  const content = await contentOf(parameters, method, read);
  if ('reason' in content) return content;
  const type = text('contenttype') ?? content.type ?? usualType(method, headers, content.body);
  const agent = text('useragent') ?? session.agent;
  return {
    method,
    url: content.query === undefined ? uri : `${uri}${uri.includes('?') ? '&' : '?'}${content.query}`,
    headers: [
      ...headers,
      ...(agent === undefined ? [] : [['User-Agent', agent] as const]),
      ...(session.cookies.length === 0 ? [] : [['Cookie', session.cookies.join('; ')] as const]),
      ...(type === undefined ? [] : [['Content-Type', type] as const]),
    ],
    body: content.body,
  };
}

function headerPairs(value: PowerShellValue | undefined): readonly Pair[] | undefined {
  if (value === undefined) return [];
  const pairs = value.kind === 'table' ? value.pairs.map(([name, one]) => [name, valueText(one)] as const) : undefined;
  const known = pairs?.flatMap(([name, one]) => (one === undefined ? [] : [[name, one] as const]));
  return known?.length === pairs?.length ? known : undefined;
}

/** A POST with a body says that it is a form, unless it is told. */
function usualType(method: string, headers: readonly Pair[], { kind }: CapturedBody): string | undefined {
  const isTold = headers.some(([name]) => name.toLowerCase() === 'content-type');
  return method === 'POST' && kind !== 'none' && !isTold ? ofForms : undefined;
}

type Content =
  | { readonly body: CapturedBody; readonly type?: string; readonly query?: string }
  | { readonly reason: string };

async function contentOf(parameters: Parameters, method: string, read: ReadLocal): Promise<Content> {
  const [body, form, file] = [parameters.get('body'), parameters.get('form'), parameters.get('infile')];
  if (form !== undefined) return dotnetForm(form, read);
  const path = body?.kind === 'content' ? body.path : valueText(file);
  if (path !== undefined) return { body: await fileBody(path, read) };
  if (body === undefined) return { body: { kind: 'none' } };
  if (body.kind !== 'table') return textContent(valueText(body));
  const query = formPairs(body);
  if (query === undefined) return { reason: computed };
  return method === 'GET' ? { body: { kind: 'none' }, query } : { ...textContent(query), type: ofForms };
}

async function fileBody(path: string, read: ReadLocal): Promise<CapturedBody> {
  const local = await read(path);
  return local.kind === 'bytes' ? { kind: 'bytes', bytes: local.bytes } : { kind: 'missing', reason: local.reason };
}

function textContent(text: string | undefined): Content {
  if (text === undefined) return { reason: computed };
  return { body: text === '' ? { kind: 'none' } : { kind: 'bytes', bytes: Buffer.from(text, 'utf8') } };
}
