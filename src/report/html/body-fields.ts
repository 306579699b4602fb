import type { FieldPath } from '../../model/field.js';
import type { Content, JsonValue, Pair, Part, RequestBody } from '../../model/request.js';
import { isArgument } from '../../request/field-paths.js';
import { pathTo } from '../../request/json-values.js';
import type { FoundRange } from '../../util/find-match.js';
import { contentView } from './content-view.js';
import { type JsonLeaf, type JsonText, prettyJson } from './pretty-json.js';
import { is, pairField, type ShownField, type Spot, spot } from './request-field.js';

const wholeBody = is({ kind: 'body' });

/** A body as people read it, by its kind. */
export function bodyFields(body: RequestBody): readonly ShownField[] {
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

function formField(pair: Pair): ShownField {
  const field = pairField(pair, 'form');
  return { ...field, spots: () => [...field.spots(), spot('value', pair[1], wholeBody, { fallback: true })] };
}

function jsonField(value: JsonValue): ShownField {
  const { text, leaves } = prettyJson(value);
  return { name: '', value: text, spots: () => leaves.flatMap(leafSpots) };
}

function leafSpots({ place, value, key }: JsonLeaf): readonly Spot[] {
  const show = showJsonText(value);
  const path = pathTo(place);
  const spots = [
    spot('value', value.text, is({ kind: 'json', path }), { show }),
    spot('value', value.text, wholeBody, { show, fallback: true }),
  ];
  if (key === undefined) return spots;
  return [...spots, spot('value', key.text, is({ kind: 'json', path, of: 'name' }), { show: showJsonText(key) })];
}

/** From a range in a string to the range of its escaped form in the document. */
function showJsonText({ text, start, quoted }: JsonText): (range: FoundRange) => FoundRange {
  const offset = (index: number) => start + (quoted ? JSON.stringify(text.slice(0, index)).length - 2 : index);
  return (range) => ({ start: offset(range.start), end: offset(range.end) });
}

function partFields(part: Part): readonly ShownField[] {
  const { text, shown, note } = contentView(part.content);
  const { name, filename, type } = part;
  const own: FieldPath = filename === undefined ? { kind: 'part', name } : { kind: 'part', name, of: 'file' };
  const value: ShownField = {
    name,
    value: shown,
    note: [...(type === undefined ? [] : [type]), note].join(', '),
    spots: () => [
      ...(text === undefined ? [] : [spot('value', text, is(own))]),
      ...(text === undefined ? [] : [spot('value', text, wholeBody, { fallback: true })]),
      spot('name', name, is({ kind: 'part', name, of: 'name' })),
    ],
  };
  return filename === undefined ? [value] : [fileNameField(name, filename), value];
}

function fileNameField(name: string, filename: string): ShownField {
  const own = is({ kind: 'part', name, of: 'filename' }, { kind: 'part', name, of: 'headers' });
  return { name, value: filename, note: 'file name', spots: () => [spot('value', filename, own)] };
}

function rawField(content: Content): ShownField {
  const { text, shown, note } = contentView(content);
  if (text === undefined) return { name: '', value: shown, note, spots: () => [] };
  const spots = () => [spot('value', text, wholeBody), spot('value', text, isInText, { fallback: true })];
  return { name: '', value: shown, note, spots };
}

/** Values and names: what an upload says of itself is not looked for among them. */
function isInText(field: FieldPath): boolean {
  if (field.kind === 'part') return field.of === undefined || field.of === 'name';
  return field.kind === 'xml' || isArgument(field);
}
