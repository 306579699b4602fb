import {
  deepestSource,
  isSourceList,
  isSourceObject,
  type SourceObject,
  type SourceValue,
  Unresolved,
} from '../source-value.js';
import { unknownAtDeployment } from '../unknown-at-deployment.js';

/** What functions in a template may refer to. */
export interface TemplateScope {
  /** Logical ids of the sets and groups that statements refer to by ARN. */
  readonly arns: ReadonlySet<string>;
  readonly mappings: SourceObject;
}

type Resolve = (argument: SourceValue) => SourceValue;

/**
 * A value of a template with its functions worked out where that needs nothing but the template. The ARN of a set or
 * group of the same template becomes its logical id. Everything else is known at deployment only: parameters too, whose
 * defaults are no more than that.
 */
export function templateValue(value: SourceValue, scope: TemplateScope, depth = 0): SourceValue {
  if (depth > deepestSource) return new Unresolved('it is nested too deep');
  const resolve: Resolve = (inner) => templateValue(inner, scope, depth + 1);
  if (isSourceList(value)) return value.map(resolve).filter((item) => item !== null);
  if (!isSourceObject(value)) return value;
  const [only, ...others] = Object.entries(value);
  if (only !== undefined && others.length === 0 && isFunction(only[0])) return call(only[0], only[1], scope, resolve);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, resolve(inner)]));
}

function isFunction(key: string): boolean {
  return key === 'Ref' || key === 'Condition' || key.startsWith('Fn::');
}

function call(name: string, argument: SourceValue, scope: TemplateScope, resolve: Resolve): SourceValue {
  switch (name) {
    case 'Ref':
      return argument === 'AWS::NoValue' ? null : unknownAtDeployment(`\${${textOf(argument)}}`);
    case 'Fn::GetAtt':
      return getAttribute(argument, scope);
    case 'Fn::Join':
      return join(resolve(argument));
    case 'Fn::Sub':
      return substitute(argument);
    case 'Fn::Base64': {
      const text = resolve(argument);
      return typeof text === 'string' ? Buffer.from(text).toString('base64') : text;
    }
    case 'Fn::FindInMap':
      return findInMap(resolve(argument), scope);
    default:
      return unknownAtDeployment(name);
  }
}

function getAttribute(argument: SourceValue, { arns }: TemplateScope): SourceValue {
  const path = isSourceList(argument) ? argument.map(textOf).join('.') : textOf(argument);
  const resource = path.endsWith('.Arn') ? path.slice(0, -'.Arn'.length) : '';
  return arns.has(resource) ? resource : unknownAtDeployment(`\${${path}}`);
}

function join(argument: SourceValue): SourceValue {
  const [separator, parts] = isSourceList(argument) ? argument : [];
  if (typeof separator === 'string' && isSourceList(parts) && parts.every((part) => typeof part === 'string')) {
    return parts.join(separator);
  }
  return unknownAtDeployment('Fn::Join');
}

/** `${!name}` stands for itself without the exclamation mark. */
function substitute(argument: SourceValue): SourceValue {
  const text = isSourceList(argument) ? argument[0] : argument;
  if (typeof text !== 'string' || /\$\{(?!!)/.test(text)) return unknownAtDeployment(textOf(text ?? null));
  return text.replaceAll('${!', '${');
}

function findInMap(argument: SourceValue, { mappings }: TemplateScope): SourceValue {
  const path = isSourceList(argument) ? argument.map(textOf) : [];
  let found: SourceValue = mappings;
  for (const key of path) found = isSourceObject(found) && Object.hasOwn(found, key) ? (found[key] ?? null) : null;
  return path.length === 3 && found !== null ? found : unknownAtDeployment('Fn::FindInMap');
}

function textOf(value: SourceValue): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '…';
}
