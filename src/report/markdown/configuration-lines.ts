import { codeBlock, plainText } from './markdown-text.js';

/** A file of configuration, folded, to be read beside the table of exclusions and copied. */
export function configurationLines({
  name,
  content,
}: {
  readonly name: string;
  readonly content: string;
}): readonly string[] {
  return [
    '<details>',
    `<summary>Configuration ${plainText(name)}</summary>`,
    '',
    ...codeBlock(content.replace(/\n$/, ''), languageOf(name)),
    '',
    '</details>',
  ];
}

function languageOf(name: string): string {
  const [, ending = ''] = /\.(json|ya?ml|tf|ts)$/.exec(name) ?? [];
  return { json: 'json', yaml: 'yaml', yml: 'yaml', tf: 'hcl', ts: 'ts' }[ending] ?? 'apache';
}
