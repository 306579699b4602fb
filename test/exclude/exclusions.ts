import { formatVariable, type RuleHit, type RuleId, type Variable } from '../../src/model/evidence.js';
import type { ChangeSetting, Exclusion, ExclusionScope, LadderStep, RemoveTarget } from '../../src/model/exclusion.js';

/** Where exclusions act on which a test says nothing else. */
export const endpoint = { method: 'POST', path: '/a' };

/** What a test may say of an exclusion beside what it does. */
export interface Details {
  readonly id?: string;
  readonly scope?: ExclusionScope;
  readonly findings?: readonly string[];
}

/** `ARGS:comment` as a variable. */
export function variable(name: string): Variable {
  const [, collection = name, key] = /^([^:]+):(.*)$/.exec(name) ?? [];
  return key === undefined ? { collection } : { collection, key };
}

/** Takes a variable from rules; its id is the variable's name. */
export function withoutVariable(
  name: string,
  ruleIds: readonly RuleId[],
  details: Details & { readonly json?: true } = {},
): Exclusion {
  const what = { effect: 'remove-target', ruleIds, variable: variable(name), scope: endpoint } as const;
  return { id: name, findings: [], ...what, ...details };
}

/** Takes rules away. */
export function withoutRules(ruleIds: readonly RuleId[], details: Details = {}): Exclusion {
  return { id: 'rules', findings: [], effect: 'remove-rule', ruleIds, scope: endpoint, ...details };
}

/** Changes a setting that rules compare with. */
export function withSetting(name: string, value: string, ruleIds: readonly RuleId[], details: Details = {}): Exclusion {
  const what = { effect: 'change-setting', ruleIds, setting: { name, value }, scope: endpoint } as const;
  return { id: name, findings: [], ...what, ...details };
}

/** `1, 2 without ARGS:x at POST /a`. */
export function inWords(exclusion: Exclusion): string {
  return `${exclusion.ruleIds.join(', ')} ${changeInWords(exclusion)} ${whereInWords(exclusion.scope)}`;
}

function changeInWords(exclusion: Exclusion): string {
  switch (exclusion.effect) {
    case 'change-setting':
      return `with ${exclusion.setting.name}=${exclusion.setting.value}`;
    case 'remove-target':
      return `without ${formatVariable(exclusion.variable)}`;
    case 'remove-rule':
      return 'removed';
    case 'read-body-as':
      return `with the body as ${exclusion.reading}`;
    case 'raise-limit':
      return `with ${exclusion.limit} of ${exclusion.value}`;
    case 'leave-body-unread':
      return 'with the body unread';
    default:
      return exclusion.effect;
  }
}

/** The forms that were considered for an exclusion: `chosen: 1, 2 without ARGS:x at POST /a`. */
export function ladderInWords({ ladder = [] }: Exclusion): readonly string[] {
  return ladder.map(rungInWords);
}

function rungInWords({ effect, ruleIds, variables, scope, outcome }: LadderStep): string {
  const names = variables.map(formatVariable).join(' and ');
  const what = {
    'remove-target': `without ${names}`,
    'remove-rule': 'removed',
    'change-setting': 'with a setting',
    'read-body-as': 'with the body as something else',
    'raise-limit': 'with a limit',
    'leave-body-unread': 'with the body unread',
    'count-and-reblock': 'counted, and blocked elsewhere',
    'scope-down': 'with the group scoped down',
    'narrow-rule': 'narrowed',
    'count-only': 'counted',
  };
  return `${outcome}: ${ruleIds.join(', ')} ${what[effect]} ${whereInWords(scope)}`;
}

/** `at POST /a`. */
export function whereInWords({ method, path }: ExclusionScope): string {
  const where = [method, path].filter((part) => part !== undefined).join(' ');
  return where === '' ? 'everywhere' : `at ${where}`;
}

/** A rule's hit on a variable. */
export function hitOf(ruleId: RuleHit['ruleId'], name: string, parts: Partial<RuleHit> = {}): RuleHit {
  return { ruleId, message: '', tags: [], variable: variable(name), variableSource: 'logged', ...parts };
}

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
