import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';

/** What is wrong with a SARIF log, by the schema of SARIF 2.1.0. */
export function sarifProblems(log: unknown): readonly unknown[] {
  if (isSarif(log)) return [];
  return isSarif.errors ?? [];
}

const require = createRequire(import.meta.url);
const path = require.resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
// The draft of JSON Schema that it names is older than what is read here; nothing in it differs.
const { $schema: _, id: __, ...schema } = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
formats.default(ajv);
const isSarif = ajv.compile(schema);
