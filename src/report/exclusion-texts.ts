import { formatVariable } from '../model/evidence.js';
import type { Exclusion, ExclusionScope, Verification } from '../model/exclusion.js';
import { isEndpoint, isWider, lossShare } from './exclusion-groups.js';
import { formatCount, plural } from './run-texts.js';

/** `POST /api/comments`, `every request`. */
export function scopeText({ method, path }: ExclusionScope): string {
  if (method === undefined && path === undefined) return 'every request';
  return `${method ?? 'every method'} ${path ?? 'on every path'}`;
}

/** What an exclusion takes away: `ARGS:comment`, `rule 933100`, `3 rules`. */
export function targetText({ variable, ruleIds }: Exclusion): string {
  if (variable !== undefined) return formatVariable(variable);
  return ruleIds.length === 1 ? `rule ${ruleIds.join()}` : plural(ruleIds.length, 'rule');
}

/** `ARGS:comment at POST /api/comments`. */
export function exclusionText(exclusion: Exclusion): string {
  const { scope } = exclusion;
  return `${targetText(exclusion)} ${isEndpoint(scope) ? 'at' : 'in'} ${scopeText(scope)}`;
}

/** `15 fields at 9 endpoints, 2 wider`. */
export function extentText(exclusions: readonly Exclusion[]): string {
  const narrow = exclusions.filter((exclusion) => !isWider(exclusion));
  const endpoints = new Set(narrow.map(({ scope }) => JSON.stringify(scope))).size;
  const wider = exclusions.length - narrow.length;
  const parts = [
    ...(narrow.length > 0 ? [`${plural(narrow.length, 'field')} at ${plural(endpoints, 'endpoint')}`] : []),
    ...(wider > 0 ? [`${formatCount(wider)} wider`] : []),
  ];
  return parts.join(', ');
}

/** `732 of 2,084 attacks (35 %)`, or why there is no such number. */
export function lossText(exclusion: Exclusion): string {
  const { detectionLoss } = exclusion;
  if (detectionLoss === undefined) return 'not measured: no attack fits here';
  const { lost, blockedBefore } = detectionLoss;
  if (blockedBefore === 0) return 'none: no attack was blocked here before';
  const whole = plural(blockedBefore, 'attack');
  return lost === 0
    ? `none of ${whole}`
    : `${formatCount(lost)} of ${whole} (${percentText(lossShare(exclusion) ?? 0)})`;
}

/** `35 %`, `under 1 %`. */
function percentText(share: number): string {
  return share > 0 && share < 0.01 ? 'under 1 %' : `${Math.round(share * 100)} %`;
}

/** `3 of 4 false positives`: those that pass now, of those that the engine refused before. */
export function clearedText({ cleared, stillBlocked }: Verification): string {
  const all = cleared.length + stillBlocked.length;
  return `${formatCount(cleared.length)} of ${plural(all, 'false positive')}`;
}

/** How narrow a scope is, in a word for the reader: nothing to say of one endpoint. */
export function widthText(exclusion: Exclusion): string {
  if (!isWider(exclusion)) return '';
  if (!isEndpoint(exclusion.scope)) return 'wider than one endpoint';
  return exclusion.variable === undefined ? 'wider than one field' : 'wider than a named field';
}
