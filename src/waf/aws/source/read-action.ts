import type { Pair } from '../../../model/request.js';
import type { ActionOverride, CustomResponse, RuleAction } from '../acl/rule-action.js';
import {
  complete,
  each,
  listIn,
  numberIn,
  onlyKeyOf,
  optionalObjectIn,
  optionalTextIn,
  quoted,
  strangerIn,
  textIn,
} from './parts.js';
import { isSourceObject, memberOf, type SourceObject, type SourceValue, Unresolved } from './source-value.js';

const passing = { Allow: 'allow', Count: 'count', Captcha: 'captcha', Challenge: 'challenge' } as const;

/** Reads `Action`, `DefaultAction` and `ActionToUse`. What is not understood is an action of its own kind, `unknown`. */
export function readAction(value: SourceValue | undefined): RuleAction {
  const action = understand(value);
  return action instanceof Unresolved ? { kind: 'unknown', why: action.why } : action;
}

function understand(value: SourceValue | undefined): RuleAction | Unresolved {
  if (value instanceof Unresolved) return value;
  if (!isSourceObject(value)) return new Unresolved('the action is missing');
  const key = onlyKeyOf(value, 'the action');
  if (key instanceof Unresolved) return key;
  const settings = memberOf(value, key);
  if (settings instanceof Unresolved) return settings;
  if (!isSourceObject(settings)) return new Unresolved(`${quoted(key)} is no mapping`);
  return key === 'Block' ? readBlock(settings) : readPassing(key, settings);
}

function readPassing(key: string, settings: SourceObject): RuleAction | Unresolved {
  const kind = Object.entries(passing).find(([name]) => name === key)?.[1];
  if (kind === undefined) return new Unresolved(`the action ${quoted(key)} is not known here`);
  const handling = optionalObjectIn(settings, 'CustomRequestHandling') ?? {};
  const stranger = strangerIn(settings, ['CustomRequestHandling'], key);
  if (stranger !== undefined || handling instanceof Unresolved) return stranger ?? (handling as Unresolved);
  return complete({ kind, insertHeaders: readHeaders(handling, 'InsertHeaders') });
}

function readBlock(settings: SourceObject): RuleAction | Unresolved {
  const stranger = strangerIn(settings, ['CustomResponse'], 'Block');
  const custom = optionalObjectIn(settings, 'CustomResponse');
  if (stranger !== undefined || custom instanceof Unresolved) return stranger ?? (custom as Unresolved);
  return custom === undefined
    ? { kind: 'block' }
    : complete({ kind: 'block' as const, response: readResponse(custom) });
}

function readResponse(custom: SourceObject): CustomResponse | Unresolved {
  const bodyKey = optionalTextIn(custom, 'CustomResponseBodyKey');
  return complete({
    status: numberIn(custom, 'ResponseCode'),
    headers: readHeaders(custom, 'ResponseHeaders'),
    ...(bodyKey !== undefined && { bodyKey }),
  });
}

function readHeaders(object: SourceObject, key: string): readonly Pair[] | Unresolved {
  const list = listIn(object, key);
  if (list instanceof Unresolved) return list;
  return each(list, (item): Pair | Unresolved => {
    if (!isSourceObject(item)) return item instanceof Unresolved ? item : new Unresolved(`${key} holds no header`);
    const header = complete({ name: textIn(item, 'Name'), value: textIn(item, 'Value') });
    return header instanceof Unresolved ? header : [header.name, header.value];
  });
}

/** Reads `RuleActionOverrides` and the old `ExcludedRules` of a reference to a group. */
export function readOverrides(statement: SourceObject): readonly ActionOverride[] | Unresolved {
  const overrides = readNamed(statement, 'RuleActionOverrides');
  const excluded = readNamed(statement, 'ExcludedRules');
  if (overrides instanceof Unresolved) return overrides;
  if (excluded instanceof Unresolved) return excluded;
  return [
    ...overrides.map(({ rule, item }) => ({ rule, action: readAction(memberOf(item, 'ActionToUse')) })),
    ...excluded.map(({ rule }) => ({ rule, action: counting, isExcludedRule: true as const })),
  ];
}

const counting: RuleAction = { kind: 'count', insertHeaders: [] };

function readNamed(statement: SourceObject, key: string) {
  const list = listIn(statement, key);
  if (list instanceof Unresolved) return list;
  return each(list, (item) => {
    if (!isSourceObject(item)) return item instanceof Unresolved ? item : new Unresolved(`${key} holds no rule`);
    return complete({ rule: textIn(item, 'Name'), item });
  });
}
