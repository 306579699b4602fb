import { formatVariable } from '../model/evidence.js';
import type { EngineLimit, Exclusion, ExclusionOutcome, ExclusionScope } from '../model/exclusion.js';
import { isEndpoint, isWider, lossShare } from './exclusion-groups.js';
import { formatCount, plural } from './run-texts.js';

/** `POST /api/comments`, `/api/comments with every method`, `every request`. */
export function scopeText({ method, path }: ExclusionScope): string {
  if (method !== undefined) return `${method} ${path ?? 'on every path'}`;
  return path === undefined ? 'every request' : `${path} with every method`;
}

/** `at POST /api/comments`, `in every request`. */
export function placeText(scope: ExclusionScope): string {
  return `${scope.path === undefined ? 'in' : 'at'} ${scopeText(scope)}`;
}

/** What an exclusion takes away or changes: `ARGS:comment`, `rule 933100`, `3 rules`, `TX:allowed_methods = GET POST`. */
export function targetText(exclusion: Exclusion): string {
  const { ruleIds } = exclusion;
  switch (exclusion.effect) {
    case 'change-setting':
      return `${exclusion.setting.written ?? exclusion.setting.name} = ${exclusion.setting.value}`;
    case 'remove-target':
      return formatVariable(exclusion.variable);
    case 'read-body-as':
      return `body read as ${exclusion.reading === 'form' ? 'a form' : exclusion.reading.toUpperCase()}`;
    case 'raise-limit':
      return `${limitTexts[exclusion.limit]} up to ${formatCount(exclusion.value)}`;
    case 'leave-body-unread':
      return 'body not looked at when it cannot be parsed';
    case 'count-and-reblock':
      return `rule ${exclusion.groupRule} of ${exclusion.aclRule}`;
    case 'scope-down':
      return `all rules of ${exclusion.aclRule}`;
    case 'narrow-rule':
      return `rule ${exclusion.aclRule}`;
    case 'count-only':
      return `rule ${exclusion.groupRule ?? exclusion.aclRule}, which only counts then,`;
    case 'remove-rule':
      return ruleIds.length === 1 ? `rule ${ruleIds.join()}` : plural(ruleIds.length, 'rule');
  }
}

const limitTexts: Readonly<Record<EngineLimit, string>> = {
  body: 'bytes of a body',
  'body-without-files': 'bytes of a body without its files',
  'json-depth': 'levels of JSON',
  arguments: 'arguments',
  matching: 'steps of a regular expression',
};

/** `ARGS:comment at POST /api/comments`. */
export function exclusionText(exclusion: Exclusion): string {
  return `${targetText(exclusion)} ${placeText(exclusion.scope)}`;
}

/** Which elements `array_*` stands for, where the name of a variable has it. */
export function elementsText(exclusion: Exclusion): string {
  if (exclusion.effect !== 'remove-target' || exclusion.elements === undefined) return '';
  return `first ${plural(exclusion.elements, 'element')} of each array`;
}

/** `15 fields at 9 endpoints, 1 setting, 2 wider`. */
export function extentText(exclusions: readonly Exclusion[]): string {
  const narrow = exclusions.filter((exclusion) => !isWider(exclusion));
  const bodies = narrow.filter(({ effect }) => effect === 'read-body-as');
  const settings = narrow.filter(({ effect }) => effect === 'change-setting' || effect === 'raise-limit').length;
  const fields = narrow.filter(({ effect }) => effect === 'remove-target');
  const rules = narrow.filter(({ effect }) => effect === 'count-and-reblock' || effect === 'narrow-rule');
  const wider = exclusions.length - narrow.length;
  const parts = [
    ...(fields.length > 0 ? [`${plural(fields.length, 'field')} at ${endpointsText(fields)}`] : []),
    ...(rules.length > 0 ? [`${plural(rules.length, 'rule')} at ${endpointsText(rules)}`] : []),
    ...(bodies.length > 0 ? [`${plural(bodies.length, 'body', 'bodies')} read as what they are`] : []),
    ...(settings > 0 ? [plural(settings, 'setting')] : []),
    ...(wider > 0 ? [`${formatCount(wider)} wider`] : []),
  ];
  return parts.join(', ');
}

function endpointsText(exclusions: readonly Exclusion[]): string {
  return plural(new Set(exclusions.map(({ scope }) => JSON.stringify(scope))).size, 'endpoint');
}

/** `732 of 2,084 attacks (35 %)`, or why there is no such number. */
export function lossText(exclusion: Exclusion): string {
  const { detectionLoss } = exclusion;
  if (exclusion.effect === 'raise-limit') return 'none: rules look at all of what is longer too';
  if (detectionLoss === undefined) return 'not measured: no attack fits here';
  const { lost, blockedBefore, undecided = 0 } = detectionLoss;
  if (blockedBefore === 0) {
    return undecided > 0
      ? `not known: of ${plural(undecided, 'attack')} it cannot be decided, since the rules are not public`
      : 'none: no attack was blocked here before';
  }
  const whole = plural(blockedBefore, 'attack');
  const open = undecided > 0 ? `; of ${formatCount(undecided)} more it cannot be decided` : '';
  return lost === 0
    ? `none of ${whole}${open}`
    : `${formatCount(lost)} of ${whole} (${percentText(lossShare(exclusion) ?? 0)})${open}`;
}

/** `35 %`, `under 1 %`. */
function percentText(share: number): string {
  return share > 0 && share < 0.01 ? 'under 1 %' : `${Math.round(share * 100)} %`;
}

/** `3 of 4 false positives`: those that pass now, of those that the engine refused before. */
export function clearedText({ cleared, stillBlocked }: ExclusionOutcome): string {
  const all = cleared.length + stillBlocked.length;
  return `${formatCount(cleared.length)} of ${plural(all, 'false positive')}`;
}

/** How narrow a scope is, in a word for the reader: nothing to say of one endpoint. */
export function widthText(exclusion: Exclusion): string {
  if (!isWider(exclusion)) return '';
  if (!isEndpoint(exclusion.scope)) return 'wider than one endpoint';
  return exclusion.effect === 'remove-rule' ? 'wider than one field' : 'wider than a named field';
}
