import { formatPlace } from '../model/place.js';
import { printable } from '../util/printable.js';
import type { CapturedRequest } from './captured-request.js';
import type { CaseDraft, DraftRequest } from './suite-draft.js';
import { uniqueNames } from './unique-names.js';

/** A request on its way to a case, and where it came from. */
export interface NamedDraft {
  readonly captured: CapturedRequest;
  readonly draft: DraftRequest;
}

const longestId = 60;
const longestTitle = 200;

/** The cases of a suite, each by what its author calls it, else by its endpoint. */
export function nameCases(drafts: readonly NamedDraft[]): readonly CaseDraft[] {
  const takeId = uniqueNames();
  return drafts.map(({ captured: { title, place }, draft }): CaseDraft => {
    const shown =
      title === undefined ? '' : printable(title.replace(/\s+/g, ' ').trim()).slice(0, longestTitle).toWellFormed();
    const id = takeId(slugOf(shown) || slugOf(`${draft.method} ${draft.path.replace(/\?.*$/s, '')}`) || 'request');
    return {
      id,
      ...(shown !== '' && { title: shown }),
      because: `As in ${printable(formatPlace(place))}`,
      tags: [],
      request: draft,
    };
  });
}

/** Letters and digits with hyphens between them. */
function slugOf(text: string): string {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.join('-').slice(0, longestId).toWellFormed().replace(/-$/, '');
}
