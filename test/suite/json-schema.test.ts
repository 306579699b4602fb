import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { suiteJsonSchema } from '../../src/suite/suite-json-schema.js';

const committed = fileURLToPath(new URL('../../suites/suite.schema.json', import.meta.url));

test('suites/suite.schema.json is what the schema says; vitest -u writes it', async () => {
  await expect(`${JSON.stringify(suiteJsonSchema(), null, 2)}\n`).toMatchFileSnapshot(committed);
});

test('a tag may stand where a value may: editors see the mapping of !each', () => {
  const { definitions } = suiteJsonSchema() as { definitions: Record<string, object> };
  expect(definitions['value']).toMatchObject({ anyOf: expect.arrayContaining([{ $ref: '#/definitions/tag' }]) });
  expect(definitions['tag']).toMatchObject({ properties: { from: {}, take: {}, seed: {} } });
});
