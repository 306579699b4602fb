import { isLibinjection, type MatchedData, type MatchText, parseMatchedData, placeOf } from './match-text.js';
import type { LoggedPlace } from './rule-message.js';

/** @param words the engine's words, which matter where they name no variable */
export function v3Place(match: MatchText, data: string, words: string): LoggedPlace {
  const matched = uncutAtNul(parseMatchedData(data, match.name), match.value);
  return placeOf(match, matched, match.name === undefined && isLibinjection(words));
}

/** JSON ends data at a NUL byte, and shows the whole value, up to a length, in the words. */
function uncutAtNul(data: MatchedData | undefined, value: string | undefined): MatchedData | undefined {
  if (data === undefined || value?.includes('\0') !== true || !value.startsWith(`${data.value}\0`)) return data;
  return { ...data, truncated: true };
}
