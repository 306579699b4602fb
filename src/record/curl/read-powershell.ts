import type { Pair } from '../../model/request.js';
import { formText } from '../../request/read-body.js';
import type { CapturedBody } from '../captured-request.js';
import type { ReadLocal } from '../local-files.js';
import { type PowerShellValue, readPowerShellValue, type Variables } from './powershell-value.js';
import type { FoundCall } from './read-fetch.js';

const call = /\b(?:Invoke-WebRequest|Invoke-RestMethod|iwr|irm)\b/gi;
const session = /\$(\w+)\s*=\s*New-Object\s+Microsoft\.PowerShell\.Commands\.WebRequestSession/i;
const statement =
  /^[ \t]*\$(\w+)(?:\.(UserAgent)\s*=\s*|\.Cookies\.Add\(\s*\(?\s*New-Object\s+System\.Net\.Cookie\(\s*|\.Add\(\s*|\[([^\]\n]+)\]\s*=\s*|\s*=\s*)/gim;

export function isPowerShell(text: string): boolean {
  return /\b(?:Invoke-WebRequest|Invoke-RestMethod)\b|\b(?:iwr|irm)\s+(?:-|["'$]|https?:)/i.test(text);
}

/** What a script keeps for all its requests. */
interface Kept {
  readonly variables: Variables;
  agent: string | undefined;
  readonly cookies: string[];
}

/** The calls of `Invoke-WebRequest` and `Invoke-RestMethod` in a text, as browsers copy them and people write them. */
export async function readPowerShell(text: string, read: ReadLocal): Promise<readonly FoundCall[]> {
  const found: FoundCall[] = [];
  let kept: Kept = { variables: new Map(), agent: undefined, cookies: [] };
  let from = 0;
  for (const { index, 0: name } of text.matchAll(call)) {
    if (index < from) continue;
    const script = text.slice(from, index);
    if (session.test(script)) kept = { ...kept, agent: undefined, cookies: [] };
    noteStatements(script, kept);
    const { parameters, end } = readParameters(text, index + name.length, kept.variables);
    found.push({ request: await requestOf(parameters, kept, read), at: index });
    from = end;
  }
  return found;
}

/** Assignments and cookies before a call. */
function noteStatements(script: string, kept: Kept): void {
  for (const match of script.matchAll(statement)) {
    const from = match.index + match[0].length;
    const { value, end } = readPowerShellValue(script, from, kept.variables);
    noteStatement(match, value, script.slice(end, end + 100_000), kept);
  }
}

/** @param rest what follows the first value */
function noteStatement(match: RegExpExecArray, value: PowerShellValue, rest: string, kept: Kept): void {
  const [all, variable = '', agent, key] = match;
  if (agent !== undefined) kept.agent = value.kind === 'text' ? value.text : undefined;
  else if (/Cookies\.Add/i.test(all)) noteCookie(value, rest, kept);
  else if (key !== undefined) addPair(kept.variables, variable, key.replace(/^["']|["']$/g, ''), value);
  else if (/\.Add\(/i.test(all)) addPair(kept.variables, variable, textOf(value), secondValue(rest, kept.variables));
  else if (value.kind !== 'text' || value.text !== 'New-Object') kept.variables.set(variable.toLowerCase(), value);
}

function secondValue(rest: string, variables: Variables): PowerShellValue {
  return readPowerShellValue(rest, /^\s*,\s*/.exec(rest)?.[0].length ?? 0, variables).value;
}

function textOf(value: PowerShellValue): string {
  return value.kind === 'text' ? value.text : '';
}

function noteCookie(name: PowerShellValue, rest: string, { cookies, variables }: Kept): void {
  const value = secondValue(rest, variables);
  if (name.kind === 'text' && value.kind === 'text') cookies.push(`${name.text}=${value.text}`);
}

function addPair(variables: Variables, variable: string, key: string, value: PowerShellValue): void {
  const table = variables.get(variable.toLowerCase());
  if (table?.kind === 'table' && value.kind === 'text') table.pairs.push([key, value.text]);
  else if (value.kind === 'text') variables.set(variable.toLowerCase(), { kind: 'table', pairs: [[key, value.text]] });
}

type Parameters = ReadonlyMap<string, PowerShellValue>;

function readParameters(
  text: string,
  from: number,
  variables: Variables,
): { readonly parameters: Parameters; readonly end: number } {
  const parameters = new Map<string, PowerShellValue>();
  let at = from;
  for (;;) {
    const blank = /(?:[ \t]|`\r?\n)*/y;
    blank.lastIndex = at;
    at += blank.exec(text)?.[0].length ?? 0;
    const name = /^-(\w+)(?:[ \t]*:[ \t]*|(?:[ \t]|`\r?\n)*)/.exec(text.slice(at, at + 300));
    if (name === null && (at >= text.length || /[\r\n;|)]/.test(text[at] ?? ''))) return { parameters, end: at };
    if (name !== null) at += name[0].length;
    if (name !== null && /^(?:-|[\r\n;|)]|$)/.test(text.slice(at, at + 1))) continue;
    const { value, end } = readPowerShellValue(text, at, variables);
    parameters.set((name?.[1] ?? 'uri').toLowerCase(), value);
    at = end;
  }
}

/** Parameters without which it cannot be told what is sent. */
const needed = ['uri', 'method', 'custommethod', 'headers', 'body', 'infile', 'contenttype'];

async function requestOf(
  parameters: Parameters,
  { agent, cookies }: Kept,
  read: ReadLocal,
): Promise<FoundCall['request']> {
  const text = (name: string) => {
    const value = parameters.get(name);
    return value?.kind === 'text' ? value.text : undefined;
  };
  const uri = text('uri');
  if (needed.some((name) => parameters.get(name)?.kind === 'unknown') || uri === undefined)
    return { reason: 'a program would have to run to tell what is sent (PowerShell)' };
  const headers = parameters.get('headers');
  const given: readonly Pair[] = headers?.kind === 'table' ? headers.pairs : [];
  const body = await bodyOf(parameters, read);
  const type =
    text('contenttype') ?? (parameters.get('body')?.kind === 'table' ? 'application/x-www-form-urlencoded' : undefined);
  const userAgent = text('useragent') ?? agent;
  return {
    method: (text('method') ?? text('custommethod') ?? 'GET').toUpperCase(),
    url: uri,
    headers: [
      ...given,
      ...(userAgent === undefined ? [] : [['User-Agent', userAgent] as const]),
      ...(cookies.length === 0 ? [] : [['Cookie', cookies.join('; ')] as const]),
      ...(type === undefined ? [] : [['Content-Type', type] as const]),
    ],
    body,
  };
}

async function bodyOf(parameters: Parameters, read: ReadLocal): Promise<CapturedBody> {
  const body = parameters.get('body');
  const file = parameters.get('infile');
  if (parameters.has('form')) return { kind: 'missing', reason: 'its form (-Form) may hold files, which are not read' };
  if (file?.kind === 'text') {
    const local = await read(file.text);
    return local.kind === 'bytes' ? { kind: 'bytes', bytes: local.bytes } : { kind: 'missing', reason: local.reason };
  }
  const text = body?.kind === 'table' ? formText(body.pairs) : body?.kind === 'text' ? body.text : '';
  return text === '' ? { kind: 'none' } : { kind: 'bytes', bytes: Buffer.from(text, 'utf8') };
}
