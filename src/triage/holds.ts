import { isTree } from '../util/json-tree.js';
import { collapse, foldText } from './decode-text.js';
import type { LogLine } from './log-line.js';
import type { TriagedRequest } from './material.js';
import type { ReadAnswer } from './read-answer.js';
import type { Sign, SignPlace, Wanted } from './sign.js';

/** What signs are held against. */
export interface SeenMaterial {
  readonly answer?: ReadAnswer;
  readonly failure?: string;
  readonly sent: TriagedRequest;
  /** Which of the literals of all signs the body holds. */
  has(literal: string): boolean;
}

/** Where a sign was seen, in the words of the material; nothing where it was not. */
export interface Sighting {
  readonly from: 'response' | 'log' | 'command';
  readonly text: string;
}

/** Whether a sign holds. A sign of a log is held against the line that is given. */
export function sightingOf(sign: Sign, seen: SeenMaterial, line: LogLine | undefined): Sighting | undefined {
  switch (sign.at) {
    case 'log':
      return ofLine(sign, line);
    case 'request':
      return fromCommand(sign.part, requestPart(seen, sign.part), sign.is);
    case 'not':
      return sightingOf(sign.sign, seen, line) === undefined ? nothing : undefined;
    case 'failure':
      return fits(seen.failure, sign.is) ? { from: 'response', text: seen.failure ?? '' } : undefined;
    default:
      return seen.answer && inAnswer(sign, seen.answer, seen);
  }
}

const nothing: Sighting = { from: 'response', text: '' };

type InLog = Extract<Sign, { at: 'log' }>;

function ofLine({ kind, field, is }: InLog, line: LogLine | undefined): Sighting | undefined {
  if (line === undefined || line.kind !== kind) return undefined;
  const value = Object.hasOwn(line.fields, field) ? line.fields[field] : undefined;
  return fits(value, is) ? { from: 'log', text: line.text } : undefined;
}

function requestPart({ sent, answer }: SeenMaterial, part: string): string | undefined {
  const { method, url, headers = [], bodyBytes, proxy } = sent;
  if (part === 'method') return method;
  if (part === 'url') return url;
  if (part === 'proxy') return proxy;
  if (part === 'url-redirected') return isSameHost(url, answer?.header('location')[0]) ? url : undefined;
  if (part === 'body-bytes') return bodyBytes === undefined ? undefined : String(bodyBytes);
  return headers.find(([name]) => name.toLowerCase() === part)?.[1];
}

/** Whether a redirect leads to the host that was asked, at whatever port. */
function isSameHost(url = '', location = ''): boolean {
  return URL.canParse(url) && URL.canParse(location, url) && new URL(url).hostname === new URL(location, url).hostname;
}

function fromCommand(part: string, value: string | undefined, is: Wanted): Sighting | undefined {
  return fits(value, is) ? { from: 'command', text: `${part}: ${value ?? ''}` } : undefined;
}

type InAnswer = Exclude<Sign, { at: 'log' | 'request' | 'not' | 'failure' }>;
type OnePlace = Exclude<SignPlace, 'failure' | 'heading' | 'markup' | 'message'>;

function inAnswer(sign: InAnswer, answer: ReadAnswer, seen: SeenMaterial): Sighting | undefined {
  switch (sign.at) {
    case 'status':
      return sign.is.includes(answer.status) ? shown(`${answer.status}`) : undefined;
    case 'header':
      return headerSighting(sign.name, answer.header(sign.name), sign.is);
    case 'json':
      return jsonSighting(answer.json(), sign.path, sign.is);
    case 'json-keys':
      return hasKeys(answer.json(), sign.is) ? shown('') : undefined;
    case 'xml':
      return textSighting(answer.element(sign.element), sign.is);
    case 'markup':
      return inMarkup(answer, sign.is, seen);
    case 'heading':
      return anyOf(answer.headings(), sign.is);
    case 'message':
      return anyOf(answer.messages(), sign.is);
    default:
      return textSighting(atPosition(answer, sign.at), sign.is);
  }
}

function anyOf(texts: readonly string[], is: Wanted): Sighting | undefined {
  return textSighting(
    texts.find((text) => fits(text, is)),
    is,
  );
}

function atPosition(answer: ReadAnswer, position: OnePlace): string | undefined {
  switch (position) {
    case 'phrase':
      return answer.phrase;
    case 'title':
      return answer.title();
    case 'body':
      return answer.body();
  }
}

function headerSighting(name: string, values: readonly string[], is: Wanted): Sighting | undefined {
  const value = values.find((one) => fits(one, is));
  return value === undefined ? undefined : shown(`${name}: ${value}`);
}

function jsonSighting(value: unknown, path: string, is: Wanted): Sighting | undefined {
  const found = valuesAt(value, path.split('.')).find((one) => fits(asText(one), is));
  return found === undefined ? undefined : shown(`"${path}": ${JSON.stringify(found)}`);
}

/** `*` stands for any element of a list, and any value of an object. */
function valuesAt(value: unknown, path: readonly string[]): readonly unknown[] {
  const [key, ...rest] = path;
  if (key === undefined) return [value];
  if (!isTree(value)) return [];
  if (key === '*')
    return Object.values(value)
      .slice(0, mostElements)
      .flatMap((one) => valuesAt(one, rest));
  return Object.hasOwn(value, key) ? valuesAt(value[key], rest) : [];
}

const mostElements = 20;

function asText(value: unknown): string | undefined {
  return isTree(value) || value === undefined ? undefined : String(value);
}

function hasKeys(value: unknown, keys: readonly string[]): boolean {
  if (!isTree(value) || Array.isArray(value)) return false;
  const found = Object.keys(value);
  return found.length === keys.length && keys.every((key) => found.includes(key));
}

/** A literal was sought with all others; a pattern is sought in the beginning, and only where other signs hold. */
function inMarkup(answer: ReadAnswer, is: Wanted, seen: SeenMaterial): Sighting | undefined {
  if (typeof is === 'string') return seen.has(is) ? shown(is) : undefined;
  const found = is?.exec(answer.text())?.[0];
  return found === undefined ? undefined : shown(collapse(found));
}

function textSighting(text: string | undefined, is: Wanted): Sighting | undefined {
  return fits(text, is) ? shown(text ?? '') : undefined;
}

function shown(text: string): Sighting {
  return { from: 'response', text: text.slice(0, longestShown) };
}

const longestShown = 400;

/** Patterns are tried on text of a bounded length. */
const longestTried = 4000;

function fits(text: string | undefined, is: Wanted): boolean {
  if (text === undefined) return false;
  if (is === undefined) return true;
  if (typeof is === 'string') return text.length <= longestTried && foldText(text) === foldText(is);
  return is.test(collapse(text.slice(0, longestTried)));
}
