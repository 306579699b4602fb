import type { Dialect, DialectNotes, Written } from '../../../contract/dialect.js';
import type { Draft } from '../../../model/draft.js';
import type { Exclusion, ExclusionScope } from '../../../model/exclusion.js';

/** Engines that read ModSecurity's language, each with names and gaps of its own. */
export const engineNames = ['modsecurity2', 'modsecurity3', 'coraza'] as const;

export type EngineName = (typeof engineNames)[number];

/** What a dialect of rules needs to know beyond the exclusions. */
export interface RuleNotes extends DialectNotes {
  /** First number of the rules that are generated. */
  readonly firstId: number;
}

/** Text that serves some endpoints, and no others; it is there where one of its exclusions is chosen. */
export interface EndpointBlock {
  readonly exclusions: readonly Exclusion[];
  readonly scopes: readonly ExclusionScope[];
  readonly text: Draft;
}

/** A way to write exclusions in ModSecurity's language, in which generated rules have numbers. */
export interface RuleDialect extends Omit<Dialect, 'write'> {
  write(exclusions: readonly Exclusion[], notes: RuleNotes): Written;
}

/** The same for a proof that has settled which numbers are free. */
export function numbered(dialect: RuleDialect, firstId: number): Dialect {
  return {
    name: dialect.name,
    obstacle: (exclusion) => dialect.obstacle(exclusion),
    write: (exclusions, notes) => dialect.write(exclusions, { ...notes, firstId }),
  };
}
