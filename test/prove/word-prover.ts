import type { Dialect } from '../../src/contract/dialect.js';
import type { FieldNames } from '../../src/contract/field-names.js';
import type { Form, Prover } from '../../src/contract/prover.js';
import type { RuleHit } from '../../src/model/evidence.js';
import type { Exclusion } from '../../src/model/exclusion.js';
import { asWritten, type Reading, type WordRule, wordEngine, wordRules } from './word-engine.js';

/** Writes an exclusion a line. */
export const wordDialect: Dialect = {
  name: 'words',
  obstacle: () => undefined,
  write: (exclusions) => ({
    files: [{ name: 'words.txt', content: exclusions.map(({ id }) => `${id}\n`).join('') }],
    sections: [],
  }),
};

/** A variable is named as its field is, so nothing is to be looked up. */
export const wordNames: FieldNames = {
  fieldsIn: () => () => undefined,
  valuesIn: () => [],
  nameOf: ({ kind }) => ({ collection: kind }),
  generalise: (variable) => variable,
  includes: (variable, other) => JSON.stringify(variable) === JSON.stringify(other),
  elementsOf: (variable) => [variable],
  arraysOf: () => ({ count: 0, length: 0 }),
};

export interface WordProverOptions {
  readonly rules: readonly WordRule[];
  /** Rules that there are under exclusions only, as where one of them breaks another. */
  readonly rulesUnder?: readonly WordRule[];
  /** How the engine reads exclusions. */
  readonly reading?: Reading;
  /** The word that the engine cannot decide. */
  readonly unsure?: string;
}

/** A prover whose engines are functions. */
export function wordProver({ rules, rulesUnder = rules, reading = asWritten, unsure }: WordProverOptions): Prover {
  const under = (exclusions: readonly Exclusion[]) =>
    wordEngine(exclusions.length === 0 ? rules : rulesUnder, exclusions, reading, unsure);
  return {
    ...wordRules,
    engine: 'Words 1.0',
    bare: under([]),
    names: wordNames,
    dialects: [wordDialect],
    possibilities: () => ({
      forms: (seen, { endpoint }) => formsOf(seen, endpoint),
      obstacle: () => undefined,
      untouchable: () => undefined,
    }),
    generalise: (exclusions) => exclusions,
    asLoaded: (exclusion) => exclusion,
    open: async (exclusions) => under(exclusions),
    openAsWritten: async (exclusions) => under(exclusions),
    ruleGroup: String,
    openFor: async () => under([]),
    servers: [],
    async close() {},
  };
}

function formsOf({ variable, field }: RuleHit, scope: Exclusion['scope']): readonly Form[] {
  const change = { effect: 'remove-target', variable, ...(field && { field }) } as const;
  return [
    { changes: [change], scope, isWholeRule: false, isWide: false, done: 'it is taken from it' },
    { changes: [{ effect: 'remove-rule' }], scope, isWholeRule: true, isWide: true, done: 'it is removed' },
  ];
}
