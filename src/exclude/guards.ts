import type { Exclusion } from '../model/exclusion.js';

/** Whether an exclusion clears nothing, and has rules see what another one lets through. */
export function isGuard(exclusion: Exclusion): boolean {
  return exclusion.effect === 'read-body-as' && exclusion.guards === true;
}

/** The same without guards of what is not among them. */
export function withoutIdleGuards(exclusions: readonly Exclusion[]): readonly Exclusion[] {
  const others = exclusions.filter((one) => !isGuard(one));
  return exclusions.filter((one) => !isGuard(one) || others.some((other) => isFor(one, other)));
}

function isFor(guard: Exclusion, other: Exclusion): boolean {
  const { method, path } = other.scope;
  const isSameScope = guard.scope.method === method && guard.scope.path === path;
  return isSameScope && other.ruleIds.some((id) => guard.ruleIds.includes(id));
}
