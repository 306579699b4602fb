import type { Exclusion } from '../../model/exclusion.js';
import type { Configuration, ConfigurationSection, StreamedReport } from '../../model/report.js';
import type { Alert } from '../alerts.js';
import { exclusionText, lossText } from '../exclusion-texts.js';
import { artifactOf, messageOf } from './sarif-locations.js';

/** The exclusions that clear a finding, one fix for each dialect that says which lines are for its endpoint. */
export function fixesOf({ finding }: Alert, { exclusions = [], configurations = [] }: StreamedReport) {
  if (finding === undefined) return [];
  const own = exclusions.filter(({ findings }) => findings.includes(finding.id));
  return configurations.flatMap((configuration) => fixOf(own, configuration));
}

function fixOf(exclusions: readonly Exclusion[], configuration: Configuration) {
  const { dialect, sections = [] } = configuration;
  const own = sections.filter(({ scope }) => exclusions.some((one) => isSameScope(one.scope, scope)));
  if (own.length === 0) return [];
  const texts = exclusions.map((one) => `${exclusionText(one)}. Attacks let through: ${lossText(one)}.`);
  return [
    {
      description: messageOf(texts),
      artifactChanges: own.flatMap((section) => changeOf(section, configuration, dialect)),
    },
  ].filter(({ artifactChanges }) => artifactChanges.length > 0);
}

function isSameScope(one: Exclusion['scope'], other: Exclusion['scope']): boolean {
  return one.method === other.method && one.path === other.path;
}

/** The lines are inserted at the begin of the file of that name. */
function changeOf({ file, from, to }: ConfigurationSection, { files }: Configuration, dialect: string) {
  const content = files.find(({ name }) => name === file)?.content;
  if (content === undefined) return [];
  const text = `${content
    .split('\n')
    .slice(from - 1, to)
    .join('\n')}\n`;
  return [
    {
      artifactLocation: artifactOf(`${dialect}/${file}`),
      replacements: [
        { deletedRegion: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 }, insertedContent: { text } },
      ],
    },
  ];
}
