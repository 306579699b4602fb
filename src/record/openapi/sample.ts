import type { JsonValue } from '../../model/request.js';
import { at, isTree, list, text } from '../../util/json-tree.js';
import { discriminated } from './discriminator.js';
import type { ApiDocument, SchemaNode } from './document.js';
import { oneTypeOf } from './one-type.js';
import { fittedText } from './sample-text.js';

/** How deep a value may be, and how many schemas one may be made of. */
const deepest = 12;
const mostNodes = 2000;

/** Makes values for schemas: what their authors give as examples, else something that fits. */
export class Sampler {
  private readonly document: ApiDocument;
  private left = mostNodes;

  constructor(document: ApiDocument) {
    this.document = document;
  }

  /** @returns nothing where the schema is in its own way: a circle, or too much */
  async sample(node: SchemaNode, name: string, depth = 0, index = 0): Promise<JsonValue | undefined> {
    const value = await this.plain(node, name, depth, index);
    return isObject(value) ? discriminated(value, node, this.document) : value;
  }

  private async plain(node: SchemaNode, name: string, depth: number, index: number): Promise<JsonValue | undefined> {
    if (depth > deepest || this.left-- <= 0 || this.document.left-- <= 0) return undefined;
    const beside = at(node.value, '$ref') === undefined ? undefined : givenValue(node.value);
    if (beside !== undefined) return beside;
    const { value: schema, file } = await this.document.follow(node);
    if (schema === true || schema === undefined) return depth === 0 ? {} : undefined;
    const given = index === 0 ? givenValue(schema) : list(at(schema, 'enum'))[index];
    if (given !== undefined) return given as JsonValue;
    const parts = [...list(at(schema, 'allOf')), ...chosenOf(at(schema, 'oneOf')), ...chosenOf(at(schema, 'anyOf'))];
    if (parts.length === 0) return this.byType({ value: schema, file }, name, depth, index);
    const single = await oneTypeOf({ value: schema, file }, this.document);
    if (single !== undefined) return this.sample(single, name, depth + 1, index);
    return this.merged(
      parts.map((value) => ({ value, file })),
      { value: schema, file },
      name,
      depth,
    );
  }

  private async merged(
    parts: readonly SchemaNode[],
    own: SchemaNode,
    name: string,
    depth: number,
  ): Promise<JsonValue | undefined> {
    const values: (JsonValue | undefined)[] = [];
    for (const part of parts) values.push(await this.sample(part, name, depth + 1));
    const inner = at(own.value, 'properties') === undefined ? undefined : await this.object(own, depth);
    const objects = [...values, inner].filter((value) => isObject(value));
    return objects.length === 0 ? values.find((value) => value !== undefined) : Object.assign({}, ...objects);
  }

  private async byType(node: SchemaNode, name: string, depth: number, index: number): Promise<JsonValue | undefined> {
    const schema = node.value;
    switch (typeOf(schema)) {
      case 'object':
        return this.object(node, depth, index);
      case 'array':
        return this.array(node, name, depth);
      case 'integer':
      case 'number':
        return number(schema, index);
      case 'boolean':
        return index % 2 === 0;
      case 'null':
        return null;
      default:
        return this.text(schema, name, index);
    }
  }

  private async object({ value, file }: SchemaNode, depth: number, index = 0): Promise<JsonValue> {
    const properties = at(value, 'properties');
    const entries: (readonly [string, JsonValue])[] = [];
    for (const [name, schema] of isTree(properties) ? Object.entries(properties) : []) {
      const followed = await this.document.follow({ value: schema, file });
      if (at(followed.value, 'readOnly') === true || at(schema, 'readOnly') === true) continue;
      const sampled = await this.sample({ value: schema, file }, name, depth + 1, index);
      if (sampled !== undefined) entries.push([name, sampled]);
    }
    return Object.fromEntries(entries);
  }

  private async array({ value, file }: SchemaNode, name: string, depth: number): Promise<JsonValue> {
    const items = at(value, 'items') ?? list(at(value, 'prefixItems'))[0];
    const least = at(value, 'minItems');
    const count = typeof least === 'number' ? Math.min(Math.max(least, 1), 20) : 1;
    const isUnique = at(value, 'uniqueItems') === true;
    const found: JsonValue[] = [];
    for (let each = 0; each < count; each++) {
      const index = isUnique ? each : 0;
      const item =
        items === undefined
          ? await this.text({}, name, index)
          : await this.sample({ value: items, file }, name, depth + 1, index);
      if (item === undefined) return found;
      const isAgain = found.some((one) => JSON.stringify(one) === JSON.stringify(item));
      if (isAgain && isUnique) this.document.tell('fewer elements than there must be', name);
      else found.push(item);
    }
    return found;
  }

  private async text(schema: unknown, name: string, index: number): Promise<string> {
    const { text: made, fits } = await fittedText(schema, name, index);
    if (!fits) this.document.tell('values that may not fit the pattern of their field', name);
    return made;
  }
}

/** What the author of a schema says that a value looks like. */
export function givenValue(schema: unknown): JsonValue | undefined {
  const examples = at(schema, 'examples');
  const given = [
    at(schema, 'example'),
    at(schema, 'x-example'),
    Array.isArray(examples) ? examples[0] : undefined,
    at(schema, 'const'),
    // Nothing is what a field that may be empty has until somebody fills it in.
    at(schema, 'default') ?? undefined,
    list(at(schema, 'enum')).find((one) => one !== null),
  ];
  return given.find((value) => value !== undefined) as JsonValue | undefined;
}

/** The first of several schemas that is not there to allow for nothing (`anyOf: [{type: "null"}, …]`). */
function chosenOf(several: unknown): readonly unknown[] {
  const schemas = list(several);
  const chosen = schemas.find((one) => at(one, 'type') !== 'null') ?? schemas[0];
  return chosen === undefined ? [] : [chosen];
}

function typeOf(schema: unknown): string {
  const type = at(schema, 'type');
  const said = typeof type === 'string' ? type : text(list(type).find((one) => one !== 'null'));
  if (said !== '') return said;
  if (at(schema, 'properties') !== undefined || at(schema, 'additionalProperties') !== undefined) return 'object';
  return at(schema, 'items') === undefined ? 'string' : 'array';
}

function number(schema: unknown, index: number): number {
  const [least, most, above, step] = ['minimum', 'maximum', 'exclusiveMinimum', 'multipleOf'].map((key) =>
    at(schema, key),
  );
  const begun =
    typeof least === 'number' ? least + (above === true ? 1 : 0) : typeof above === 'number' ? above + 1 : 1;
  const stepped = typeof step === 'number' && step > 0 ? Math.ceil(begun / step) * step : begun;
  const value = stepped + index * (typeof step === 'number' && step > 0 ? step : 1);
  return typeof most === 'number' && value > most ? most : value;
}

function isObject(value: JsonValue | undefined): value is { readonly [key: string]: JsonValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
