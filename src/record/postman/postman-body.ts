import { at, list, text } from '../../util/json-tree.js';
import { type FormField, fileBody, mediaType, multipartBody, textBody, urlencoded } from '../authored/form-body.js';
import type { Template } from '../authored/template.js';
import type { CapturedBody } from '../captured-request.js';
import type { ReadLocal } from '../local-files.js';
import { scalar } from './postman-url.js';

/** A body, and the media type that goes with it where the request names none. */
export interface TypedBody {
  readonly body: CapturedBody;
  readonly type?: string;
}

const languages: Readonly<Record<string, string>> = {
  json: 'application/json',
  xml: 'application/xml',
  html: 'text/html',
  javascript: 'application/javascript',
};

/** The body of a request as Postman and newman send it. */
export async function postmanBody(body: unknown, template: Template, read: ReadLocal): Promise<TypedBody> {
  if (at(body, 'disabled') === true) return { body: { kind: 'none' } };
  switch (at(body, 'mode')) {
    case 'raw':
      return raw(body, template);
    case 'urlencoded':
      return fields(at(body, 'urlencoded'), template);
    case 'formdata':
      return formdata(at(body, 'formdata'), template, read);
    case 'graphql':
      return { body: textBody(graphql(at(body, 'graphql'), template)), type: 'application/json' };
    case 'file':
      return file(at(body, 'file'), template, read);
    default:
      return { body: { kind: 'none' } };
  }
}

function raw(body: unknown, template: Template): TypedBody {
  const content = template.fill(text(at(body, 'raw')));
  if (content === '') return { body: { kind: 'none' } };
  return { body: textBody(content), type: languages[text(at(body, 'options', 'raw', 'language'))] ?? 'text/plain' };
}

function enabled(value: unknown): readonly unknown[] {
  return list(value).filter((one) => at(one, 'disabled') !== true);
}

function fields(value: unknown, template: Template): TypedBody {
  if (typeof value === 'string')
    return { body: textBody(template.fill(value)), type: 'application/x-www-form-urlencoded' };
  const pairs = enabled(value).map((field) => ({
    name: template.fill(scalar(at(field, 'key'))),
    value: template.fill(scalar(at(field, 'value'))),
  }));
  return pairs.length === 0
    ? { body: { kind: 'none' } }
    : { body: textBody(urlencoded(pairs)), type: 'application/x-www-form-urlencoded' };
}

async function formdata(value: unknown, template: Template, read: ReadLocal): Promise<TypedBody> {
  const found = enabled(value).map((field): FormField => {
    const src = at(field, 'src');
    const type = text(at(field, 'contentType'));
    return {
      name: template.fill(scalar(at(field, 'key'))),
      value: template.fill(scalar(at(field, 'value'))),
      ...(type !== '' && { type }),
      ...(text(at(field, 'fileName')) !== '' && { filename: text(at(field, 'fileName')) }),
      ...(at(field, 'type') === 'file' && {
        files: (Array.isArray(src) ? src : [src]).map((path) => template.fill(text(path))),
      }),
    };
  });
  return found.length === 0 ? { body: { kind: 'none' } } : multipartBody(found, read, asItIs);
}

/** A quote in a name is sent as it is. */
function asItIs(name: string): string {
  return name;
}

/** Variables go out as they are written. */
function graphql(value: unknown, template: Template): string {
  const [query, variables, operation] = ['query', 'variables', 'operationName'].map((key) => at(value, key));
  const given = typeof variables === 'string' ? variables : variables === undefined ? '' : JSON.stringify(variables);
  const members = [
    `"query":${JSON.stringify(template.fill(text(query)))}`,
    ...(text(operation) === '' ? [] : [`"operationName":${JSON.stringify(template.fill(text(operation)))}`]),
    ...(given.trim() === '' ? [] : [`"variables":${template.fill(given)}`]),
  ];
  return `{${members.join(',')}}`;
}

async function file(value: unknown, template: Template, read: ReadLocal): Promise<TypedBody> {
  const src = typeof value === 'string' ? value : text(at(value, 'src'));
  const content = at(value, 'content');
  if (typeof content === 'string') {
    const bytes = Buffer.from(template.fill(content), 'base64');
    return { body: bytes.length === 0 ? { kind: 'none' } : { kind: 'bytes', bytes } };
  }
  if (src === '') return { body: { kind: 'missing', reason: 'it names no file for its body' } };
  return { body: await fileBody(template.fill(src), read), type: mediaType(src) };
}
