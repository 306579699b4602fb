import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { baseConfig } from '../base-config.js';
import { actionValue, type Rule, readStatements } from './rules.js';

/** What an exclusion may turn on of a rule that it names. */
export interface RuleFacts {
  readonly id: number;
  readonly phase: number;
  readonly message?: string;
  readonly tags: readonly string[];
  /** Collections that its first link looks at, such as `ARGS`. */
  readonly looksAt: ReadonlySet<string>;
  /** Collections that only a later link of its chain looks at. */
  readonly laterLooksAt: ReadonlySet<string>;
}

export type AllFacts = ReadonlyMap<number, RuleFacts>;

/**
 * The rules of the recommended configuration, of a Core Rule Set folder, and others. Where two have the same number, the
 * later one counts.
 */
export function gatherFacts(crsFolder: string, others: readonly Rule[]): AllFacts {
  const facts = [...rulesIn(baseConfig('block', 'all')), ...crsRules(crsFolder), ...others].flatMap(factsOf);
  return new Map(facts.map((one) => [one.id, one]));
}

function crsRules(crsFolder: string): readonly Rule[] {
  const folder = join(crsFolder, 'rules');
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((name) => name.endsWith('.conf'));
  return files.sort().flatMap((name) => rulesIn(readFileSync(join(folder, name), 'latin1')));
}

/** The rules of a configuration text, one byte a character. */
export function rulesIn(text: string): readonly Rule[] {
  return readStatements(text).flatMap((statement) => (statement.kind === 'rule' ? [statement.rule] : []));
}

function factsOf({ id, phase, links }: Rule): readonly RuleFacts[] {
  if (id === undefined) return [];
  const [{ actions, condition }, ...later] = links;
  const message = actionValue(actions, 'msg');
  const looksAt = collectionsOf(condition?.variables);
  const laterLooksAt = later.flatMap((link) => [...collectionsOf(link.condition?.variables)]);
  return [
    {
      id,
      phase,
      ...(message !== undefined && { message }),
      tags: actions.filter(({ name }) => name === 'tag').map(({ value }) => value),
      looksAt,
      laterLooksAt: new Set(laterLooksAt.filter((collection) => !looksAt.has(collection))),
    },
  ];
}

/** `REQUEST_COOKIES|!REQUEST_COOKIES:/__utm/|ARGS` is `REQUEST_COOKIES` and `ARGS`. */
function collectionsOf(variables = ''): ReadonlySet<string> {
  const included = variables.split('|').filter((one) => !/^[!&]/.test(one));
  return new Set(included.map((one) => (one.split(':', 1)[0] ?? '').toUpperCase()));
}
