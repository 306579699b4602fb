import { fail } from '../../model/error.js';
import type { Pair } from '../../model/request.js';
import { at, isTree, list, text } from '../../util/json-tree.js';
import { authorize } from '../authored/authorization.js';
import { addToQuery, encodeUrl } from '../authored/encode-url.js';
import { type FormField, fileBody, multipartBody, textBody, urlencoded } from '../authored/form-body.js';
import { readTree } from '../authored/read-tree.js';
import { Template, templateNotes } from '../authored/template.js';
import type { CapturedRequest } from '../captured-request.js';
import type { Capture } from '../capturing.js';
import type { ImportSettings } from '../import-format.js';
import { localFiles, type ReadLocal } from '../local-files.js';
import { readSource } from '../read-source.js';
import { environmentValue, type InsomniaRequest, readInsomnia } from './insomnia-tree.js';

const maxExport = 64 * 1024 * 1024;

/** Requests of an export of Insomnia (4 and 5), JSON or YAML, with its environments and folders. Template tags are not run. */
export const captureInsomnia: Capture = async (source, settings) => {
  const found = readInsomnia(readTree(await readSource(source, maxExport), source));
  if (found === undefined)
    throw fail(
      'IMPORT_INVALID',
      { reason: 'it is no export of Insomnia 4 or 5, which has "resources" or "collection"' },
      { place: { file: source.shown } },
    );
  const environments = [...(await readEnvironment(settings)), ...found.environments];
  const notes = new Set<string>();
  const requests: CapturedRequest[] = [];
  const read = localFiles(source.folder, settings.allowOutside);
  for (const one of found.requests) {
    const scopes = [...one.folders.map((folder) => at(folder, 'environment')).reverse(), ...environments];
    const template = new Template((name) =>
      scopes.map((data) => environmentValue(data, name)).find((value) => value !== undefined),
    );
    requests.push(await requestOf(one, template, read, source.shown, notes));
    for (const note of templateNotes(template)) notes.add(note);
  }
  const leftOut = found.others.map((name) => ({ name, reason: 'of another protocol (gRPC, WebSocket, Socket.IO)' }));
  return { requests, leftOut, notes: [...notes] };
};

async function requestOf(
  { request, title, folders }: InsomniaRequest,
  template: Template,
  read: ReadLocal,
  file: string,
  notes: Set<string>,
): Promise<CapturedRequest> {
  const fill = (value: unknown) => fillText(value, template, notes);
  const pairs = (value: unknown) =>
    list(value)
      .filter(isEnabled)
      .map((one): Pair => [fill(at(one, 'name')), fill(at(one, 'value'))]);
  const added = authorize(authorization(folders, request, fill));
  if (added.note !== undefined) notes.add(added.note);
  const { body, type } = await bodyOf(at(request, 'body'), fill, read);
  const own = [...folders.flatMap((folder) => pairs(at(folder, 'headers'))), ...pairs(at(request, 'headers'))].filter(
    ([name]) => name !== '',
  );
  const named = new Set(own.map(([name]) => name.toLowerCase()));
  const more: readonly Pair[] = [...added.headers, ...(type === undefined ? [] : [['Content-Type', type] as const])];
  const isForm = type?.startsWith('multipart/') === true;
  return {
    method: text(at(request, 'method')) || 'GET',
    url: addToQuery(encodeUrl(withPathParameters(fill(at(request, 'url')), pairs(at(request, 'pathParameters')))), [
      ...pairs(at(request, 'parameters')),
      ...added.query,
    ]),
    headers: [
      ...own.filter(([name]) => !isForm || name.toLowerCase() !== 'content-type'),
      ...more.filter(([name]) => (isForm && name === 'Content-Type') || !named.has(name.toLowerCase())),
    ],
    body,
    place: { file },
    title,
  };
}

/** Tags such as `{% uuid %}` and filters would have to be run. */
function fillText(value: unknown, template: Template, notes: Set<string>): string {
  const filled = template.fill(typeof value === 'number' || typeof value === 'boolean' ? `${value}` : text(value));
  const [tag] = /\{%.*?%\}/s.exec(filled) ?? [];
  if (tag !== undefined) notes.add(`template tags, which are not run and stay as they are: ${tag.slice(0, 60)}`);
  return filled;
}

function withPathParameters(url: string, parameters: readonly Pair[]): string {
  return parameters.reduce(
    (path, [name, value]) => path.replace(`/:${name}`, () => `/${encodeURIComponent(value)}`),
    url,
  );
}

function isEnabled(one: unknown): boolean {
  return at(one, 'disabled') !== true;
}

/** That of the request, else that of the innermost folder that has one. */
function authorization(folders: readonly unknown[], request: unknown, fill: (value: unknown) => string) {
  const given = [request, ...[...folders].reverse()]
    .map((one) => at(one, 'authentication'))
    .find((auth) => isTree(auth) && text(at(auth, 'type')) !== '');
  if (!isTree(given) || at(given, 'disabled') === true) return { type: 'none', values: {} };
  return {
    type: text(given['type']),
    values: Object.fromEntries(Object.entries(given).map(([name, value]) => [name, fill(value)])),
  };
}

async function bodyOf(
  body: unknown,
  fill: (value: unknown) => string,
  read: ReadLocal,
): Promise<{ readonly body: CapturedRequest['body']; readonly type?: string }> {
  const mimeType = text(at(body, 'mimeType'));
  const params = list(at(body, 'params')).filter(isEnabled);
  if (/^multipart\/form-data/i.test(mimeType))
    return multipartBody(
      params.map((one) => formField(one, fill)),
      read,
      (name) => name.replaceAll('"', '\\"'),
    );
  if (/^application\/x-www-form-urlencoded/i.test(mimeType) && at(body, 'text') === undefined)
    return {
      body: textBody(urlencoded(params.map((one) => ({ name: fill(at(one, 'name')), value: fill(at(one, 'value')) })))),
      type: mimeType,
    };
  const file = text(at(body, 'fileName'));
  const type = mimeType === 'application/graphql' ? 'application/json' : mimeType;
  const content = file === '' ? textBody(fill(at(body, 'text'))) : await fileBody(fill(file), read);
  return { body: content, ...(type !== '' && { type }) };
}

function formField(one: unknown, fill: (value: unknown) => string): FormField {
  const type = fill(at(one, 'contentType'));
  const field = { name: fill(at(one, 'name')), value: fill(at(one, 'value')), ...(type !== '' && { type }) };
  return at(one, 'type') === 'file' ? { ...field, files: [fill(at(one, 'fileName'))] } : field;
}

/** Values in the place of those of the export. */
async function readEnvironment({ environment, cwd }: ImportSettings): Promise<readonly unknown[]> {
  if (environment === undefined) return [];
  const source = { path: environment, shown: environment, stem: '', folder: cwd };
  return [readTree(await readSource(source, maxExport), source)];
}
