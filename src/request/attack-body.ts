import { deflateSync, gunzipSync, gzipSync, inflateSync } from 'node:zlib';
import type { RequestSpec } from '../model/request.js';
import { type BodyContent, bodyContent } from './body-content.js';
import { encodeRequest } from './encode-request.js';

/** A name that a member or field has which carries an attack. */
const name = 'wafproof';

/** No body grows beyond that when it is decompressed: 16 MB. */
const mostBytes = 16_000_000;

/**
 * The same request with a text in its body, so that what could not be read there is as unreadable as before: the first
 * document of several has another member, compressed text is compressed again, and a boundary stays as odd as it is.
 */
export function withTextInBody(request: RequestSpec): (text: string) => RequestSpec {
  const wire = encodeRequest(request);
  const headers = [...request.headers.filter((header) => !isType(header)), ...wire.headers.filter(isType)];
  const put = insertion(Buffer.from(wire.body), bodyContent(request));
  return (text) => {
    const base64 = put(text).toString('base64');
    return { ...request, headers, body: { kind: 'raw', content: { base64 } } };
  };
}

function isType([header]: readonly [string, string]): boolean {
  return header.toLowerCase() === 'content-type';
}

type Insert = (text: string) => Buffer;

function insertion(body: Buffer, content: BodyContent): Insert {
  if (content === 'compressed') return intoCompressed(body);
  const into = intoText[content] ?? ((own: string, text: string) => `${own}\n${text}`);
  // One character a byte, so that bytes which are no text stay what they are.
  const own = body.toString('latin1');
  return (text) => Buffer.from(into(own, Buffer.from(text).toString('latin1')), 'latin1');
}

const intoText: Partial<Readonly<Record<BodyContent, (own: string, text: string) => string>>> = {
  json: intoJson,
  'json-lines': intoJson,
  xml: (own, text) => {
    const end = /<[a-zA-Z][^<>]*[^<>/]>|<[a-zA-Z]>/.exec(own);
    const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll(']]>', ']]&gt;');
    return insert(own, end === null ? own.length : end.index + end[0].length, escaped);
  },
  form: (own, text) => `${own}&${name}=${encodeURIComponent(Buffer.from(text, 'latin1').toString())}`,
  parts: (own, text) => {
    const blank = /\r?\n\r?\n/.exec(own);
    return insert(own, blank === null ? own.length : blank.index + blank[0].length, text);
  },
};

/** As the first member or element, so that what comes later is as wrong as it was. */
function intoJson(own: string, text: string): string {
  const at = own.search(/[[{]/) + 1;
  const isEmpty = /^\s*[\]}]/.test(own.slice(at, at + 1000));
  const value = JSON.stringify(text);
  const member = own[at - 1] === '{' ? `${JSON.stringify(name)}:${value}` : value;
  return insert(own, at, isEmpty ? member : `${member},`);
}

function insert(own: string, at: number, text: string): string {
  return own.slice(0, at) + text + own.slice(at);
}

/** What cannot be decompressed is told by its bytes alone, and has the text behind them. */
function intoCompressed(body: Buffer): Insert {
  const isGzip = body[0] === 0x1f;
  try {
    const inner = (isGzip ? gunzipSync : inflateSync)(body, { maxOutputLength: mostBytes });
    const text = inner.toString('latin1');
    const put = /^\s*[[{]/.test(text) ? intoJson : (own: string, more: string) => `${own}\n${more}`;
    const compress = isGzip ? gzipSync : deflateSync;
    return (more) => compress(Buffer.from(put(text, Buffer.from(more).toString('latin1')), 'latin1'));
  } catch {
    return (more) => Buffer.concat([body, Buffer.from(more)]);
  }
}
