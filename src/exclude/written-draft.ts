import type { Written } from '../contract/dialect.js';
import { type ConfigurationDraft, type Draft, exclusionIds } from '../model/draft.js';
import type { Exclusion, ExclusionScope } from '../model/exclusion.js';
import { joinDraft } from '../model/join-draft.js';
import type { ConfigurationFile, ConfigurationSection } from '../model/report.js';

/** What a dialect makes of exclusions, before any of it is left out. */
export interface Drafted extends Pick<ConfigurationDraft, 'files' | 'numbers'> {
  readonly exclusions: readonly Exclusion[];
  /** Parts of the files that serve endpoints, as they are, once. */
  readonly blocks: readonly DraftBlock[];
}

/** A part of a file, and the endpoints that it serves. */
export interface DraftBlock {
  readonly scopes: readonly ExclusionScope[];
  readonly text: Draft;
}

/** The files of all exclusions, and what they are made of. */
export function writtenFrom({ files, exclusions, blocks, numbers }: Drafted): Written {
  const draft: ConfigurationDraft = {
    exclusions: exclusions
      .map(({ id, findings }) => ({ id, findings }))
      .sort((a, b) => (a.id < b.id ? -1 : Number(a.id > b.id))),
    files,
    ...(numbers !== undefined && { numbers }),
  };
  const joined = joinDraft(draft, new Set(exclusionIds(exclusions)));
  const sections = blocks.flatMap(({ scopes, text }) =>
    joined.files.flatMap((file) => sectionsOf(file, scopes, joined.textOf(text))),
  );
  return { files: joined.files, sections, draft };
}

function sectionsOf(
  { name, content }: ConfigurationFile,
  scopes: DraftBlock['scopes'],
  text: string,
): readonly ConfigurationSection[] {
  const start = text === '' ? -1 : content.indexOf(text);
  if (start < 0) return [];
  const from = content.slice(0, start).split('\n').length;
  const to = from + text.trimEnd().split('\n').length - 1;
  return scopes.map((scope) => ({ scope, file: name, from, to }));
}
