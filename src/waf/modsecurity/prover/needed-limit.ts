import type { RuleHit } from '../../../model/evidence.js';
import type { BodyLimit, RaiseLimit } from '../../../model/exclusion.js';
import type { RequestSpec } from '../../../model/request.js';
import { encodeRequest } from '../../../request/encode-request.js';

/** The words with which engines say that a limit was exceeded, and which it is. */
const causes: readonly (readonly [words: RegExp, limit: BodyLimit])[] = [
  [/depth limit exceeded|max recursion reached/i, 'json-depth'],
  [/SecArgumentsLimit|client cancelled parse/, 'arguments'],
  [/no files data length is larger|excluding files is bigger/, 'body-without-files'],
  [/^Request body (?:limit is|\(Content-Length\) is larger|is larger)/, 'body'],
];

/** The limit that all these requests need, where one was exceeded; nothing for other reasons. */
export function neededLimit({ reason = '' }: RuleHit, requests: readonly RequestSpec[]): RaiseLimit | undefined {
  const limit = causes.find(([words]) => words.test(reason))?.[1];
  if (limit === undefined) return undefined;
  const most = requests.reduce((value, request) => Math.max(value, measures[limit](request)), 0);
  return { effect: 'raise-limit', limit, value: rounded(most, limit) };
}

const measures: Readonly<Record<BodyLimit, (request: RequestSpec) => number>> = {
  body: (request) => encodeRequest(request).body.length,
  'body-without-files': (request) => encodeRequest(request).body.length,
  'json-depth': (request) => depthOf(textOf(request)),
  arguments: (request) => countArguments(request),
};

/** Room for requests that are a little larger: a power of two, or the next thousand of arguments. */
function rounded(value: number, limit: BodyLimit): number {
  return limit === 'arguments' ? (Math.floor(value / 1000) + 1) * 1000 : 2 ** Math.ceil(Math.log2(value + 1));
}

function textOf(request: RequestSpec): string {
  return Buffer.from(encodeRequest(request).body).toString('latin1');
}

/** Brackets that are open at once. */
function depthOf(json: string): number {
  let [depth, deepest] = [0, 0];
  for (const char of withoutTexts(json)) {
    if (char === '[' || char === '{') deepest = Math.max(deepest, ++depth);
    else if (char === ']' || char === '}') depth--;
  }
  return deepest;
}

/** Values in JSON are as many as commas and documents; more where some are empty, which does no harm. */
function countArguments(request: RequestSpec): number {
  const text = textOf(request);
  const inQuery = request.query.length + request.path.split('&').length;
  const inBody = /^\s*[[{]/.test(text) ? withoutTexts(text).split(',').length : text.split('&').length;
  return inQuery + inBody;
}

function withoutTexts(json: string): string {
  return json.replace(/"(?:[^"\\]|\\.)*"/gs, '');
}
