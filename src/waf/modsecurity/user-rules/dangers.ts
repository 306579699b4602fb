import { type Directive, readValue, type Word } from '../exclusion-files/directives.js';
import type { Link, Statement } from '../exclusion-files/rules.js';
import type { ModsecurityVersion } from './modsecurity-version.js';

/** Something in a file of rules that runs a program or opens a connection. */
export interface Danger {
  /** Offset in the text of the file. */
  readonly start: number;
  /** As the user knows it, such as `exec:/usr/local/bin/alert.sh`. */
  readonly what: string;
  readonly does: string;
}

const runs = 'runs a program';
const connects = 'opens a connection';
const runsByShell = 'has a shell run a command while the file is read';

/** Actions that do more than refuse or note (ModSecurity reference manual, actions). */
const actionsThatAct: ReadonlyMap<string, string> = new Map([
  ['exec', runs],
  ['proxy', connects],
]);

/** Operators that do more than compare (ModSecurity reference manual, operators). */
const operatorsThatAct: ReadonlyMap<string, string> = new Map([
  ['inspectfile', runs],
  ['rbl', connects],
]);

/** Directives that do more than set something (ModSecurity reference manual, directives). */
const directivesThatAct: ReadonlyMap<string, string> = new Map([
  ['secrulescript', runs],
  ['secremoterules', connects],
  ['secguardianlog', runs],
]);

/** Operators whose argument is text to compare with, and never the name of a file. */
const comparing =
  /^(?:rx|rxglobal|pm|streq|strmatch|contains|containsword|beginswith|endswith|within|eq|ge|gt|le|lt|ipmatch|detectsqli|detectxss|unconditionalmatch|nomatch|validatebyterange|validateurlencoding|validateutf8encoding|validatehash|verifycc|verifycpf|verifyssn|verifysvnr|rsub|geolookup)$/;

/** Containers of Apache that say where or whether directives count, and do nothing else. */
const container =
  /^<\/?(?:IfModule|IfDefine|IfVersion|If|ElseIf|Else|Location|LocationMatch|Directory|DirectoryMatch|Files|FilesMatch|Limit|LimitExcept)\b/i;

const suspicious =
  /(?:^|[\s,"'])(?:exec|proxy)\s*:|@inspectFile|Sec(?:RuleScript|RemoteRules|GuardianLog|XmlExternalEntity)|@(?:pmF|ipMatchF|fuzzyHash|validate[DS])[^"]*(?:\$\(|`|:\/\/)|^\s*Include/im;

/** Whether a text has a word in it that can be dangerous where it is not meant as text. The Core Rule Set's own `@rbl` needs a key first. */
export function mayBeDangerous(text: string): boolean {
  return suspicious.test(text);
}

/** What a statement does beside judging requests. */
export function dangersOf(text: string, statement: Statement, engine: ModsecurityVersion): readonly Danger[] {
  if (statement.kind === 'rule') return statement.rule.links.flatMap((link) => dangersOfLink(text, link));
  return dangersOfDirective(text, statement.directive, engine);
}

function dangersOfLink(text: string, { directive, condition, actions }: Link): readonly Danger[] {
  const { start } = directive;
  const operator = condition === undefined ? [] : dangersOfOperator(start, condition.operator, condition.argument);
  const named = actions.flatMap((action): readonly Danger[] => {
    const does = actionsThatAct.get(action.name);
    return does === undefined ? [] : [{ start: action.start, what: `${action.name}:${action.value}`, does }];
  });
  const [, , ...lists] = directive.words;
  const others = named.length > 0 ? [] : lists.flatMap((word) => hiddenActions(text, word));
  return [...operator, ...named, ...others];
}

function dangersOfOperator(start: number, operator: string, argument: string): readonly Danger[] {
  const does = operatorsThatAct.get(operator);
  const what = `@${operator} ${argument}`;
  if (does !== undefined) return [{ start, what, does }];
  if (comparing.test(operator)) return [];
  return dangersOfFile(start, what, argument);
}

/**
 * libmodsecurity 3 expands the names of files as a shell does, commands in them included: to read
 * `@pmFromFile $(id)` is to run it.
 */
function dangersOfFile(start: number, what: string, name: string): readonly Danger[] {
  if (/\$\(|`/.test(name)) return [{ start, what, does: runsByShell }];
  return /^\s*["']?[a-z][a-z0-9+.-]*:\/\//i.test(name) ? [{ start, what, does: connects }] : [];
}

/** An action in a place where no engine should look for one: who reads configuration otherwise than we do may find it. */
function hiddenActions(text: string, word: Word): readonly Danger[] {
  const found = /(?:^|,)\s*'?(exec|proxy)\s*:[^,"]*/i.exec(readValue(text, word));
  const does = actionsThatAct.get(found?.[1]?.toLowerCase() ?? '');
  return found === null || does === undefined
    ? []
    : [{ start: word.start, what: found[0].replace(/^[,\s']+/, ''), does }];
}

function dangersOfDirective(text: string, directive: Directive, engine: ModsecurityVersion): readonly Danger[] {
  const { name, words, start } = directive;
  const key = name.toLowerCase();
  const values = words.map((word) => readValue(text, word));
  const what = [name, ...values].join(' ').slice(0, 200);
  const does = directivesThatAct.get(key);
  if (does !== undefined) return [{ start, what, does }];
  if (key === 'secxmlexternalentity' && /^on$/i.test(values[0] ?? '')) return [{ start, what, does: connects }];
  if (engine === 'modsecurity2' && !/^(?:Sec|Include)/i.test(name) && !container.test(name)) {
    return [{ start, what, does: 'is a directive of Apache, and those can run programs' }];
  }
  const files = /^SecRule(?:Remove|Update)|^SecComponentSignature$/i.test(name)
    ? []
    : values.flatMap((value) => dangersOfFile(start, what, value));
  return [...files.slice(0, 1), ...words.flatMap((word) => hiddenActions(text, word))];
}
