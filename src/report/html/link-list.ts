import type { Exclusion } from '../../model/exclusion.js';
import { formatCount } from '../run-texts.js';
import type { ExclusionIndex } from './exclusion-index.js';
import { countOver, type PageLink } from './page-text.js';

const maxLinks = 200;

/** How many there are, and links to the first of them. */
export interface LinkList {
  readonly count: string;
  readonly any: boolean;
  readonly links: readonly PageLink[];
  readonly more: string;
}

/** Links, as many as a page should hold in one place. */
export function linkList(links: readonly PageLink[]): LinkList {
  return {
    count: formatCount(links.length),
    any: links.length > 0,
    links: links.slice(0, maxLinks),
    more: countOver(links.length, maxLinks),
  };
}

/** Links to exclusions by their ids. */
export function linksToExclusions(
  exclusions: readonly Exclusion[],
  index: ExclusionIndex,
): (ids: readonly string[]) => readonly PageLink[] {
  const byId = new Map(exclusions.map((exclusion) => [exclusion.id, exclusion]));
  return (ids) => ids.flatMap((id) => byId.get(id) ?? []).map(index.linkTo);
}
