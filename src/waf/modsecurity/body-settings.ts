import type { RuleId } from '../../model/evidence.js';
import type { BodyReading, EngineLimit } from '../../model/exclusion.js';
import type { RequestSpec } from '../../model/request.js';
import { encodeRequest } from '../../request/encode-request.js';

/** What engines call what a body is read as (reference manual, `ctl:requestBodyProcessor`), and people. */
export const bodyReadings: Readonly<Record<BodyReading, { readonly processor: string; readonly name: string }>> = {
  json: { processor: 'JSON', name: 'JSON' },
  xml: { processor: 'XML', name: 'XML' },
  form: { processor: 'URLENCODED', name: 'a form' },
};

/** The directives that limit bodies, and how long a rule looks at one. */
export const limitNames: Readonly<Record<EngineLimit, string>> = {
  body: 'SecRequestBodyLimit',
  'body-without-files': 'SecRequestBodyNoFilesLimit',
  'json-depth': 'SecRequestBodyJsonDepthLimit',
  arguments: 'SecArgumentsLimit',
  matching: 'SecPcreMatchLimit',
};

/** A rule that chooses what bodies are read as, by their Content-Type. */
export interface ReadingRule {
  readonly ruleId: RuleId;
  readonly reading: BodyReading;
  /** As the rule has it, for `@rx`. */
  readonly pattern: string;
}

/** The rules of the recommended configuration that choose (modsecurity.conf); 200006 is optional there. */
export const readingRules: readonly ReadingRule[] = [
  { ruleId: 200000, reading: 'xml', pattern: '^(?:application(?:/soap\\+|/)|text/)xml' },
  { ruleId: 200001, reading: 'json', pattern: '^application/json' },
  { ruleId: 200006, reading: 'json', pattern: '^application/[a-z0-9.-]+[+]json' },
];

/** What the engine reads a body as, from its type, and the rule that chooses it; nothing where it does not read it. */
export function chosenReading(request: RequestSpec): Partial<Pick<ReadingRule, 'ruleId'>> & {
  readonly reading?: BodyReading | 'parts';
} {
  const { headers } = encodeRequest(request);
  const type = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1].toLowerCase() ?? '';
  const rule = readingRules.find(({ pattern }) => new RegExp(pattern).test(type));
  if (rule !== undefined) return rule;
  if (type.startsWith('application/x-www-form-urlencoded')) return { reading: 'form' };
  return type.startsWith('multipart/form-data') ? { reading: 'parts' } : {};
}
