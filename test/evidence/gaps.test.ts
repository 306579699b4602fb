import { afterEach, expect, it } from 'vitest';
import type { LogSource } from '../../src/contract/log-source.js';
import { combineSources } from '../../src/evidence/combine-sources.js';
import { createJoiner, type Joiner } from '../../src/evidence/joiner.js';

const delay = { typicalMs: 1, longestMs: 10, pollMs: 1 };
let joiner: Joiner | undefined;

afterEach(() => joiner?.close());

function emptySource(gaps?: string): LogSource {
  return { delay, ...(gaps !== undefined && { gaps }), records: async function* () {}, close: async () => undefined };
}

it('what a log is known to lack is told with a record that is missing', async () => {
  joiner = createJoiner({ source: emptySource('samples are not complete') });
  const joined = await joiner.expect('w7-a').arrival();
  expect(joined).toMatchObject({
    kind: 'missing',
    reason: expect.stringMatching(/other request; samples are not complete$/),
  });
});

it('logs that are read as one lack what each of them lacks', () => {
  const sources = [emptySource('one is torn'), emptySource(), emptySource('one is not sampled')];
  expect([combineSources(sources).gaps, combineSources([emptySource(), emptySource()]).gaps]).toEqual([
    'one is torn; one is not sampled',
    undefined,
  ]);
});
