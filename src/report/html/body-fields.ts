import type { Content, JsonValue, Pair, Part, RequestBody } from '../../model/request.js';
import type { TextRange } from '../../util/find-match.js';
import { contentView } from './content-view.js';
import { type JsonLeaf, type JsonText, prettyJson } from './pretty-json.js';
import { pairField, type RequestField, type Spot, spot, variablesOf } from './request-field.js';

const args = ['ARGS', 'ARGS_POST'];
const names = ['ARGS_NAMES', 'ARGS_POST_NAMES'];
const wholeBody = ['REQUEST_BODY', 'FULL_REQUEST'];

/** A body as people read it, by its kind. */
export function bodyFields(body: RequestBody): readonly RequestField[] {
  switch (body.kind) {
    case 'none':
      return [];
    case 'form':
      return body.fields.map(formField);
    case 'json':
      return [jsonField(body.value)];
    case 'multipart':
      return body.parts.flatMap(partFields);
    case 'raw':
      return [rawField(body.content)];
  }
}

function formField(pair: Pair): RequestField {
  const field = pairField(pair, args);
  return { ...field, spots: () => [...field.spots(), spot('value', pair[1], wholeBody, { fallback: true })] };
}

function jsonField(value: JsonValue): RequestField {
  const { text, leaves } = prettyJson(value);
  return { name: '', value: text, spots: () => leaves.flatMap(leafSpots) };
}

function leafSpots({ names: paths, value, key }: JsonLeaf): readonly Spot[] {
  const show = showJsonText(value);
  const variables = paths.flatMap((path) => variablesOf(args, path));
  const spots = [
    spot('value', value.text, variables, { show }),
    spot('value', value.text, wholeBody, { show, fallback: true }),
  ];
  if (key === undefined) return spots;
  const keyVariables = paths.flatMap((path) => variablesOf(names, path));
  return [...spots, spot('value', key.text, keyVariables, { show: showJsonText(key) })];
}

/** From a range in a string to the range of its escaped form in the document. */
function showJsonText({ text, start, quoted }: JsonText): (range: TextRange) => TextRange {
  const offset = (index: number) => start + (quoted ? JSON.stringify(text.slice(0, index)).length - 2 : index);
  return (range) => ({ start: offset(range.start), end: offset(range.end) });
}

function partFields(part: Part): readonly RequestField[] {
  const { text, shown, note } = contentView(part.content);
  const collections = part.filename === undefined ? args : ['FILES_TMP_CONTENT'];
  const value: RequestField = {
    name: part.name,
    value: shown,
    note: [...(part.type === undefined ? [] : [part.type]), note].join(', '),
    spots: () => [
      ...(text === undefined ? [] : [spot('value', text, variablesOf(collections, part.name))]),
      ...(text === undefined ? [] : [spot('value', text, wholeBody, { fallback: true })]),
      spot('name', part.name, variablesOf([...names, 'FILES_NAMES', 'MULTIPART_NAME'], part.name)),
    ],
  };
  return part.filename === undefined ? [value] : [fileNameField(part.name, part.filename), value];
}

function fileNameField(name: string, filename: string): RequestField {
  const variables = variablesOf(['FILES', 'MULTIPART_FILENAME', 'MULTIPART_PART_HEADERS'], name);
  return { name, value: filename, note: 'file name', spots: () => [spot('value', filename, variables)] };
}

function rawField(content: Content): RequestField {
  const { text, shown, note } = contentView(content);
  if (text === undefined) return { name: '', value: shown, note, spots: () => [] };
  const inside = [...args, ...names, 'JSON', 'XML'];
  const spots = () => [spot('value', text, wholeBody), spot('value', text, inside, { fallback: true })];
  return { name: '', value: shown, note, spots };
}
