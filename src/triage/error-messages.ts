import { isTree } from '../util/json-tree.js';
import { collapse } from './decode-text.js';

/** Keys by which applications tell people what went wrong, in small letters. */
const telling =
  /^(?:message|messages|msg|error|errors|error_?description|error_?message|errormessage|detail|details|description|reason|title|code|error_?code|error_?type|type|statusmessage|info|fault|faultstring|non_field_errors|value|summary|errorsummary|text)$/i;

const mostMessages = 12;
const deepest = 4;
const longestMessage = 500;
/** A page with more text than this is no error message. */
const longestPage = 700;

/** What an error says to people, by its JSON or else by its short body; nothing where it is long. */
export function messagesOf(json: unknown, body: string | undefined): readonly string[] {
  if (isTree(json)) return textsIn(json, deepest).slice(0, mostMessages);
  const text = body === undefined ? '' : collapse(withoutTags(body));
  return text === '' || text.length > longestPage ? [] : [text];
}

function textsIn(value: unknown, depth: number): readonly string[] {
  if (typeof value === 'string') return [collapse(value.slice(0, longestMessage))];
  if (!isTree(value) || depth === 0) return [];
  if (Array.isArray(value)) return value.slice(0, mostMessages).flatMap((one) => textsIn(one, depth - 1));
  return Object.entries(value)
    .slice(0, mostKeys)
    .flatMap(([key, one]) => (telling.test(key) ? textsIn(one, depth - 1) : []));
}

const mostKeys = 30;

/** Style and script are no text; a tag parts words. */
function withoutTags(body: string): string {
  return body.replace(/<(style|script)\b[^>]{0,300}>[^<]{0,3000}<\/\1>/gi, ' ').replace(/<[^<>]{0,500}>/g, ' ');
}
