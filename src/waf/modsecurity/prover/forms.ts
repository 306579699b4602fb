import type { Form, HitPlace } from '../../../contract/prover.js';
import { formatVariable, type RuleHit, type RuleId, type Variable } from '../../../model/evidence.js';
import type { ChangeSetting, ExclusionScope, ReadBodyAs, RemoveTarget, Setting } from '../../../model/exclusion.js';
import type { FieldPath } from '../../../model/field.js';
import { hasPlaceholder } from '../../../model/placeholders.js';
import type { RequestSpec } from '../../../model/request.js';
import { type BodyContent, bodyContent } from '../../../request/body-content.js';
import { bodyReadings, chosenReading } from '../body-settings.js';
import { modsecurityFieldNames } from '../field-names.js';
import { hasJsonBody } from '../json-body.js';
import { readingOfUnread } from './body-forms.js';

/** What the forms of an exclusion depend on, beside the hit and its place. */
export interface FormSources {
  /** The setting with which a rule lets requests through, where one is the right thing to change. */
  settingFor(ruleId: RuleId, requests: readonly RequestSpec[]): Setting | undefined;
  /** The variables of a request that a rule looks at. */
  eligible(ruleId: RuleId, request: RequestSpec): readonly Variable[];
  /** Whether arguments of a request have the names that libmodsecurity 3 gives to those from JSON. */
  hasJsonNames?(request: RequestSpec): boolean;
}

/**
 * From narrow to wide: the setting that the rule compares with; the variable at the endpoint; another variable through
 * which the rule may be silenced there; all of them together; the variable at the path; in every request; and the rule
 * at the endpoint. A variable that the log does not tell cannot be excluded, but all that it may be can be together.
 */
export function formsOf(hit: RuleHit, place: HitPlace, sources: FormSources): readonly Form[] {
  const { method, path } = place.endpoint;
  const endpoint = { method, path };
  const { hasJsonNames = hasJsonBody } = sources;
  const json = hasJsonNames(place.request);
  const isUnknown = hit.variableSource === 'unknown';
  const known = isUnknown ? [] : [hit.variable].filter(isPlain);
  const others = isUnknown ? sources.eligible(hit.ruleId, place.request) : (hit.alternatives ?? []);
  const each = [...known, ...others.filter(isPlain)];
  const setting = sources.settingFor(hit.ruleId, place.refused);
  const fieldOf = modsecurityFieldNames.fieldsIn(place.request);
  const changeOf = (variable: Variable) => targetOf(variable, fieldOf(variable));
  const taken = (variables: readonly Variable[], scope: ExclusionScope) =>
    removal(variables.map(changeOf), scope, json);
  return [
    ...(setting === undefined ? [] : settingForms(setting, endpoint, place.request)),
    ...(isUnknown && each.length > 1 ? [] : each.flatMap((one) => taken([one], endpoint))),
    ...(each.length > 1 ? taken(each, endpoint) : []),
    ...known.flatMap((one) => taken([one], { path })),
    ...known.flatMap((one) => taken([one], {})),
    wholeRule(endpoint, hit),
  ];
}

/** A name that has the text of a placeholder in it could not be told from a template. */
function isPlain({ key = '' }: Variable): boolean {
  return !hasPlaceholder(key);
}

function targetOf(variable: Variable, field: FieldPath | undefined): RemoveTarget {
  return { effect: 'remove-target', variable, ...(field !== undefined && { field }) };
}

function removal([first, ...more]: readonly RemoveTarget[], scope: ExclusionScope, json: boolean): readonly Form[] {
  if (first === undefined) return [];
  const isJson = json && [first, ...more].some(({ variable }) => variable.collection.startsWith('ARGS'));
  const told = (change: RemoveTarget): RemoveTarget => (isJson ? { ...change, json: true } : change);
  return [
    {
      changes: [told(first), ...more.map(told)],
      scope,
      isWholeRule: false,
      isWide: scope.path === undefined || scope.method === undefined,
      done: takenText([first, ...more].map(({ variable }) => variable)),
    },
  ];
}

function takenText(variables: readonly Variable[]): string {
  return `${variables.map(formatVariable).join(' and ')} ${variables.length > 1 ? 'are' : 'is'} taken from it`;
}

/** A type that is allowed may be one whose bodies the engine does not read: then they are to be read as what they are. */
function settingForms(setting: Setting, scope: ExclusionScope, request: RequestSpec): readonly Form[] {
  const change: ChangeSetting = { effect: 'change-setting', setting };
  const done = `${setting.written ?? setting.name} is ${setting.value}`;
  const form: Form = { changes: [change], scope, isWholeRule: false, isWide: false, done };
  const content = setting.name === contentTypes ? bodyContent(request) : 'none';
  if (content === 'none' || chosenReading(request).reading !== undefined) return [form];
  const reading = readingOfUnread(request);
  const unread = { ...form, isWide: true, because: unreadBecause(content) };
  if (reading === undefined) return [unread];
  const guard: ReadBodyAs = { effect: 'read-body-as', reading, guards: true };
  const asWhole = `${done} and the body is read as ${bodyReadings[reading].name}`;
  return [{ ...form, changes: [change, guard], done: asWhole }, unread];
}

/** The setting whose words are types of bodies. */
const contentTypes = 'allowed_request_content_type';

function unreadBecause(content: BodyContent): string {
  const what =
    content === 'compressed' || content === 'binary'
      ? `the body is ${content}`
      : 'the engine does not read such a body';
  return `${what}: rules that look at single fields do not see what is in it`;
}

function wholeRule(scope: ExclusionScope, { ruleId, variable, variableSource }: RuleHit): Form {
  const ofChain = variableSource === 'unknown' && variable.collection === 'TX';
  const because = `the chain of rule ${ruleId} looks at ${formatVariable(variable)}, which the engine fills itself: a variable of a chain cannot be excluded`;
  return {
    changes: [{ effect: 'remove-rule' }],
    scope,
    isWholeRule: true,
    isWide: true,
    ...(ofChain && { because }),
    done: 'it is removed',
  };
}
