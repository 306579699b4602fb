import type { BrowserContextOptions } from 'playwright-core';
import { fail } from '../../model/error.js';
import type { JsonValue } from '../../model/request.js';
import { isDeeper, walkJson } from '../../request/json-values.js';
import { maxJsonLevels } from '../../request/read-body.js';
import { at } from '../../util/json-tree.js';
import { readText } from '../../util/read-file.js';
import { hasKey, nameAt } from '../secret-shapes.js';
import { isSecretField, looksMade } from '../secret-values.js';

type StorageState = Exclude<NonNullable<BrowserContextOptions['storageState']>, string>;

const largest = 20_000_000;

/**
 * Reads what Playwright has saved of a browser: cookies and storage.
 * @param path absolute
 * @param shown as messages show it
 * @throws WafproofError `STATE_INVALID`
 */
export async function readStorage(path: string, shown: string): Promise<StorageState> {
  const file = await readText(path, largest);
  const invalid = (reason: string) => fail('STATE_INVALID', { reason }, { place: { file: shown } });
  if (file.kind !== 'read') throw invalid(file.kind === 'missing' ? 'there is no such file' : 'it cannot be read');
  let state: unknown;
  try {
    state = JSON.parse(file.text);
  } catch {
    throw invalid('it is no JSON');
  }
  if (!isState(state)) throw invalid('it has no list of cookies and none of origins');
  return state;
}

/** Playwright looks at the rest itself. */
function isState(state: unknown): state is StorageState {
  return Array.isArray(at(state, 'cookies')) && Array.isArray(at(state, 'origins'));
}

/** Shorter values of cookies are settings. */
const shortestCookie = 8;

/** What gives somebody access: the values of cookies, and what looks like a key or goes by the name of one in the storage. */
export function secretsInStorage({ cookies, origins }: StorageState): readonly string[] {
  const stored = origins.flatMap(({ localStorage }) =>
    localStorage.flatMap(({ name, value }) => secretsIn(name, value)),
  );
  return [...cookies.map(({ value }) => value).filter(({ length }) => length >= shortestCookie), ...stored];
}

/** A value is often JSON. */
function secretsIn(name: string, value: string): readonly string[] {
  const document = jsonIn(value);
  if (document === undefined) return looksMade(value) || hasKey(value) || isSecretField(name, value) ? [value] : [];
  return [...walkJson(document)].flatMap(({ kind, place, value: inner }) =>
    kind === 'value' && typeof inner === 'string' ? secretsIn(nameAt(place), inner) : [],
  );
}

function jsonIn(text: string): JsonValue | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    const document = JSON.parse(text) as JsonValue;
    return isDeeper(document, maxJsonLevels) ? undefined : document;
  } catch {
    return undefined;
  }
}
