import { z } from 'zod';
import { configSchema } from './config-schema.js';

/** A part of the JSON Schema of the config. */
export type ConfigPart = z.core.JSONSchema.JSONSchema;

/** The shape of a config file as JSON Schema, with what each key means. */
export function configJsonSchema(): ConfigPart {
  return z.toJSONSchema(configSchema, { target: 'draft-07', io: 'input', unrepresentable: 'any' });
}

/** The keys that may stand in the mapping at a path of the config. */
export function keysAt(path: readonly PropertyKey[]): readonly string[] {
  let parts = mappings(configJsonSchema());
  for (const step of path) parts = parts.flatMap((part) => mappings(stepInto(part, step)));
  return parts.flatMap(({ properties = {} }) => Object.keys(properties));
}

/** What holds a key that is known elsewhere: `waf` for `log`; nothing where it is known nowhere or at the top. */
export function holderOf(key: string): string | undefined {
  return holders('', configJsonSchema()).find(({ keys }) => keys.includes(key))?.name || undefined;
}

interface Holder {
  readonly name: string;
  readonly keys: readonly string[];
}

function holders(name: string, schema: ConfigPart): readonly Holder[] {
  return mappings(schema).flatMap(({ properties = {}, additionalProperties }) => [
    { name, keys: Object.keys(properties) },
    ...Object.entries(properties).flatMap(([key, part]) => holders(key, asPart(part))),
    ...(typeof additionalProperties === 'object' ? holders(name, additionalProperties) : []),
  ]);
}

/** A part and, where it may be one of several, each of them; what is a list stands for its items. */
function mappings(schema: ConfigPart): readonly ConfigPart[] {
  const choices = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].map(asPart);
  const { items } = schema;
  const isList = items !== undefined && !Array.isArray(items);
  return [schema, ...choices.flatMap(mappings), ...(isList ? mappings(asPart(items)) : [])];
}

function stepInto({ properties, additionalProperties }: ConfigPart, step: PropertyKey): ConfigPart {
  return asPart(properties?.[String(step)] ?? additionalProperties);
}

function asPart(value: ConfigPart | boolean | undefined): ConfigPart {
  return typeof value === 'object' ? value : {};
}
