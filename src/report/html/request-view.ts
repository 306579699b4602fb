import type { CaseResult } from '../../model/report.js';
import type { Pair, RequestBody, WireRequest } from '../../model/request.js';
import { bodyFields } from './body-fields.js';
import { pairField, type RequestField, spot } from './request-field.js';

/** A part of a request under a heading. */
export interface RequestSection {
  readonly title: string;
  readonly fields: readonly RequestField[];
}

const bodyTitles: Readonly<Record<RequestBody['kind'], string>> = {
  none: 'Body',
  form: 'Form fields',
  json: 'JSON body',
  multipart: 'Multipart parts',
  raw: 'Body',
};

/** A request as people read it: decoded, in parts, and with the names by which rules know each piece. */
export function viewRequest({ request }: CaseResult, wire: WireRequest): readonly RequestSection[] {
  const headers = wire.headers.filter(([name]) => request.cookies.length === 0 || name.toLowerCase() !== 'cookie');
  const sections = [
    { title: 'Request line', fields: [requestLine(wire)] },
    { title: 'Query', fields: request.query.map((pair) => pairField(pair, ['ARGS', 'ARGS_GET'])) },
    { title: 'Headers', fields: headers.map(headerField) },
    { title: 'Cookies', fields: request.cookies.map(cookieField) },
    { title: bodyTitles[request.body.kind], fields: bodyFields(request.body) },
  ];
  return sections.filter(({ fields }) => fields.length > 0);
}

const targetCollections = [
  'REQUEST_URI',
  'REQUEST_URI_RAW',
  'REQUEST_FILENAME',
  'REQUEST_BASENAME',
  'REQUEST_LINE',
  'QUERY_STRING',
  'PATH_INFO',
];

function requestLine({ method, target }: WireRequest): RequestField {
  const spots = () => [
    spot('value', target, targetCollections),
    spot('value', target, ['ARGS', 'ARGS_GET', 'ARGS_NAMES', 'ARGS_GET_NAMES'], { fallback: true }),
    spot('name', method, ['REQUEST_METHOD']),
  ];
  return { name: method, value: target, spots };
}

function headerField([name, value]: Pair): RequestField {
  const insideCookie = name.toLowerCase() === 'cookie' ? ['REQUEST_COOKIES', 'REQUEST_COOKIES_NAMES'] : [];
  return {
    name,
    value,
    spots: () => [
      spot('value', value, [`REQUEST_HEADERS:${name}`]),
      spot('name', name, [`REQUEST_HEADERS_NAMES:${name}`]),
      spot('value', value, insideCookie, { fallback: true }),
    ],
  };
}

function cookieField([name, value]: Pair): RequestField {
  return {
    name,
    value,
    spots: () => [
      spot('value', value, [`REQUEST_COOKIES:${name}`]),
      spot('name', name, [`REQUEST_COOKIES_NAMES:${name}`]),
      spot('value', value, ['REQUEST_HEADERS:Cookie'], { fallback: true }),
    ],
  };
}
