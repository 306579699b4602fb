import type { StreamedReport } from '../../model/report.js';
import { configurationLines } from './configuration-lines.js';

/** Each file of configuration, folded. */
export function configurationSections({ configurations = [] }: StreamedReport): readonly (readonly string[])[] {
  return configurations.flatMap(({ dialect, files }) =>
    files.map(({ name, content }) => configurationLines({ name: `${dialect}/${name}`, content })),
  );
}
