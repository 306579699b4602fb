import type { Variable } from '../../src/model/evidence.js';
import type { ChangeSetting, Exclusion, RemoveTarget } from '../../src/model/exclusion.js';

/** An exclusion that takes a variable from rules. */
export type Removal = Exclusion & RemoveTarget;

/** The variable that an exclusion takes from rules, where it names one. */
export function variableOf(exclusion: Exclusion): Variable | undefined {
  return exclusion.effect === 'remove-target' ? exclusion.variable : undefined;
}

/** The setting that an exclusion changes, where it does. */
export function settingOf(exclusion: Exclusion): ChangeSetting['setting'] | undefined {
  return exclusion.effect === 'change-setting' ? exclusion.setting : undefined;
}
