import { createHash } from 'node:crypto';
import type { Exclusion } from '../model/exclusion.js';

/** The same for the same change in the same place, whatever rules it is for and whatever else is excluded. */
export function exclusionId({ variable, setting, scope }: Pick<Exclusion, 'variable' | 'setting' | 'scope'>): string {
  const what = setting === undefined ? variable : { setting };
  return createHash('sha256')
    .update(JSON.stringify([what, scope]))
    .digest('hex')
    .slice(0, 10);
}
