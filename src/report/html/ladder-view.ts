import { formatVariable, type RuleId, type Variable } from '../../model/evidence.js';
import type { Exclusion, LadderStep, RemoveTarget } from '../../model/exclusion.js';
import { groupBy } from '../../util/group-by.js';
import { placeText, targetText } from '../exclusion-texts.js';
import { plural } from '../run-texts.js';
import { countOver, shownText } from './page-text.js';

const maxRungs = 12;
const maxRules = 6;

const outcomeTexts: Readonly<Record<LadderStep['outcome'], string>> = {
  chosen: 'chosen',
  impossible: 'impossible',
  insufficient: 'not enough',
  wider: 'not needed',
};

/** The forms that an exclusion could take, narrowest first. */
export interface LadderView {
  readonly any: boolean;
  readonly summary: string;
  readonly rungs: readonly RungView[];
  readonly more: string;
}

/** One form, and why it is or is not the one. */
export interface RungView {
  readonly form: string;
  readonly outcome: LadderStep['outcome'];
  readonly label: string;
  readonly reason: string;
  /** The rules that it is about, where they are not all. */
  readonly rules: string;
}

/** Prepares the ladder of an exclusion, all of it or what concerns one rule. */
export function viewLadder(exclusion: Exclusion, ruleId?: RuleId): LadderView {
  const { ladder = [] } = exclusion;
  const steps = ruleId === undefined ? ladder : ladder.filter(({ ruleIds }) => ruleIds.includes(ruleId));
  const told = exclusion.effect === 'remove-target' ? steps.map((step) => ofAnyElement(step, exclusion)) : steps;
  const rungs = mergeSteps(told, exclusion, ruleId === undefined);
  const shown = withChosen(rungs);
  return {
    any: rungs.length > 0,
    summary: summarise(rungs),
    rungs: shown,
    more: countOver(rungs.length, shown.length),
  };
}

function summarise(rungs: readonly RungView[]): string {
  const narrower = rungs.filter(({ outcome }) => outcome === 'impossible' || outcome === 'insufficient').length;
  if (narrower > 0) return `${plural(narrower, 'narrower form')} will not do`;
  return rungs.length === 1 ? 'the only form' : `the narrowest of ${plural(rungs.length, 'form')}`;
}

/** The first forms, and the chosen one among them. */
function withChosen(rungs: readonly RungView[]): readonly RungView[] {
  const chosen = rungs.findIndex(({ outcome }) => outcome === 'chosen');
  const [last] = rungs.slice(chosen, chosen + 1);
  return chosen < maxRungs || last === undefined ? rungs.slice(0, maxRungs) : [...rungs.slice(0, maxRungs - 1), last];
}

/** What is true of every element of an array is told once. */
function ofAnyElement(step: LadderStep, { variable: general, elementVariables = [] }: RemoveTarget): LadderStep {
  const { variables, reason } = step;
  const elements = new Set(elementVariables.map(formatVariable));
  const told = { ...step, variables: variables.map((one) => (elements.has(formatVariable(one)) ? general : one)) };
  return reason === undefined ? told : { ...told, reason: withName(reason, elementVariables, general) };
}

/** A longer name may begin with a shorter one. */
function withName(reason: string, elements: readonly Variable[], { key: general = '' }: Variable): string {
  const names = elements.map(({ key = '' }) => key).sort((a, b) => b.length - a.length);
  return names.reduce((text, name) => (name === '' ? text : text.replaceAll(name, () => general)), reason);
}

function mergeSteps(steps: readonly LadderStep[], exclusion: Exclusion, namesRules: boolean): readonly RungView[] {
  const same = groupBy(steps, (step) => JSON.stringify([formText(step, exclusion), step.outcome, step.reason ?? '']));
  return [...same.values()].flatMap((group) =>
    group.slice(0, 1).map((step) => {
      const ruleIds = new Set(group.flatMap((one) => one.ruleIds));
      return {
        form: shownText(formText(step, exclusion)),
        outcome: step.outcome,
        label: outcomeTexts[step.outcome],
        reason: shownText(step.reason ?? ''),
        rules: namesRules && ruleIds.size < exclusion.ruleIds.length ? rulesText([...ruleIds]) : '',
      };
    }),
  );
}

function rulesText(ruleIds: readonly RuleId[]): string {
  const more = countOver(ruleIds.length, maxRules);
  const shown = ruleIds.slice(0, maxRules).join(', ');
  return more === '' ? shown : `${shown} and ${more} more`;
}

/** `ARGS:comment at POST /api/comments`. */
function formText({ effect, variables, scope }: LadderStep, exclusion: Exclusion): string {
  return `${whatText(effect, variables.map(formatVariable), exclusion)} ${placeText(scope)}`;
}

function whatText(effect: LadderStep['effect'], variables: readonly string[], exclusion: Exclusion): string {
  switch (effect) {
    case 'remove-rule':
      return 'the whole rule';
    case 'remove-target':
      return variables.join(' and ');
    case 'read-body-as':
    case 'raise-limit':
    case 'leave-body-unread':
    case 'change-setting':
    case 'count-and-reblock':
    case 'scope-down':
    case 'narrow-rule':
    case 'count-only':
      return exclusion.effect === effect ? targetText(exclusion) : otherTexts[effect];
  }
}

/** Forms that are another exclusion's, or nobody's. */
const otherTexts = {
  'change-setting': 'a setting of the rule set',
  'read-body-as': 'the body read as something else',
  'raise-limit': 'a limit',
  'leave-body-unread': 'the body not looked at when it cannot be parsed',
  'count-and-reblock': 'the rule counted, and its label blocked elsewhere',
  'scope-down': 'the whole group',
  'narrow-rule': 'the whole rule',
  'count-only': 'the rule counted',
} as const;
