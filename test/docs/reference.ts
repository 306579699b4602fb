import { commands } from '../../src/cli/commands.js';
import { commandHelp } from '../../src/cli/help.js';
import { verdictKinds } from '../../src/model/case.js';
import { suiteJsonSchema } from '../../src/suite/suite-json-schema.js';
import { evidenceRows, lintRows } from './aws-rows.js';
import { configKeys } from './config-page.js';
import { corpusRows } from './corpus-rows.js';
import { errorRows } from './error-rows.js';
import { tagRows } from './tag-rows.js';

/** The reference page, made from what the program itself says. */
export async function referencePage(): Promise<string> {
  return [
    '# Reference',
    'Made from the program by `test/docs/reference.test.ts`, which fails when this page and the program differ.',
    'How a Node program does the same stands on the page on the [API](API.md).',
    '## Commands',
    ...commands.map(
      (command) => `### wafproof ${command.name}\n\n\`\`\`text\n${commandHelp(command).trimEnd()}\n\`\`\``,
    ),
    '## Keys of a suite',
    ...suiteKeys(),
    '## Tags in a suite',
    'Values from elsewhere come by YAML tags. No text of a payload is ever a template.',
    table(['tag', 'stands for'], tagRows()),
    '## Keys of the config',
    'The file `wafproof.config.yaml` of the working directory, or the one that `--config` names. NAME stands for a name that you choose. How a session is opened is the page on [sessions](SESSIONS.md).',
    table(['key', 'means'], configKeys()),
    '## Evidence of AWS WAF',
    'Sources are combined: what stands first tells more. Records are joined by the header `X-Wafproof-Id` or, where that is hidden, by the id that the answer of the front tells (CloudFront, API Gateway, AppSync).',
    table(['source', 'named by', 'usually there after', 'at the latest'], evidenceRows()),
    '## What is told of a web ACL',
    'By `doctor`, `check --acl` and `tune --audit`, each with place, consequence and cure.',
    table(['finding', 'means'], lintRows()),
    '## Corpora',
    'They ship with the package; `!each wafproof:legitimate` means all of a folder.',
    table(['corpus', 'values', 'holds'], await corpusRows()),
    '## Verdicts',
    verdictKinds.map((kind) => `- \`${kind}\``).join('\n'),
    '## Error codes',
    'Errors go to standard error as `CODE place message`, and the command ends with exit code 2.',
    'Words in capitals stand for what the message names.',
    table(['code', 'says', 'what to do'], errorRows()),
    '',
  ].join('\n\n');
}

function suiteKeys(): readonly string[] {
  const schema = suiteJsonSchema();
  return [...describeObject('A suite', schema), ...describeDefinitions(schema['$defs'] ?? schema['definitions'])];
}

function describeDefinitions(definitions: unknown): readonly string[] {
  if (typeof definitions !== 'object' || definitions === null) return [];
  return Object.entries(definitions).flatMap(([name, definition]) => describeObject(`\`${name}\``, definition));
}

function describeObject(title: string, schema: unknown): readonly string[] {
  const properties = typeof schema === 'object' && schema !== null ? Reflect.get(schema, 'properties') : undefined;
  if (typeof properties !== 'object' || properties === null) return [];
  const rows = Object.entries(properties).map(([key, value]) => `| \`${key}\` | ${descriptionOf(value)} |`);
  return [`### ${title}`, ['| key | means |', '| --- | --- |', ...rows].join('\n')];
}

function descriptionOf(schema: unknown): string {
  const description = typeof schema === 'object' && schema !== null ? Reflect.get(schema, 'description') : undefined;
  return typeof description === 'string' ? description.replaceAll('|', '\\|') : '';
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
