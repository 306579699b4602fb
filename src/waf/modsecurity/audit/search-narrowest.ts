import type { Dialect } from '../../../contract/dialect.js';
import { mergeExclusions } from '../../../exclude/merge-exclusions.js';
import type { Exclusion } from '../../../model/exclusion.js';
import type { CaseResult } from '../../../model/report.js';
import { askFor } from '../../../prove/ask-for.js';
import { findExclusions } from '../../../prove/find-exclusions.js';
import { dropIdle } from '../../../prove/idle.js';
import { stageSteps } from '../../../prove/step-progress.js';
import { counted } from '../../../util/counted.js';
import type { AuditSubject } from './audit-subject.js';

/** The narrowest exclusions that clear cases where none of the user's is in force, as `tune` finds them. */
export async function searchNarrowest(
  cases: readonly CaseResult[],
  dialect: Dialect,
  { engines: { prover }, replays: { endpointOf }, progress }: AuditSubject,
): Promise<readonly Exclusion[]> {
  if (cases.length === 0) return [];
  const searching = stageSteps(`searching the narrowest exclusions for ${counted(cases.length, 'case')}`, progress);
  const askEach = askFor(prover, searching.step);
  const { exclusions } = await findExclusions(cases, {
    endpointOf,
    possible: prover.possibilities(dialect),
    ask(tried, concerned) {
      searching.begin(concerned.length);
      return askEach(tried, concerned);
    },
  });
  const leaving = stageSteps('looking which of the narrowest exclusions are needed', progress);
  return (await dropIdle(exclusions, cases, (kept) => prover.open(kept), leaving)).exclusions;
}

/** Exclusions as configuration, without comments. */
export function configurationOf(exclusions: readonly Exclusion[], dialect: Dialect): string {
  const { files } = dialect.write(mergeExclusions(exclusions), { reasons: new Map(), engine: '' });
  const lines = files.flatMap(({ content }) => content.split('\n'));
  return lines.filter((line) => line.trim() !== '' && !line.startsWith('#')).join('\n');
}
