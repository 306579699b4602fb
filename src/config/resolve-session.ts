import { resolve } from 'node:path';
import type { Secret } from '../model/case.js';
import { fail } from '../model/error.js';
import type { Place } from '../model/place.js';
import type { JsonValue } from '../model/request.js';
import type {
  BrowserOpening,
  SessionOptions,
  SessionPair,
  SessionPart,
  SessionStep,
  SessionText,
} from '../model/session-options.js';
import { TaggedNode } from '../yaml/plain-value.js';
import type { SessionShape, SessionTextShape, StepShape } from './session-schema.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** What the config says of a session, and where its steps stand in it. */
export type PlacedSession = SessionShape & { readonly stepPlaces?: readonly Place[]; readonly browserAt?: Place };

/**
 * A session with the values of its tags.
 * @param folder that its files are relative to
 * @throws WafproofError `ENV_MISSING`, `ENV_EMPTY`
 */
export function resolveSession(shape: PlacedSession, env: Environment, folder: string): SessionOptions {
  const reader = new TextReader(env);
  const { values, lost, origins, users } = shape;
  const status = typeof lost?.status === 'number' ? [lost.status] : lost?.status;
  const text = typeof lost?.text === 'string' ? [lost.text] : lost?.text;
  return {
    ...stepsOf(shape, reader),
    ...(shape.browser !== undefined && { browser: browserOf(shape.browser, shape.browserAt, folder) }),
    values: Object.fromEntries(Object.entries(values).map(([name, source]) => [name, present(source)])),
    ...(lost !== undefined && { lost: present({ ...lost, status, text }) }),
    ...(origins !== undefined && { origins }),
    ...(users !== undefined && { users }),
  };
}

function browserOf(
  { storage, login, page, values }: NonNullable<SessionShape['browser']>,
  at: Place | undefined,
  folder: string,
): BrowserOpening {
  const file = (path: string | undefined) => (path === undefined ? undefined : resolve(folder, path));
  return { ...present({ storage: file(storage), login: file(login), page, at }), values };
}

/** Without steps, one request opens the session; where there are only headers for the cases, none does. */
function stepsOf(shape: PlacedSession, reader: TextReader): Pick<SessionOptions, 'steps' | 'headers'> {
  const { browser, steps, stepPlaces, headers, values, method, path, form } = shape;
  const sent = headers === undefined ? {} : { headers: reader.pairs(headers) };
  if (steps !== undefined) return { ...sent, steps: steps.map((step, i) => stepOf(step, stepPlaces?.[i], reader)) };
  if (browser !== undefined) return { ...sent, steps: [] };
  const isSingle = [method, path, form].some((given) => given !== undefined) || Object.keys(values).length > 0;
  if (!isSingle && headers !== undefined) return { ...sent, steps: [] };
  const posts = form !== undefined || (method !== undefined && method !== 'GET');
  const to = path ?? '/';
  if (!posts) return { steps: [{ get: to, ...sent }] };
  return { steps: [{ post: to, ...present({ method, form: form && reader.pairs(form) }), ...sent }] };
}

function stepOf(step: StepShape, at: Place | undefined, reader: TextReader): SessionStep {
  const { get, post, submit, fill = {}, form, json, method, headers, expect } = step;
  const common = present({ at, headers: headers && reader.pairs(headers), expect: expect && present(expect) });
  if (get !== undefined) return { get, ...common };
  if (submit !== undefined) return { submit, fill: reader.pairs(fill), ...common };
  const body = json === undefined ? { form: form && reader.pairs(form) } : reader.document(json);
  return { post: post ?? '/', ...present({ method, ...body }), ...common };
}

/** Turns the tags of a session into what they stand for. */
class TextReader {
  readonly #env: Environment;

  constructor(env: Environment) {
    this.#env = env;
  }

  pairs(pairs: Readonly<Record<string, SessionTextShape>>): readonly SessionPair[] {
    return Object.entries(pairs).map(([name, text]): SessionPair => [name, this.text(text)]);
  }

  text(text: SessionTextShape): SessionText {
    return Array.isArray(text) ? text.map((part) => this.#part(part)) : this.#part(text);
  }

  /** A JSON document with tokens for its tags. */
  document(json: unknown): { readonly json: JsonValue; readonly jsonValues: readonly JsonToken[] } {
    const jsonValues: JsonToken[] = [];
    const walk = (value: unknown): JsonValue => {
      if (value instanceof TaggedNode) {
        const token = `WafproofStepValue${jsonValues.length}x`;
        jsonValues.push({ token, value: this.#part(value) });
        return token;
      }
      if (Array.isArray(value)) return value.map(walk);
      if (typeof value !== 'object' || value === null) return value as JsonValue;
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, walk(inner)]));
    };
    return { json: walk(json), jsonValues };
  }

  #part(part: string | number | boolean | TaggedNode): SessionPart {
    if (!(part instanceof TaggedNode)) return String(part);
    const { node } = part;
    const name = node.kind === 'scalar' ? node.text : '';
    return node.tag === 'session' ? { session: name } : this.#secret(name, node.at);
  }

  #secret(name: string, place: Place): Secret {
    const value = this.#env[name];
    if (value === undefined) throw fail('ENV_MISSING', { name }, { place });
    if (value === '') throw fail('ENV_EMPTY', { name }, { place });
    return { name, value };
  }
}

interface JsonToken {
  readonly token: string;
  readonly value: SessionText;
}

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** The same without what is not there. */
function present<T extends object>(given: T): Present<T> & Pick<T, RequiredKeys<T>> {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as never;
}

type RequiredKeys<T> = { [K in keyof T]-?: undefined extends T[K] ? never : K }[keyof T];
