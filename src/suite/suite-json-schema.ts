import { z } from 'zod';
import { sampleSchema, suiteSchema } from './suite-schema.js';

/**
 * The JSON Schema of suite files, for editors: `suites/suite.schema.json`. An editor that knows the tags sees the value
 * after a tag, so where a tag may stand, the mapping of `!each` may stand too.
 */
export function suiteJsonSchema(): Readonly<Record<string, unknown>> {
  const { $schema, ...schema } = z.toJSONSchema(suiteSchema, {
    target: 'draft-07',
    io: 'input',
    unrepresentable: () => sampleJsonSchema(),
  });
  return { $schema, title: 'Wafproof suite', description: 'A file of requests to replay through a WAF', ...schema };
}

function sampleJsonSchema() {
  const { $schema, ...schema } = z.toJSONSchema(sampleSchema, { target: 'draft-07', io: 'input' });
  return schema;
}
