import { commands } from '../../src/cli/commands.js';
import { commandHelp } from '../../src/cli/help.js';
import { verdictKinds } from '../../src/model/case.js';
import { problemTexts } from '../../src/model/problem-texts.js';
import { suiteJsonSchema } from '../../src/suite/suite-json-schema.js';

/** The reference page, made from what the program itself says. */
export function referencePage(): string {
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
    '## Verdicts',
    verdictKinds.map((kind) => `- \`${kind}\``).join('\n'),
    '## Error codes',
    'Errors go to standard error as `CODE place message`, and the command ends with exit code 2.',
    Object.keys(problemTexts)
      .map((code) => `- \`${code}\``)
      .join('\n'),
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
