import type { LargestCase, ProbePlace } from '../../contract/check.js';
import type { Case } from '../../model/case.js';
import { encodeRequest } from '../../request/encode-request.js';
import { defaultSeed, withRandomValues } from '../../request/random-values.js';
import { placeIn } from './probe-place.js';

/** What the suites of a target tell the doctor to ask for. */
export interface SuiteProbes {
  /** Absent where no case has a body. */
  readonly largest?: LargestCase;
  /** Where text gets into a request; absent where no case has a field. */
  readonly place?: ProbePlace;
}

/** @param attacks whether attack cases count for the largest body: they do where they are sent */
export async function probesIn(cases: AsyncIterable<Case>, attacks: boolean): Promise<SuiteProbes> {
  let largest: LargestCase | undefined;
  let place: ProbePlace | undefined;
  for await (const one of cases) {
    if (one.intent === 'attack' && !attacks) continue;
    largest = longerOf(largest, one);
    // What changes nothing is asked for rather than what may.
    if (place?.request.method !== 'GET') place = better(place, placeOf(one));
  }
  return { ...(largest !== undefined && { largest }), ...(place !== undefined && { place }) };
}

function longerOf(known: LargestCase | undefined, { id, request }: Case): LargestCase | undefined {
  const bytes = request.body.kind === 'none' ? 0 : encodeRequest(request).body.length;
  return bytes > (known?.bytes ?? 0) ? { id, request, bytes } : known;
}

/** What only a session knows is in none of the doctor's requests. */
function placeOf(one: Case): ProbePlace | undefined {
  if (one.intent === 'attack' || one.sessionValues.length > 0) return undefined;
  return placeIn(withRandomValues(one, { seed: defaultSeed, turn: 0 }).request);
}

function better(known: ProbePlace | undefined, other: ProbePlace | undefined): ProbePlace | undefined {
  return known === undefined || other?.request.method === 'GET' ? (other ?? known) : known;
}
