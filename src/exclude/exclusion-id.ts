import { createHash } from 'node:crypto';
import type { ExclusionChange, ExclusionScope } from '../model/exclusion.js';

/** The same for the same change in the same place, whatever rules it is for and whatever else is excluded. */
export function exclusionId(change: ExclusionChange, scope: ExclusionScope): string {
  return createHash('sha256')
    .update(JSON.stringify([whatChanges(change), scope]))
    .digest('hex')
    .slice(0, 10);
}

function whatChanges(change: ExclusionChange): unknown {
  switch (change.effect) {
    case 'remove-target':
      return change.variable;
    case 'change-setting':
      return { setting: { name: change.setting.name, value: change.setting.value } };
    case 'remove-rule':
      return undefined;
    case 'read-body-as':
      return { reading: change.reading, insteadOf: change.insteadOf, guards: change.guards };
    case 'raise-limit':
      return { limit: change.limit, value: change.value };
    case 'leave-body-unread':
      return { effect: change.effect };
    case 'count-and-reblock':
    case 'count-only':
      return { effect: change.effect, aclRule: change.aclRule, groupRule: change.groupRule };
    case 'scope-down':
    case 'narrow-rule':
      return { effect: change.effect, aclRule: change.aclRule };
  }
}
