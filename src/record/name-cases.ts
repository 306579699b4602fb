import { formatPlace } from '../model/place.js';
import { nameSome } from '../util/name-some.js';
import { printable } from '../util/printable.js';
import type { CapturedRequest } from './captured-request.js';
import type { CaseDraft, DraftRequest } from './suite-draft.js';
import { uniqueNames } from './unique-names.js';

/** A request on its way to a case, and where it came from. */
export interface NamedDraft {
  readonly captured: CapturedRequest;
  readonly draft: DraftRequest;
  /** The same requests that came after it. */
  readonly repeats: readonly CapturedRequest[];
}

const longestId = 60;
const longestTitle = 200;

/** The cases of a suite, each by what its author calls it, else by its endpoint. */
export function nameCases(drafts: readonly NamedDraft[]): readonly CaseDraft[] {
  const takeId = uniqueNames();
  return drafts.map(({ captured, draft, repeats }): CaseDraft => {
    const { place, title = nameOfTest(captured) } = captured;
    const shown = title === undefined ? '' : inOneLine(title);
    const tests = [...new Set([captured, ...repeats].flatMap((request) => nameOfTest(request) ?? []).map(inOneLine))];
    const others = tests.filter((test) => test !== shown);
    const id = takeId(slugOf(shown) || slugOf(`${draft.method} ${draft.path.replace(/\?.*$/s, '')}`) || 'request');
    return {
      id,
      ...(shown !== '' && { title: shown }),
      because: `As in ${printable(formatPlace(place))}${others.length === 0 ? '' : `; sent by other tests as well: ${nameSome(others)}`}`,
      tags: [],
      ...(tests.length > 0 && { tests }),
      request: draft,
    };
  });
}

/** The test that sent a request, as messages show it: `pays by card`, `probably pays by card`, `pays by card or gives up`. */
export function nameOfTest({ test }: CapturedRequest): string | undefined {
  if (test === undefined) return undefined;
  const names = test.names.join(' or ');
  return test.isSure || test.names.length > 1 ? names : `probably ${names}`;
}

function inOneLine(text: string): string {
  return printable(text.replace(/\s+/g, ' ').trim()).slice(0, longestTitle).toWellFormed();
}

/** Letters and digits with hyphens between them. */
function slugOf(text: string): string {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.join('-').slice(0, longestId).toWellFormed().replace(/-$/, '');
}
