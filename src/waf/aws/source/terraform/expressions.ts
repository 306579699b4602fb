import {
  deepestSource,
  isSourceList,
  isSourceObject,
  type SourceObject,
  type SourceValue,
  Unresolved,
} from '../source-value.js';
import { unknownAtDeployment } from '../unknown-at-deployment.js';

/** What expressions of a module may refer to. */
export interface SourceScope {
  readonly variables: SourceObject;
  readonly locals: SourceObject;
  /** What has been worked out of them, each once. */
  readonly known: Map<string, SourceValue>;
}

/** Texts made of texts may grow without end. */
const longestText = 100_000;

const arnOfResource = /^(aws_wafv2_(?:ip_set|regex_pattern_set|rule_group)\.[\w-]+)\.arn$/;
const namedValue = /^(var|local)\.([\w-]+)$/;

/** The defaults of variables, and the locals, of all files of a module. */
export function sourceScope(files: readonly SourceValue[]): SourceScope {
  const objects = files.filter(isSourceObject);
  const variables = objects.flatMap(({ variable }) => (isSourceObject(variable) ? Object.entries(variable) : []));
  const defaults = variables.flatMap(([name, block]) => {
    const [settings] = isSourceList(block) ? block : [block];
    return isSourceObject(settings) && settings['default'] !== undefined ? [[name, settings['default']] as const] : [];
  });
  const locals = objects.flatMap(({ locals }) => (isSourceList(locals) ? locals : [locals ?? null]));
  return {
    variables: Object.fromEntries(defaults),
    locals: Object.assign({}, ...locals.filter(isSourceObject)),
    known: new Map(),
  };
}

/** A value with its expressions worked out where that needs nothing but names of the module. */
export function sourceValue(value: SourceValue, scope: SourceScope, depth = 0): SourceValue {
  if (depth > deepestSource) return new Unresolved('it is nested too deep');
  if (typeof value === 'string') return textValue(value, scope, depth);
  if (isSourceList(value)) return value.map((item) => sourceValue(item, scope, depth + 1));
  if (!isSourceObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, sourceValue(inner, scope, depth + 1)]));
}

/** `${expression}` by itself keeps its type; among other text it must be one that can stand there. `$${` is `${`, `%%{` is `%{`. */
function textValue(text: string, scope: SourceScope, depth: number): SourceValue {
  if (!text.includes('${') && !text.includes('%{')) return text;
  const whole = /^\$\{([^{}]*)\}$/.exec(text)?.[1];
  if (whole !== undefined) return expressionValue(whole.trim(), scope, depth);
  const parts = text.split(/(\$\$\{|%%\{|\$\{[^{}]*\})/);
  const values = parts.map((part) => partValue(part, scope, depth));
  const isText = values.every((part) => typeof part === 'string' || typeof part === 'number');
  const joined = isText ? values.join('') : undefined;
  return joined === undefined || joined.length > longestText ? unknownAtDeployment(text) : joined;
}

function partValue(part: string, scope: SourceScope, depth: number): SourceValue {
  if (part === '$${' || part === '%%{') return part.slice(1);
  const expression = /^\$\{([^{}]*)\}$/.exec(part)?.[1];
  if (expression !== undefined) return expressionValue(expression.trim(), scope, depth);
  return part.includes('${') || part.includes('%{') ? unknownAtDeployment(part) : part;
}

function expressionValue(expression: string, scope: SourceScope, depth: number): SourceValue {
  const resource = arnOfResource.exec(expression)?.[1];
  if (resource !== undefined) return resource;
  const known = scope.known.get(expression);
  if (known !== undefined) return known;
  scope.known.set(expression, unknownAtDeployment(expression));
  const value = simple(namedIn(expression, scope), scope, depth) ?? unknownAtDeployment(expression);
  scope.known.set(expression, value);
  return value;
}

function namedIn(expression: string, { variables, locals }: SourceScope): SourceValue | undefined {
  const [, kind, name = ''] = namedValue.exec(expression) ?? [];
  const values = kind === 'var' ? variables : kind === 'local' ? locals : {};
  return Object.hasOwn(values, name) ? values[name] : undefined;
}

/** A single value, or a list of such; what holds more is left to Terraform. */
function simple(value: SourceValue | undefined, scope: SourceScope, depth: number): SourceValue | undefined {
  if (value === undefined || value === null || isSourceObject(value)) return undefined;
  const resolved = sourceValue(value, scope, depth + 1);
  return isSourceList(resolved) && !resolved.every(isSingle) ? undefined : resolved;
}

function isSingle(value: SourceValue): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
