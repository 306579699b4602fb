import { type Directive, type DirectiveSpan, readDirectives, readValue, type Word } from './directives.js';
import { type ItemList, splitItems } from './items.js';

/** An action of a rule, such as `ctl:ruleRemoveById=942100`. Names are in lower case. */
export interface Action extends DirectiveSpan {
  readonly name: string;
  readonly value: string;
}

/** What a `SecRule` compares, such as `REQUEST_FILENAME` with `@streq /save`. */
export interface Condition {
  /** As written, such as `ARGS|!ARGS:a`. */
  readonly variables: string;
  /** Without `@`, in lower case. */
  readonly operator: string;
  readonly argument: string;
  readonly negated: boolean;
  /** The variables are changed before they are compared, as by `t:lowercase`. */
  readonly transformed: boolean;
}

/** One `SecRule` or `SecAction`; the first of a chain or one behind it. */
export interface Link {
  readonly directive: Directive;
  /** Absent for `SecAction`. */
  readonly condition?: Condition;
  readonly actions: readonly Action[];
  readonly list: ItemList;
}

/** A rule with all links of its chain. */
export interface Rule {
  readonly id?: number;
  /** 1 to 5; 2 where the rule names none, as in the engines. */
  readonly phase: number;
  readonly links: readonly [Link, ...Link[]];
}

/** What a configuration text is made of: rules, and directives that are none. */
export type Statement =
  | { readonly kind: 'rule'; readonly rule: Rule }
  | { readonly kind: 'directive'; readonly directive: Directive };

/** Reads a configuration text. What makes no sense as a rule is one all the same, without number and actions. */
export function readStatements(text: string): readonly Statement[] {
  const statements: Statement[] = [];
  let open: [Link, ...Link[]] | undefined;
  for (const directive of readDirectives(text)) {
    const link = readLink(text, directive);
    if (link === undefined) statements.push({ kind: 'directive', directive });
    else if (open === undefined) open = [link];
    else open.push(link);
    const isComplete = link === undefined || !link.actions.some(({ name }) => name === 'chain');
    if (open !== undefined && isComplete) statements.push({ kind: 'rule', rule: toRule(open) });
    if (isComplete) open = undefined;
  }
  if (open !== undefined) statements.push({ kind: 'rule', rule: toRule(open) });
  return statements;
}

function toRule(links: readonly [Link, ...Link[]]): Rule {
  const [{ actions }] = links;
  const id = actionValue(actions, 'id');
  return {
    ...(id !== undefined && /^\d{1,10}$/.test(id) && { id: Number(id) }),
    phase: phaseOf(actionValue(actions, 'phase')),
    links,
  };
}

export function actionValue(actions: readonly Action[], name: string): string | undefined {
  return actions.find((action) => action.name === name)?.value;
}

function phaseOf(text = '2'): number {
  const names: Readonly<Record<string, number>> = { request: 2, response: 4, logging: 5 };
  return names[text.toLowerCase()] ?? (/^[1-5]$/.test(text) ? Number(text) : 2);
}

function readLink(text: string, directive: Directive): Link | undefined {
  const { words } = directive;
  if (/^SecAction$/i.test(directive.name)) return linkOf(text, directive, words[0]);
  if (!/^SecRule$/i.test(directive.name)) return undefined;
  const [variables, operator, list] = words;
  const link = linkOf(text, directive, list);
  if (variables === undefined || operator === undefined) return link;
  const transformed = link.actions.some(({ name, value }) => name === 't' && value.toLowerCase() !== 'none');
  const condition = { ...readOperator(readValue(text, operator)), variables: readValue(text, variables), transformed };
  return { ...link, condition };
}

function linkOf(text: string, directive: Directive, word: Word | undefined): Link {
  const items = word === undefined ? [] : splitItems(text, word, ',');
  const actions = items.map((item) => readAction(text, item));
  // Between quotes nothing is a list too, and without them libmodsecurity 3 takes the next rule for one.
  const whole = word ?? { start: directive.end, end: directive.end };
  return { directive, actions, list: { items, whole } };
}

function readAction(text: string, item: DirectiveSpan): Action {
  const all = readValue(text, item);
  const colon = all.indexOf(':');
  const name = (colon < 0 ? all : all.slice(0, colon)).trim().toLowerCase();
  return { ...item, name, value: colon < 0 ? '' : unquote(all.slice(colon + 1).trim()) };
}

function unquote(text: string): string {
  return text.length > 1 && text.startsWith("'") && text.endsWith("'") ? text.slice(1, -1) : text;
}

/** `!@streq /save`; text without `@` is a regular expression. */
function readOperator(text: string): Pick<Condition, 'operator' | 'argument' | 'negated'> {
  const negated = text.startsWith('!');
  const rest = negated ? text.slice(1).trimStart() : text;
  if (!rest.startsWith('@')) return { operator: 'rx', argument: rest, negated };
  const blank = rest.search(/\s/);
  const name = blank < 0 ? rest.slice(1) : rest.slice(1, blank);
  return { operator: name.toLowerCase(), argument: blank < 0 ? '' : rest.slice(blank).trim(), negated };
}
