import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { pythonPackages } from '../../python/packages.js';

/** A shape of an API, as botocore's service models describe it. */
export interface ModelShape {
  readonly type: string;
  readonly members?: Readonly<Record<string, { readonly shape: string }>>;
  readonly required?: readonly string[];
  readonly member?: { readonly shape: string };
  readonly key?: { readonly shape: string };
  readonly value?: { readonly shape: string };
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly min?: number;
  readonly max?: number;
}

/** What the Python client of AWS knows of an API; it is read as data. */
export interface ServiceModel {
  readonly metadata: { readonly targetPrefix: string; readonly jsonVersion: string };
  readonly operations: Readonly<
    Record<
      string,
      {
        readonly input: { readonly shape: string };
        readonly output: { readonly shape: string };
        readonly errors: readonly { readonly shape: string }[];
      }
    >
  >;
  readonly shapes: Readonly<Record<string, ModelShape>>;
}

/** The model of WAFv2; nothing without Python. */
export function wafServiceModel(): ServiceModel | undefined {
  const folder = pythonPackages({
    requirements: ['botocore==1.44.8'],
    asData: true,
    leftOut: "the tests that hold answers to botocore's service model",
  });
  if (folder === undefined) return undefined;
  const file = join(folder, 'botocore', 'data', 'wafv2', '2019-07-29', 'service-2.json.gz');
  return JSON.parse(gunzipSync(readFileSync(file)).toString('utf8'));
}

/** What in a value is not as a shape of the model has it. */
export function* faultsByModel(
  model: ServiceModel,
  shapeName: string,
  value: unknown,
  place = shapeName,
): Generator<string> {
  const shape = model.shapes[shapeName];
  if (shape === undefined) yield `${place}: no such shape`;
  else if (shape.type === 'structure') yield* structureFaults(model, shape, value, place);
  else if (shape.type === 'list') yield* listFaults(model, shape, value, place);
  else if (shape.type === 'map') yield* mapFaults(model, shape, value, place);
  else if (!fits(shape, value)) yield `${place}: ${JSON.stringify(value)} is no ${shape.type} as it should be`;
}

function* structureFaults(
  model: ServiceModel,
  { members = {}, required = [] }: ModelShape,
  value: unknown,
  place: string,
): Generator<string> {
  if (!isRecord(value)) return yield `${place}: no object`;
  for (const name of required) if (value[name] === undefined) yield `${place}: ${name} is missing`;
  for (const [name, inner] of Object.entries(value)) {
    const member = members[name];
    if (member === undefined) yield `${place}: ${name} is not known`;
    else yield* faultsByModel(model, member.shape, inner, `${place}.${name}`);
  }
}

function* listFaults(model: ServiceModel, { member }: ModelShape, value: unknown, place: string): Generator<string> {
  if (!Array.isArray(value)) return yield `${place}: no list`;
  for (const [index, item] of value.entries())
    yield* faultsByModel(model, member?.shape ?? '', item, `${place}[${index}]`);
}

function* mapFaults(
  model: ServiceModel,
  { value: inner }: ModelShape,
  value: unknown,
  place: string,
): Generator<string> {
  if (!isRecord(value)) return yield `${place}: no map`;
  for (const [key, item] of Object.entries(value))
    yield* faultsByModel(model, inner?.shape ?? '', item, `${place}.${key}`);
}

function fits({ type, enum: words, pattern, min, max }: ModelShape, value: unknown): boolean {
  switch (type) {
    case 'string':
      return typeof value === 'string' && (words?.includes(value) ?? true) && new RegExp(pattern ?? '').test(value);
    case 'blob':
      return typeof value === 'string' && Buffer.from(value, 'base64').toString('base64') === value;
    case 'boolean':
      return typeof value === 'boolean';
    default:
      return typeof value === 'number' && value >= (min ?? value) && value <= (max ?? value);
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
