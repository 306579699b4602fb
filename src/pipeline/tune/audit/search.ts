import type { Dialect } from '../../../contract/dialect.js';
import { mergeExclusions } from '../../../exclude/merge-exclusions.js';
import type { Exclusion } from '../../../model/exclusion.js';
import type { CaseResult } from '../../../model/report.js';
import { dropIdle } from '../effects.js';
import { findExclusions } from '../find-exclusions.js';
import { searchSettings } from '../search-settings.js';
import type { AuditGround } from './audit-ground.js';

/** The narrowest exclusions that clear cases where none of the user's is in force, as `tune` finds them. */
export async function searchNarrowest(
  cases: readonly CaseResult[],
  dialect: Dialect,
  { ground }: AuditGround,
): Promise<readonly Exclusion[]> {
  if (cases.length === 0) return [];
  const { workshop, world } = ground;
  world.progress.stage(`searching the narrowest exclusions for ${cases.length} cases`);
  const { exclusions } = await findExclusions(cases, searchSettings(dialect, ground));
  return (await dropIdle(exclusions, cases, workshop)).exclusions;
}

/** Exclusions as configuration, without comments. */
export function configurationOf(exclusions: readonly Exclusion[], firstId: number, dialect: Dialect): string {
  const files = dialect.write(mergeExclusions(exclusions), { firstId, reasons: new Map(), engine: '' });
  const lines = files.flatMap(({ content }) => content.split('\n'));
  return lines.filter((line) => line.trim() !== '' && !line.startsWith('#')).join('\n');
}
