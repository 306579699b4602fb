import type { Dialect } from '../../../contract/dialect.js';
import type { Exclusion } from '../../../model/exclusion.js';
import type { CaseResult } from '../../../model/report.js';
import { neededSetting, readCrsSettings } from '../../../waf/modsecurity/crs-settings.js';
import { untouchable } from '../../../waf/modsecurity/rule-ids.js';
import { dropIdle } from '../effects.js';
import { findExclusions } from '../find-exclusions.js';
import type { AuditGround } from './audit-ground.js';

/** The narrowest exclusions that clear cases where none of the user's is in force, as `tune` finds them. */
export async function searchNarrowest(
  cases: readonly CaseResult[],
  dialect: Dialect,
  { ground }: AuditGround,
): Promise<readonly Exclusion[]> {
  if (cases.length === 0) return [];
  const { workshop, endpointOf, world } = ground;
  world.progress.stage(`searching the narrowest exclusions for ${cases.length} cases`);
  const current = readCrsSettings({ ...workshop.engine, mode: 'block' });
  const { exclusions } = await findExclusions(cases, {
    workshop,
    endpointOf,
    possible: { obstacle: (exclusion) => dialect.obstacle(exclusion), untouchable },
    settingFor: (ruleId, requests) => neededSetting(ruleId, requests, current),
  });
  return (await dropIdle(exclusions, cases, workshop)).exclusions;
}

/** Exclusions for single rules that may share a scope and a variable, each of which becomes one again. */
export function mergeExclusions(exclusions: readonly Exclusion[]): readonly Exclusion[] {
  const merged = new Map<string, Exclusion>();
  for (const one of exclusions) {
    const known = merged.get(one.id)?.ruleIds ?? [];
    merged.set(one.id, { ...one, ruleIds: [...new Set([...known, ...one.ruleIds])].sort((a, b) => a - b) });
  }
  return [...merged.values()];
}

/** Exclusions as configuration, without comments. */
export function configurationOf(exclusions: readonly Exclusion[], firstId: number, dialect: Dialect): string {
  const files = dialect.write(mergeExclusions(exclusions), { firstId, reasons: new Map(), engine: '' });
  const lines = files.flatMap(({ content }) => content.split('\n'));
  return lines.filter((line) => line.trim() !== '' && !line.startsWith('#')).join('\n');
}
