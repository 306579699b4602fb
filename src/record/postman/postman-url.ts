import type { Pair } from '../../model/request.js';
import { at, list, text } from '../../util/json-tree.js';
import { addToQuery, encodeUrl } from '../authored/encode-url.js';
import type { Template } from '../authored/template.js';

/** The URL of a request, from a text or from its parts, with what authorization adds to its query. */
export function postmanUrl(url: unknown, template: Template, added: readonly Pair[]): string {
  const whole = typeof url === 'string' ? template.fill(url) : ofParts(url, template);
  return addToQuery(encodeUrl(whole), added);
}

function ofParts(url: unknown, template: Template): string {
  const fill = (value: unknown) => template.fill(text(value));
  const path = at(url, 'path');
  const host = at(url, 'host');
  if (host === undefined && path === undefined) return fill(at(url, 'raw'));
  const authority = typeof host === 'string' ? fill(host) : list(host).map(fill).join('.');
  const segments =
    typeof path === 'string'
      ? path.replace(/^\//, '').split('/')
      : list(path).map((segment) => text(segment) || text(at(segment, 'value')));
  const scheme = /^[a-z][a-z\d+.-]*:\/\//i.test(authority)
    ? ''
    : `${fill(at(url, 'protocol')).replace(/:.*$/, '') || 'http'}://`;
  const port = fill(at(url, 'port'));
  const filled = segments.map((segment) => template.fill(pathVariable(segment, url)));
  const tail = segments.length === 0 ? '' : `/${filled.join('/')}`;
  return `${scheme}${authority}${port === '' ? '' : `:${port}`}${tail}${queryOf(url, template)}`;
}

/** `:id` stands for a variable of the path, whose text is a part of the URL as it is. */
function pathVariable(segment: string, url: unknown): string {
  if (!segment.startsWith(':')) return segment;
  const variable = list(at(url, 'variable')).find((one) => [at(one, 'key'), at(one, 'id')].includes(segment.slice(1)));
  const value = variable === undefined ? '' : scalar(at(variable, 'value'));
  return value === '' ? segment : value;
}

function queryOf(url: unknown, template: Template): string {
  const pairs = list(at(url, 'query')).filter((pair) => at(pair, 'disabled') !== true);
  if (pairs.length === 0) return '';
  const texts = pairs.map((pair) => {
    const value = at(pair, 'value');
    const key = template.fill(scalar(at(pair, 'key')));
    return value === null || value === undefined
      ? key
      : // What variables stand for is not encoded.
        `${key}=${template.fill(scalar(value).replace(/[&#]/g, encodeURIComponent))}`;
  });
  return `?${texts.join('&')}`;
}

/** A text, a number or a truth value as a text. */
export function scalar(value: unknown): string {
  return typeof value === 'number' || typeof value === 'boolean' ? `${value}` : text(value);
}
