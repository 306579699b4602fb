import type { BrowserContextOptions } from 'playwright-core';
import { fail } from '../../model/error.js';
import { at } from '../../util/json-tree.js';
import { readText } from '../../util/read-file.js';

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
