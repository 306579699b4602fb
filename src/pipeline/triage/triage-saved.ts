import { fail } from '../../model/error.js';
import type { Triage } from '../../model/triage.js';
import { triage } from '../../triage/triage.js';
import type { World } from '../world.js';
import { readSaved, type SavedPlaces } from './read-saved.js';

export type { SavedPlaces };

/**
 * Who refused a request and why, from what was saved of it; sends nothing.
 * @throws WafproofError `TRIAGE_UNREADABLE`, `USAGE` where no answer and no log is named
 */
export async function triageSaved(places: SavedPlaces, world: World): Promise<Triage> {
  if (places.response === undefined && places.har === undefined && (places.logs ?? []).length === 0) {
    const message =
      'nothing to look into: name a saved answer with --response, a HAR entry with --har, or logs with --log';
    throw fail('USAGE', { message, command: 'triage' });
  }
  return triage(await readSaved(places, world));
}
