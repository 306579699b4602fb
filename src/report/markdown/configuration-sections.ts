import type { StreamedReport } from '../../model/report.js';
import { codeBlock, plainText } from './markdown-text.js';

/** Each file of configuration, folded, to be read beside the table of exclusions and copied. */
export function configurationSections({ configurations = [] }: StreamedReport): readonly (readonly string[])[] {
  const files = configurations.flatMap(({ dialect, files }) =>
    files.map(({ name, content }) => ({ name: `${dialect}/${name}`, content })),
  );
  return files.map(({ name, content }) => [
    '<details>',
    `<summary>Configuration ${plainText(name)}</summary>`,
    '',
    ...codeBlock(content.replace(/\n$/, ''), languageOf(name)),
    '',
    '</details>',
  ]);
}

function languageOf(name: string): string {
  const [, ending = ''] = /\.(json|ya?ml|tf|ts)$/.exec(name) ?? [];
  return { json: 'json', yaml: 'yaml', yml: 'yaml', tf: 'hcl', ts: 'ts' }[ending] ?? 'apache';
}
