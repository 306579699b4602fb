import type { Variable } from '../../model/evidence.js';
import type { Pair, WireRequest } from '../../model/request.js';
import { type DecodedPair, decodeForm } from './form-arguments.js';
import { jsonArguments } from './json-arguments.js';
import { multipartParts } from './multipart-parts.js';

/** One variable that libmodsecurity 3 makes of a request, and where its log says it lies. */
export interface RequestVariable {
  readonly variable: Variable;
  readonly value: string;
  /** Length of the value in bytes. */
  readonly length: number;
  /** Its length in some versions of the engine, where they differ. */
  readonly otherLength?: number;
  /**
   * Offset as the engine counts it; absent where it depends on the parser. `part` tells what it is relative to: only
   * the request line is the same for every connector, since proxies and clients add header lines.
   */
  readonly offset?: number;
  readonly part: RequestSection;
}

export type RequestSection = 'target' | 'headers' | 'body' | 'json';

/**
 * All variables of a request that a Core Rule Set rule may look at, under the names that libmodsecurity 3 gives them.
 * Offsets follow its counting (transaction.cc): request line and each header line end in one byte, and a decoded argument
 * name counts with its decoded length.
 */
export function requestVariables(request: WireRequest): readonly RequestVariable[] {
  const headers = headerVariables(request);
  const type = headerValue(request.headers, 'content-type');
  return [...targetVariables(request), ...headers.variables, ...bodyVariables(request.body, type, headers.end)];
}

function targetVariables({ method, target }: WireRequest): readonly RequestVariable[] {
  const start = method.length + 1;
  const question = target.indexOf('?');
  const path = question < 0 ? target : target.slice(0, question);
  const query = question < 0 ? '' : target.slice(question + 1);
  const slash = path.lastIndexOf('/');
  return [
    scalar('REQUEST_LINE', `${method} ${target} HTTP/1.1`, 0, 'target'),
    scalar('REQUEST_URI', target, start, 'target'),
    scalar('REQUEST_URI_RAW', target, start, 'target'),
    scalar('REQUEST_FILENAME', path, start, 'target'),
    scalar('REQUEST_BASENAME', path.slice(slash + 1), start + slash + 1, 'target'),
    scalar('QUERY_STRING', query, start + question + 1, 'target'),
    ...argumentVariables(decodeForm(query), start + question + 1, 'target'),
  ];
}

function headerVariables({ method, target, headers }: WireRequest) {
  const variables: RequestVariable[] = [];
  let offset = byteLength(`${method} ${target} HTTP/1.1`) + 1;
  for (const [name, value] of headers) {
    const valueOffset = offset + byteLength(name) + 2;
    variables.push(named('REQUEST_HEADERS', name, value, 'headers', valueOffset));
    variables.push(named('REQUEST_HEADERS_NAMES', name, name, 'headers', offset));
    if (name.toLowerCase() === 'cookie') variables.push(...cookieVariables(value, valueOffset));
    offset = valueOffset + byteLength(value) + 1;
  }
  return { variables, end: offset };
}

function cookieVariables(header: string, start: number): readonly RequestVariable[] {
  const variables: RequestVariable[] = [];
  let offset = start;
  for (const piece of header.split(';')) {
    const indent = piece.length - piece.trimStart().length;
    const [name, value] = splitPair(piece.trimStart());
    const nameOffset = offset + indent;
    variables.push(named('REQUEST_COOKIES', name, value, 'headers', nameOffset + byteLength(name) + 1));
    variables.push(named('REQUEST_COOKIES_NAMES', name, name, 'headers', nameOffset));
    offset += byteLength(piece) + 1;
  }
  return variables;
}

function bodyVariables(body: Uint8Array, contentType: string, start: number): readonly RequestVariable[] {
  if (body.length === 0) return [];
  const type = contentType.toLowerCase();
  const text = Buffer.from(body).toString('utf8');
  if (type.startsWith('application/x-www-form-urlencoded')) {
    // Only the parser of forms counts the empty line before the body.
    return [bodyVariable(body, text, start + 1), ...argumentVariables(decodeForm(body), start + 1, 'body')];
  }
  const whole = bodyVariable(body, text, start);
  if (/^application\/(?:json|[a-z0-9.-]+\+json)/.test(type)) return [whole, ...jsonVariables(text)];
  if (type.startsWith('multipart/form-data')) return [whole, ...multipartVariables(body, contentType, start + 1)];
  return [whole, ...(/^(?:application(?:\/soap\+|\/)|text\/)xml/.test(type) ? [xmlVariable(text)] : [])];
}

function bodyVariable(body: Uint8Array, text: string, offset: number): RequestVariable {
  return { ...scalar('REQUEST_BODY', text, offset, 'body'), length: body.length };
}

function argumentVariables(pairs: readonly DecodedPair[], start: number, part: 'target' | 'body') {
  return pairs.flatMap(({ name, value, offset, nameLength, valueLength }) => {
    const nameOffset = start + offset;
    const own = named('ARGS', name, value, part, nameOffset + nameLength + 1);
    const ofName = named('ARGS_NAMES', name, name, part, nameOffset);
    return [...argument({ ...own, length: valueLength }), ...argument({ ...ofName, length: nameLength })];
  });
}

/** An argument stands in a collection of all and in one of its place: `ARGS_GET`, `ARGS_POST_NAMES`. */
function argument(all: RequestVariable): readonly RequestVariable[] {
  const place = all.part === 'target' ? 'ARGS_GET' : 'ARGS_POST';
  const collection = all.variable.collection.replace('ARGS', place);
  return [all, { ...all, variable: { ...all.variable, collection } }];
}

/** Arguments from JSON have no place in the text: the engine counts each from 0, as if the body were `name=value`. */
function jsonVariables(text: string): readonly RequestVariable[] {
  return jsonArguments(text).flatMap(([name, value]) => [
    named('ARGS', name, value, 'json', byteLength(name) + 1),
    named('ARGS_NAMES', name, name, 'json', 0),
  ]);
}

/** The name of a field counts as if it stood before its value, as in a form; those of an upload lie where they are. */
function multipartVariables(body: Uint8Array, contentType: string, start: number): readonly RequestVariable[] {
  return multipartParts(body, contentType).flatMap(({ name, filename, headers, value }) => {
    const { length, joinedLength } = value;
    const field = start + value.offset;
    const own =
      filename === undefined
        ? [
            ...argument(joined({ ...named('ARGS', name.text, value.text, 'body', field), length }, joinedLength)),
            ...argument(named('ARGS_NAMES', name.text, name.text, 'body', field - byteLength(name.text) - 1)),
          ]
        : [
            named('FILES', name.text, filename.text, 'body', start + filename.offset),
            named('FILES_NAMES', name.text, name.text, 'body', start + name.offset),
          ];
    return [...own, ...headers.map((line) => partHeader(name.text, line))];
  });
}

function joined(variable: RequestVariable, length: number): RequestVariable {
  return length === variable.length ? variable : { ...variable, otherLength: length };
}

/** Where the engine says that a part's header lies has no meaning. Up to 3.0.9 its line end counts too. */
function partHeader(part: string, line: string): RequestVariable {
  const variable = named('MULTIPART_PART_HEADERS', part, line, 'body');
  return joined(variable, variable.length + 2);
}

/** The engine joins all text of a document; its length is what is left when the markup is gone. */
function xmlVariable(text: string): RequestVariable {
  return { variable: { collection: 'XML', key: '/*' }, value: text, length: -1, part: 'body' };
}

function scalar(collection: string, value: string, offset: number, part: RequestSection): RequestVariable {
  return { variable: { collection }, value, length: byteLength(value), offset, part };
}

function named(collection: string, key: string, value: string, part: RequestSection, offset?: number): RequestVariable {
  const where = offset === undefined ? { part } : { part, offset };
  return { variable: { collection, key }, value, length: byteLength(value), ...where };
}

function headerValue(headers: readonly Pair[], name: string): string {
  return headers.find(([given]) => given.toLowerCase() === name)?.[1] ?? '';
}

function splitPair(text: string): Pair {
  const at = text.indexOf('=');
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

function byteLength(text: string): number {
  return Buffer.byteLength(text);
}
