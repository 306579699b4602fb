import type { ExclusionScope } from '../../model/exclusion.js';
import type { Configuration, ConfigurationFile, ConfigurationSection, StreamedReport } from '../../model/report.js';
import { groupBy } from '../../util/group-by.js';
import { printable } from '../../util/printable.js';
import { isEndpoint } from '../exclusion-groups.js';
import { formatCount, plural } from '../run-texts.js';
import { shownText } from './page-text.js';

const maxShown = 400_000;
const fewLines = 40;

/** The files that hold the exclusions, to be copied. */
export interface ConfigurationsView {
  readonly any: boolean;
  readonly count: string;
  readonly files: readonly FileView[];
}

/** One file of one dialect. */
export interface FileView {
  /** Its place in `ReportData.files`, from where it is copied. */
  readonly place: number;
  readonly name: string;
  readonly extent: string;
  readonly short: boolean;
  /** How much of it the page does not show. */
  readonly more: string;
}

/** What a file says of one endpoint. */
export interface EndpointExcerpt {
  readonly name: string;
  readonly text: string;
}

/** All files, in the order of `ReportData.files`. */
export function configurationFiles({
  configurations = [],
}: Pick<StreamedReport, 'configurations'>): readonly ConfigurationFile[] {
  return configurations.flatMap(({ dialect, files }) =>
    files.map(({ name, content }) => ({ name: `${dialect}/${name}`, content })),
  );
}

/** Prepares the files for the templates. */
export function viewConfigurations(report: StreamedReport): ConfigurationsView {
  const files = configurationFiles(report).map(viewFile);
  return { any: files.length > 0, count: formatCount(files.length), files };
}

function viewFile({ name, content }: ConfigurationFile, place: number): FileView {
  const lines = content.replace(/\n$/, '').split('\n').length;
  return {
    place,
    name: shownText(name),
    extent: plural(lines, 'line'),
    short: lines <= fewLines,
    more: content.length > maxShown ? plural(content.length - maxShown, 'more character') : '',
  };
}

/**
 * Finds what the files say of an endpoint, and of nothing else. What holds
 * invisible characters is to be copied with its file, not from what the page shows.
 */
export function endpointExcerpts({
  configurations = [],
}: StreamedReport): (scope: ExclusionScope) => readonly EndpointExcerpt[] {
  const dialects = configurations.map((configuration) => ({
    name: shownText(configuration.dialect),
    texts: textsByEndpoint(configuration),
  }));
  return (scope) => {
    if (!isEndpoint(scope)) return [];
    return dialects.flatMap(({ name, texts }) => {
      const text = (texts.get(endpointKey(scope)) ?? []).join('\n\n');
      const isPlain = text.split('\n').every((line) => printable(line) === line);
      return text !== '' && isPlain ? [{ name, text }] : [];
    });
  };
}

function endpointKey({ method, path }: ExclusionScope): string {
  return JSON.stringify([method, path]);
}

function textsByEndpoint({ files, sections = [] }: Configuration): ReadonlyMap<string, readonly string[]> {
  const lines = new Map(files.map(({ name, content }) => [name, content.split('\n')]));
  const textOf = ({ file, from, to }: ConfigurationSection) => (lines.get(file) ?? []).slice(from - 1, to).join('\n');
  const groups = groupBy(sections, ({ scope }) => endpointKey(scope));
  return new Map([...groups].map(([key, own]) => [key, own.map(textOf)]));
}
