import type { JsonValue } from '../../../model/request.js';
import { isObject, memberNamed } from '../api/json-object.js';
import { type ApiAnswer, refused } from './api-answer.js';
import { serviceStructures } from './service-structures.js';
import { type ServiceValue, serviceValues } from './service-values.js';

/** What is wrong with a value: the service's words for its constraints. */
interface Fault {
  readonly value: string;
  readonly place: string;
  readonly constraint: string;
}

/** As deep as the service itself would hardly read a statement. */
const deepest = 60;

/** What is wrong with the input of an operation by the shapes of the service; nothing where all is right. */
export function checkInput(shape: string, input: JsonValue): ApiAnswer | undefined {
  const faults = [...faultsIn(shape, input, '', 0)];
  if (faults.length === 0) return undefined;
  const told = faults.map(
    ({ value, place, constraint }) =>
      `Value ${value} at '${place}' failed to satisfy constraint: Member must ${constraint}`,
  );
  const count = `${faults.length} validation error${faults.length === 1 ? '' : 's'} detected`;
  return refused('ValidationException', `${count}: ${told.join('; ')}`);
}

function* faultsIn(shape: string, value: JsonValue, place: string, depth: number): Generator<Fault> {
  const members = serviceStructures[shape];
  const kind = serviceValues[shape];
  if (depth > deepest) yield fault('', place, 'not be nested so deeply');
  else if (members !== undefined) yield* faultsOfStructure(members, value, place, depth);
  else if (kind !== undefined) yield* faultsOfValue(kind, value, place, depth);
}

function* faultsOfStructure(members: string, value: JsonValue, place: string, depth: number): Generator<Fault> {
  if (!isObject(value)) return yield fault(value, place, 'be an object');
  for (const { name, shape, isRequired } of membersOf(members)) {
    const member = memberNamed(value, name);
    const at = inside(place, `${name.charAt(0).toLowerCase()}${name.slice(1)}`);
    if (member !== undefined) yield* faultsIn(shape, member, at, depth + 1);
    else if (isRequired) yield fault(null, at, 'not be null');
  }
}

/** The members of a structure, from its line in the table. */
export function membersOf(line: string): readonly { name: string; shape: string; isRequired: boolean }[] {
  return line.split(' ').flatMap((member) => {
    const [name = '', shape] = member.split(':');
    return shape === undefined ? [] : [{ name: name.replace('!', ''), shape, isRequired: name.endsWith('!') }];
  });
}

function* faultsOfValue(kind: ServiceValue, value: JsonValue, place: string, depth: number): Generator<Fault> {
  if (!hasKind(kind, value)) yield fault(value, place, `be a ${kind.kind}`);
  else if (kind.kind === 'list' && Array.isArray(value)) {
    yield* lengthFaults(kind, value.length, value, place);
    for (const [index, item] of value.entries())
      yield* faultsIn(kind.of, item, inside(place, `${index + 1}.member`), depth + 1);
  } else if (kind.kind === 'map' && isObject(value)) {
    yield* lengthFaults(kind, Object.keys(value).length, value, place);
    for (const [key, item] of Object.entries(value)) {
      yield* faultsIn(kind.keys, key, place, depth + 1);
      yield* faultsIn(kind.of, item, inside(place, `${key}.member`), depth + 1);
    }
  } else if (kind.kind === 'string') yield* textFaults(kind, String(value), place);
  else if (kind.kind === 'number') yield* rangeFaults(kind, Number(value), place);
}

function hasKind({ kind }: ServiceValue, value: JsonValue): boolean {
  switch (kind) {
    case 'list':
      return Array.isArray(value);
    case 'map':
      return isObject(value);
    case 'timestamp':
    case 'number':
      return typeof value === 'number';
    case 'blob':
      return typeof value === 'string' && /^[A-Za-z0-9+/]*={0,2}$/.test(value) && value.length % 4 === 0;
    case 'string':
    case 'boolean':
      return typeof value === kind;
    case 'anything':
      return true;
  }
}

type Text = Extract<ServiceValue, { kind: 'string' }>;
type Range = { readonly min?: number; readonly max?: number };

function* textFaults(text: Text, value: string, place: string): Generator<Fault> {
  const words = text.words?.split(' ');
  if (words !== undefined && !words.includes(value))
    yield fault(value, place, `satisfy enum value set: [${words.join(', ')}]`);
  if (text.pattern !== undefined && !text.pattern.test(value))
    yield fault(value, place, `satisfy regular expression pattern: ${text.pattern.source}`);
  yield* lengthFaults(text, [...value].length, value, place);
}

function* lengthFaults({ min, max }: Range, length: number, value: JsonValue, place: string): Generator<Fault> {
  if (min !== undefined && length < min) yield fault(value, place, `have length greater than or equal to ${min}`);
  if (max !== undefined && length > max) yield fault(value, place, `have length less than or equal to ${max}`);
}

function* rangeFaults({ min, max }: Range, value: number, place: string): Generator<Fault> {
  if (min !== undefined && value < min) yield fault(value, place, `have value greater than or equal to ${min}`);
  if (max !== undefined && value > max) yield fault(value, place, `have value less than or equal to ${max}`);
}

function fault(value: JsonValue, place: string, constraint: string): Fault {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return { value: value === null ? 'null' : `'${text.slice(0, 100)}'`, place, constraint };
}

function inside(place: string, name: string): string {
  return place === '' ? name : `${place}.${name}`;
}
