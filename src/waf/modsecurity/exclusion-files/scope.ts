import type { Condition, Rule } from './rules.js';

/** What a rule compares the path of a request with. */
export interface PathScope {
  /**
   * - `exact`: this path and no other.
   * - `prefix`: all paths that begin like this.
   * - `subtree`: this path and all below it.
   * - `pattern`: a regular expression that is anchored at both ends.
   * - `loose`: paths that have this anywhere in them, or end in it; a regular expression with an open end.
   */
  readonly kind: 'exact' | 'prefix' | 'subtree' | 'pattern' | 'loose';
  readonly text: string;
}

/** The requests that a rule acts on, as far as its conditions can be understood. */
export interface RuleScope {
  readonly path?: PathScope;
  /** The only method. */
  readonly method?: string;
  /** There is a condition on the method, though not one for a single method. */
  readonly limitsMethod: boolean;
  /** There are conditions on something else. */
  readonly limitsOther: boolean;
}

export const everywhere: RuleScope = { limitsMethod: false, limitsOther: false };

/** Reads the conditions of all links of a chain. Several on the path make a scope that is not understood. */
export function scopeOf({ links }: Rule): RuleScope {
  const conditions = links.flatMap(({ condition }) => condition ?? []);
  const methods = conditions.filter(isMethod);
  const paths = conditions.filter((one) => isPath(one) && pathScope(one) !== undefined);
  const [path] = paths.map(pathScope);
  const [method] = methods.flatMap(onlyMethod);
  return {
    ...(paths.length === 1 && path !== undefined && { path }),
    ...(methods.length === 1 && method !== undefined && { method }),
    limitsMethod: methods.length > 0,
    limitsOther: conditions.length > methods.length + paths.length || paths.length > 1,
  };
}

function isMethod({ variables }: Condition): boolean {
  return variables.toUpperCase() === 'REQUEST_METHOD';
}

function onlyMethod({ operator, argument, negated, transformed }: Condition): readonly string[] {
  if (negated || transformed) return [];
  const [, name] = operator === 'rx' ? (/^\^([A-Z]+)\$$/.exec(argument) ?? []) : [];
  return operator === 'streq' ? [argument] : name === undefined ? [] : [name];
}

export function isPath({ variables }: Condition): boolean {
  return /^REQUEST_(?:FILENAME|URI|URI_RAW|BASENAME)$/i.test(variables);
}

/** Nothing where a condition on the path cannot be understood. */
export function pathScope({ operator, argument, negated, transformed, variables }: Condition): PathScope | undefined {
  if (negated || (transformed && operator === 'streq')) return undefined;
  if (/BASENAME$/i.test(variables) || ['contains', 'containsword', 'endswith', 'strmatch', 'pm'].includes(operator)) {
    return { kind: 'loose', text: argument };
  }
  if (operator === 'streq') return { kind: 'exact', text: argument };
  if (operator === 'beginswith') return { kind: 'prefix', text: argument };
  return operator === 'rx' ? patternScope(argument) : undefined;
}

function patternScope(pattern: string): PathScope {
  const [, start, middle = '', end] = /^(\^|\\A)?(.*?)(\$|\\z|\((?:\?:)?\/\|\$\))?$/s.exec(pattern) ?? [];
  if (start === undefined) return { kind: 'loose', text: pattern };
  const text = literalOf(middle);
  if (text === undefined) return { kind: end === undefined ? 'loose' : 'pattern', text: pattern };
  if (end?.startsWith('(')) return { kind: 'subtree', text };
  return { kind: end === undefined ? 'prefix' : 'exact', text };
}

/** The text that a pattern without any choice stands for. */
function literalOf(pattern: string): string | undefined {
  if (!/^(?:[\w/~-]|\\[./~-]|\\x[0-9a-fA-F]{2})*$/.test(pattern)) return undefined;
  const bytes = pattern
    .replace(/\\([./~-])/g, '$1')
    .replace(/\\x(..)/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

/** Whether a rule of a scope acts on a request; nothing where that cannot be told. */
export function scopeHolds(
  { path, method, limitsMethod, limitsOther }: RuleScope,
  request: { readonly method: string; readonly path: string },
): boolean | undefined {
  if (method !== undefined && method !== request.method) return false;
  const onPath = path === undefined ? true : pathHolds(path, request.path);
  if (onPath === false) return false;
  return limitsOther || onPath === undefined || (limitsMethod && method === undefined) ? undefined : true;
}

function pathHolds({ kind, text }: PathScope, path: string): boolean | undefined {
  const decoded = decodePath(path);
  if (kind === 'exact') return decoded === text;
  if (kind === 'prefix') return decoded.startsWith(text);
  if (kind === 'subtree') return decoded === text || decoded.startsWith(`${text}/`);
  return undefined;
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
