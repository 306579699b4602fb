import type { Dialect, DialectNotes, Written } from '../../../contract/dialect.js';
import type { ReportFile } from '../../../contract/reporter.js';
import type { Exclusion, ExclusionScope } from '../../../model/exclusion.js';
import type { ConfigurationSection } from '../../../model/report.js';

/** Engines that read ModSecurity's language, each with names and gaps of its own. */
export const engineNames = ['modsecurity2', 'modsecurity3', 'coraza'] as const;

export type EngineName = (typeof engineNames)[number];

/** What a dialect of rules needs to know beyond the exclusions. */
export interface RuleNotes extends DialectNotes {
  /** First number of the rules that are generated. */
  readonly firstId: number;
}

/** Lines that serve some endpoints, and no others. */
export interface EndpointBlock {
  readonly scopes: readonly ExclusionScope[];
  readonly lines: readonly string[];
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

/** Where blocks stand in a file that holds each of them, as they are, once. */
export function sectionsOf(
  { name, content }: ReportFile,
  blocks: readonly EndpointBlock[],
): readonly ConfigurationSection[] {
  return blocks.flatMap(({ scopes, lines }) => {
    const text = lines.join('\n');
    const start = content.indexOf(text);
    if (start < 0 || text === '') return [];
    const from = content.slice(0, start).split('\n').length;
    return scopes.map((scope) => ({ scope, file: name, from, to: from + lines.length - 1 }));
  });
}
