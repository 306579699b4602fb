import { formatVariable, type Variable } from '../../../model/evidence.js';
import type { ChangeSetting, Exclusion, ExclusionScope } from '../../../model/exclusion.js';
import { hasPlaceholder } from '../../../model/placeholders.js';
import { namesFor } from './engine-names.js';
import { decodePath, pathCondition, utf8Text } from './paths.js';
import { isPortable } from './patterns.js';
import type { EngineName } from './rule-dialect.js';
import { isRuntimeName } from './spelling.js';

/** Collections in which a target without a name would stand for everything in them. */
const keyed =
  /^(?:ARGS|ARGS_GET|ARGS_POST|REQUEST_COOKIES|REQUEST_HEADERS|FILES|XML|MULTIPART_PART_HEADERS|TX|RESPONSE_HEADERS)(?:_NAMES)?$/;

/** Bytes of a name. In hexadecimal it is four times as long, and nginx takes 4096 bytes at once. */
const longestName = 900;

/** Bytes of the condition on a path: nginx takes a rule only if it is not too long. */
const longestCondition = 1000;

/** A token (RFC 9110, 5.6.2), and not a long one. */
const methodName = /^[\w!#$%&'*+.^`|~-]{1,40}$/;

/** Why a variable cannot be named in a rule that runs for the requests of an endpoint; nothing where it can. */
export function runtimeObstacle(exclusion: Exclusion, engines: readonly EngineName[]): string | undefined {
  const { method } = exclusion.scope;
  const spell = (variable: Variable, engine: EngineName) =>
    variable.collection === 'REQUEST_BODY' && method === undefined
      ? 'REQUEST_BODY is all that is sent, so it is only excluded at a method and path'
      : runtimeNameObstacle(variable, engine, engines);
  return firstObstacle(exclusion, engines, spell) ?? scopeObstacle(exclusion.scope, engines);
}

function runtimeNameObstacle(variable: Variable, engine: EngineName, engines: readonly EngineName[]) {
  const { collection, key } = variable;
  if (key === undefined) return undefined;
  if (hasPlaceholder(key) && engine !== 'coraza')
    return `a rule for single requests takes no pattern for names such as ${formatVariable(variable)}`;
  const cannot = `a run-time exclusion cannot spell the name of ${formatVariable(variable)}`;
  if (collection === 'XML') return key === '/*' || engine === 'coraza' ? undefined : cannot;
  return isRuntimeName(key, engines) ? undefined : cannot;
}

/** Why a variable cannot be named in `SecRuleUpdateTargetById`; nothing where it can. */
export function configureTimeObstacle(exclusion: Exclusion, engines: readonly EngineName[]): string | undefined {
  return firstObstacle(exclusion, engines, (variable, engine) => {
    const { collection, key } = variable;
    if (key === undefined)
      return `${collection} has no parts that could be named, so it is only excluded at an endpoint`;
    // mod_security2 2.9 reads such a target and does nothing.
    if (collection === 'FILES_NAMES' && engine === 'modsecurity2')
      return `mod_security2 only excludes FILES_NAMES at a path`;
    // libmodsecurity 3.0 takes the values of these names, too.
    if (hasPlaceholder(key) && collection.endsWith('_NAMES') && engine === 'modsecurity3')
      return `a pattern for ${collection} takes the values, too, from a rule of libmodsecurity 3`;
    const isMixed = engines.includes('coraza') && engines.length > 1 && !isPortable(key);
    return isMixed ? `no spelling of ${formatVariable(variable)} suits all of these engines` : undefined;
  });
}

function firstObstacle(
  exclusion: Exclusion,
  engines: readonly EngineName[],
  spell: (variable: Variable, engine: EngineName) => string | undefined,
): string | undefined {
  const obstacles = engines.flatMap((engine) =>
    namesFor(exclusion, [engine]).map((variable) => nameObstacle(variable, engine) ?? spell(variable, engine)),
  );
  return obstacles.find((obstacle) => obstacle !== undefined);
}

/** What is in the way of a name wherever it is written. */
function nameObstacle({ collection, key }: Variable, engine: EngineName): string | undefined {
  if (!/^[A-Z][A-Z0-9_]*$/.test(collection)) return 'the log does not name the variable as rules do';
  if (key === undefined)
    return keyed.test(collection) ? `the log names no single variable of ${collection}` : undefined;
  if (key === '') return 'the variable has an empty name, which stands for the whole collection';
  if (Buffer.byteLength(key) > longestName) return `the name is longer than ${longestName} bytes`;
  // Coraza files uploads under an empty name (internal/bodyprocessors/multipart.go).
  if (/^FILES(?:_NAMES)?$/.test(collection) && engine === 'coraza')
    return `Coraza has no names for parts of ${collection}`;
  if (collection === 'XML' && !/^\/\/?[@*\w]+$/.test(key)) return `no engine is told of XML:${key} alone`;
  return undefined;
}

/** Why a method and path cannot be the conditions of a rule; nothing where they can. */
export function scopeObstacle({ path, method }: ExclusionScope, engines: readonly EngineName[]): string | undefined {
  if (path === undefined) return 'a run-time exclusion is for a path';
  if (method !== undefined && !methodName.test(method)) return 'the method is none that a rule can name';
  if (pathCondition(path, engines).length > longestCondition) return 'the path is too long for a condition';
  const isMixed = engines.includes('coraza') && engines.length > 1 && !isPortable(utf8Text(decodePath(path)) ?? '');
  return isMixed ? 'no spelling of the path suits all of these engines' : undefined;
}

/** Why a setting cannot be written in an action; nothing where it can. */
export function settingObstacle({ setting }: ChangeSetting): string | undefined {
  const isPlain = /^[a-z][a-z0-9_]*$/i.test(setting.name) && /^[\w .|/+*:;=-]*$/.test(setting.value);
  return isPlain ? undefined : `the value of TX:${setting.name} has characters that rules read`;
}
