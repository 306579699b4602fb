import type { Exclusion } from '../../model/exclusion.js';
import type { StreamedReport } from '../../model/report.js';
import { type ExclusionGroup, groupExclusions } from '../exclusion-groups.js';
import { exclusionText } from '../exclusion-texts.js';
import { type PageLink, shownText } from './page-text.js';

// The page is to open at once, whatever a report holds.
const maxGroups = 1000;
const maxInGroup = 100;

/** Which exclusions the page shows and where, and which of them clears what. */
export interface ExclusionIndex {
  /** As they are shown; `more` exclusions of the group are not. */
  readonly groups: readonly (ExclusionGroup & { readonly more: number; readonly anchor: string })[];
  /** Groups that are not shown. */
  readonly moreGroups: number;
  /** The address of a shown exclusion without its `#`. */
  anchorOf(exclusion: Exclusion): string;
  linkTo(exclusion: Exclusion): PageLink;
  /** The address of the configuration of its group, without `#`; nothing where the group is not shown. */
  configurationOf(exclusion: Exclusion): string | undefined;
  /** The exclusions that clear a finding, by its id. */
  ofFinding(id: string): readonly Exclusion[];
}

/** An index of the exclusions of a report; empty where it has none. */
export function indexExclusions({ exclusions = [] }: StreamedReport): ExclusionIndex {
  const all = groupExclusions(exclusions);
  const groups = all.slice(0, maxGroups).map((group, place) => ({
    ...group,
    anchor: `configuration-${place + 1}`,
    exclusions: group.exclusions.slice(0, maxInGroup),
    more: Math.max(0, group.exclusions.length - maxInGroup),
  }));
  const shown = groups.flatMap((group) => group.exclusions);
  const places = new Map(shown.map((exclusion, place) => [exclusion, place + 1]));
  const anchors = new Map(groups.flatMap(({ exclusions: own, anchor }) => own.map((one) => [one, anchor] as const)));
  const byFinding = collectByFinding(exclusions);
  const anchorOf = (exclusion: Exclusion) => `exclusion-${places.get(exclusion) ?? ''}`;
  return {
    groups,
    moreGroups: all.length - groups.length,
    anchorOf,
    linkTo: (exclusion) => ({
      text: shownText(exclusionText(exclusion)),
      link: places.has(exclusion) ? `#${anchorOf(exclusion)}` : '#exclusions',
    }),
    configurationOf: (exclusion) => anchors.get(exclusion),
    ofFinding: (id) => byFinding.get(id) ?? [],
  };
}

function collectByFinding(exclusions: readonly Exclusion[]): ReadonlyMap<string, readonly Exclusion[]> {
  const found = new Map<string, Exclusion[]>();
  for (const exclusion of exclusions) {
    for (const id of exclusion.findings) {
      const others = found.get(id);
      if (others === undefined) found.set(id, [exclusion]);
      else others.push(exclusion);
    }
  }
  return found;
}
