import type { ExclusionOutcome } from '../../model/exclusion.js';
import type { StreamedReport } from '../../model/report.js';
import { clearedText } from '../exclusion-texts.js';
import type { ExclusionIndex } from './exclusion-index.js';
import { type LinkList, linkList, linksToExclusions } from './link-list.js';
import { caseLink, shownText } from './page-text.js';

/** What a server said that read the written files, or the engine on which they were searched. */
export interface ServerView {
  readonly engine: string;
  /** It decides nothing: the servers do. */
  readonly isEmbedded: boolean;
  readonly cleared: string;
  readonly tone: string;
  readonly stillBlocked: LinkList;
  readonly newlyBlocked: LinkList;
  readonly tooBroad: LinkList;
}

/** Prepares what real servers said for the templates. */
export function viewServers(
  { verification, exclusions = [] }: StreamedReport,
  index: ExclusionIndex,
): readonly ServerView[] {
  const linksTo = linksToExclusions(exclusions, index);
  const { servers = [], embedded } = verification ?? {};
  return [...servers, ...(embedded === undefined ? [] : [embedded])].map((server) => ({
    engine: shownText(server.engine),
    isEmbedded: server === embedded,
    cleared: clearedText(server),
    tone: toneOf(server),
    stillBlocked: linkList(server.stillBlocked.map(caseLink)),
    newlyBlocked: linkList(server.newlyBlocked.map(caseLink)),
    tooBroad: linkList(linksTo(server.tooBroad)),
  }));
}

function toneOf({ stillBlocked, newlyBlocked, tooBroad }: ExclusionOutcome): string {
  return stillBlocked.length + newlyBlocked.length + tooBroad.length === 0 ? 'good' : 'bad';
}
