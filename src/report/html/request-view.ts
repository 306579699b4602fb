import type { CaseResult } from '../../model/report.js';
import type { Pair, RequestBody, WireRequest } from '../../model/request.js';
import { isCookieHeader } from '../../request/field-paths.js';
import { bodyFields } from './body-fields.js';
import { is, pairField, type ShownField, spot } from './request-field.js';

/** A part of a request under a heading. */
export interface ShownSection {
  readonly title: string;
  readonly fields: readonly ShownField[];
}

const bodyTitles: Readonly<Record<RequestBody['kind'], string>> = {
  none: 'Body',
  form: 'Form fields',
  json: 'JSON body',
  multipart: 'Multipart parts',
  raw: 'Body',
};

/** A request as people read it: decoded, in parts, and with the names by which rules know each piece. */
export function viewRequest({ request }: CaseResult, wire: WireRequest): readonly ShownSection[] {
  const headers = wire.headers.filter(([name]) => request.cookies.length === 0 || name.toLowerCase() !== 'cookie');
  const sections = [
    { title: 'Request line', fields: [requestLine(wire)] },
    { title: 'Query', fields: request.query.map((pair) => pairField(pair, 'query')) },
    { title: 'Headers', fields: headers.map(headerField) },
    { title: 'Cookies', fields: request.cookies.map(cookieField) },
    { title: bodyTitles[request.body.kind], fields: bodyFields(request.body) },
  ];
  return sections.filter(({ fields }) => fields.length > 0);
}

function requestLine({ method, target }: WireRequest): ShownField {
  const spots = () => [
    spot('value', target, ({ kind }) => kind === 'url' || kind === 'path' || kind === 'query-string'),
    spot('value', target, ({ kind }) => kind === 'query' || kind === 'argument', { fallback: true }),
    spot('name', method, is({ kind: 'method' })),
  ];
  return { name: method, value: target, spots };
}

function headerField(pair: Pair): ShownField {
  const field = pairField(pair, 'header');
  const [name, value] = pair;
  if (name.toLowerCase() !== 'cookie') return field;
  const cookies = spot('value', value, ({ kind }) => kind === 'cookie', { fallback: true });
  return { ...field, spots: () => [...field.spots(), cookies] };
}

function cookieField(pair: Pair): ShownField {
  const field = pairField(pair, 'cookie');
  return { ...field, spots: () => [...field.spots(), spot('value', pair[1], isCookieHeader, { fallback: true })] };
}
