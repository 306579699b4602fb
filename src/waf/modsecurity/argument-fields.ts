import { anyElement, type FieldPath } from '../../model/field.js';
import { hasPlaceholder } from '../../model/placeholders.js';
import type { JsonValue, RequestBody, RequestSpec } from '../../model/request.js';
import { contentBytes } from '../../request/encode-request.js';
import { generaliseField, includesField } from '../../request/field-paths.js';
import { readBody } from '../../request/read-body.js';
import { decodeForm } from './form-arguments.js';
import { argumentsIn } from './json-arguments.js';
import { jsonName, pathOfName } from './json-names.js';
import { multipartParts } from './multipart-parts.js';
import { includesVariable } from './name-families.js';

/** Where rules look for an argument: `ARGS`, `ARGS_GET`, `ARGS_POST`. */
export type ArgumentSource = 'any' | 'query' | 'body';

type Named = ReadonlyMap<string, FieldPath>;
type JsonField = Extract<FieldPath, { kind: 'json' }>;

/** What an argument is that is not there: it may be in what could not be read. */
const unknown = { any: 'argument', query: 'query', body: 'form' } as const;

/** The arguments of a request by the names that engines give them. */
export class ArgumentFields {
  readonly #query: Named;
  readonly #body: Named;
  readonly #document: JsonValue | undefined;
  #otherNames: Named | undefined;

  constructor(request: RequestSpec) {
    const body = readBody(request);
    this.#document = body.kind === 'json' ? body.value : undefined;
    this.#query = queryFields(request);
    this.#body = bodyFields(body, request);
  }

  find(name: string, source: ArgumentSource): FieldPath {
    const query = source === 'body' ? none : this.#query;
    const body = source === 'query' ? none : this.#body;
    if (hasPlaceholder(name)) return fitting(query, name) ?? fitting(body, name) ?? { kind: unknown[source], name };
    const found =
      either(query.get(name), body.get(name), name) ??
      (body === none ? undefined : this.#others().get(name)) ??
      either(inAnyCase(query, name), inAnyCase(body, name), name);
    return found ?? (body === none ? undefined : this.#unseen(name)) ?? { kind: unknown[source], name };
  }

  /** The names that the other engines give to what is in JSON. */
  #others(): Named {
    this.#otherNames ??= jsonFields(this.#document, namesInOthers);
    return this.#otherNames;
  }

  /** What was left out of the list of a long document, or has another name since secrets were taken out. */
  #unseen(name: string): FieldPath | undefined {
    const path = this.#document === undefined ? undefined : pathOfName(name);
    return path && { kind: 'json', path };
  }
}

const none: Named = new Map();

/** Where an argument is in the query and in the body, both are meant. */
function either(query: FieldPath | undefined, body: FieldPath | undefined, name: string): FieldPath | undefined {
  return query === undefined || body === undefined ? (query ?? body) : { kind: 'argument', name };
}

/** Engines do not mind the case of names, and some write them in lower case. */
function inAnyCase(fields: Named, name: string): FieldPath | undefined {
  const lower = name.toLowerCase();
  for (const [own, field] of fields) if (own.toLowerCase() === lower) return field;
  return undefined;
}

/** The field that a template stands for, with the template as its name. */
function fitting(fields: Named, template: string): FieldPath | undefined {
  for (const [own, field] of fields) {
    if (!includesVariable({ collection: 'ARGS', key: template }, { collection: 'ARGS', key: own })) continue;
    if (field.kind === 'json') return { ...field, path: pathOfName(template) ?? field.path };
    if ('name' in field) return { ...field, name: template };
  }
  return undefined;
}

function queryFields({ path, query }: RequestSpec): Named {
  const question = path.indexOf('?');
  const inPath = question < 0 ? [] : decodeForm(path.slice(question + 1)).map(({ name }) => name);
  return namedFields([...inPath, ...query.map(([name]) => name)], (name) => ({ kind: 'query', name }));
}

function bodyFields(body: RequestBody, { headers }: RequestSpec): Named {
  switch (body.kind) {
    case 'none':
      return none;
    case 'form':
      return namedFields(
        body.fields.map(([name]) => name),
        (name) => ({ kind: 'form', name }),
      );
    case 'json':
      return jsonFields(body.value, namesInModSecurity3);
    case 'multipart':
      return partFields(body.parts);
    case 'raw': {
      const type = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
      const isParts = /^multipart\/form-data/i.test(type);
      const parts = isParts ? multipartParts(contentBytes(body.content), type) : [];
      return partFields(parts.map(({ name, filename }) => ({ name: name.text, filename: filename?.text })));
    }
  }
}

function partFields(parts: readonly { readonly name: string; readonly filename?: string | undefined }[]): Named {
  const own = parts.filter(({ filename }) => filename === undefined || filename === '');
  return namedFields(
    own.map(({ name }) => name),
    (name) => ({ kind: 'part', name }),
  );
}

function namedFields(names: readonly string[], fieldOf: (name: string) => FieldPath): Named {
  return new Map(names.map((name) => [name, fieldOf(name)]));
}

const sameName = (name: string) => name;

/** The names of a field, and the name for any element of its arrays. */
function namesInModSecurity3(field: JsonField): readonly (readonly [string, FieldPath])[] {
  const all = generaliseField(field, sameName);
  const own = [jsonName(field.path, 'modsecurity3'), field] as const;
  return all.kind === 'json' && all.path.includes(anyElement)
    ? [own, [jsonName(all.path, 'modsecurity3'), all]]
    : [own];
}

function namesInOthers(field: JsonField): readonly (readonly [string, FieldPath])[] {
  return [
    [jsonName(field.path, 'coraza'), field],
    [jsonName(field.path, 'modsecurity2'), field],
  ];
}

function jsonFields(document: JsonValue | undefined, namesOf: typeof namesInOthers): Named {
  const fields = new Map<string, FieldPath>();
  const found = document === undefined ? [] : argumentsIn(document);
  for (const { path } of found) {
    for (const [name, field] of namesOf({ kind: 'json', path })) fields.set(name, together(fields.get(name), field));
  }
  return fields;
}

/** mod_security2 has one name for all elements of an array. Of other fields with one name, the first is meant. */
function together(known: FieldPath | undefined, field: FieldPath): FieldPath {
  if (known === undefined || includesField(known, field)) return known ?? field;
  const all = generaliseField(field, sameName);
  return includesField(all, known) ? all : known;
}
