import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { joinDraft } from '../../../../src/model/join-draft.js';
import { modsecurityDialect } from '../../../../src/waf/modsecurity/dialects/modsecurity-dialect.js';
import type { RuleDialect } from '../../../../src/waf/modsecurity/dialects/rule-dialect.js';
import type { EmbeddedEngine } from '../../../../src/waf/modsecurity/embedded-engine.js';
import { post, ruleFile, startTestEngine } from '../engine-fixture.js';
import { narrowest, needs, notes } from './scenario.js';
import { type Server, statuses } from './servers.js';
import { leaveOutSetting, settings } from './settings.js';

/** Every second need, as who reads the report chooses them. */
const chosen = needs.filter((_, place) => place % 2 === 0);
const refused = needs.filter((need) => !chosen.includes(need));

/** The files for the chosen needs, joined from what was written for all. */
function chosenFiles(dialect: RuleDialect): Readonly<Record<string, string>> {
  const { draft } = dialect.write(
    needs.map((need) => narrowest(dialect, need)),
    notes,
  );
  if (draft === undefined) throw new Error('no draft');
  const ids = new Set(chosen.map((need) => narrowest(dialect, need).id));
  return Object.fromEntries(joinDraft(draft, ids).files.map(({ name, content }) => [name, content]));
}

describe.each(Object.entries(settings))('some of what is written for %s', (_name, { on, dialect, start }) => {
  describe.skipIf(leaveOutSetting(on))(`on ${on}`, () => {
    let server: Server;

    beforeAll(async () => {
      server = await start(chosenFiles(dialect));
    }, 120_000);

    afterAll(() => server?.close());

    test.each(chosen)('$name was chosen and passes', async ({ passes }) => {
      expect(await statuses(server, passes)).toEqual(passes.map(() => 200));
    });

    test.each(refused)('$name was not chosen and stays blocked', async ({ passes }) => {
      expect(await statuses(server, passes)).toEqual(passes.map(() => 403));
    });
  });
});

describe('some of what is written, on the engine', () => {
  let engine: EmbeddedEngine;

  beforeAll(async () => {
    const files = chosenFiles(modsecurityDialect(['modsecurity3']));
    const [before = '', after = ''] = Object.values(files);
    engine = await startTestEngine({
      rulesBefore: [ruleFile('before.conf', before)],
      rulesAfter: [ruleFile('after.conf', after)],
    });
  });

  afterAll(() => engine?.close());

  test('frees the field that was chosen, and not the one that was not', async () => {
    const fired = async (path: string, field: string) => {
      const { record } = await engine.evaluate(
        post({ kind: 'form', fields: [[field, 'union select name from users']] }, { path }),
        'draft-test',
      );
      return record?.hits.some(({ ruleId }) => ruleId === 942270) ?? false;
    };
    expect(await fired('/api/comments', 'q')).toBe(false);
    expect(await fired('/shop', 'größe')).toBe(true);
  });
});
