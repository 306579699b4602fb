import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Sweep } from '../../../src/contract/sweep.js';
import { installedEngine } from '../../../src/model/options.js';
import type { RequestSpec } from '../../../src/model/request.js';
import { check } from '../../../src/pipeline/check.js';
import { worldOf } from '../../../src/pipeline/world.js';
import { correlated, withHost } from '../../../src/request/complete-request.js';
import { encodeRequest } from '../../../src/request/encode-request.js';
import { defaultSeed, withRandomValues } from '../../../src/request/random-values.js';
import { loadSuites } from '../../../src/suite/load-suites.js';
import { packageRoot } from '../../../src/util/package-root.js';
import { openSweep } from '../../../src/waf/modsecurity/sweep/open-sweep.js';
import { request } from '../../report/sample-report.js';
import { folderOf } from '../../suite/suite-folder.js';

/** Attacks of every kind that ships, a few of each corpus, in a form, in JSON and in a query. */
const attacks = `suite: Attacks
defaults: { intent: attack, path: /api/comments }
cases:
  - { id: form, form: { comment: !each { from: wafproof:attacks, take: 40, seed: 11 } } }
  - { id: json, json: { comment: !each { from: wafproof:attacks, take: 20, seed: 12 } } }
  - { id: query, method: GET, query: { q: !each { from: wafproof:attacks, take: 20, seed: 13 } } }
`;

/** Suites that ship, small and of different kinds. */
const shipped = ['comments', 'graphql', 'cookies-and-headers', 'contact-form', 'file-manager'];

function fail(id: string): never {
  throw new Error(`no case ${id}`);
}

const settings = [
  { paranoia: 1, threshold: 5 },
  { paranoia: 2, threshold: 5 },
  { paranoia: 2, threshold: 12 },
  { paranoia: 3, threshold: 7 },
  { paranoia: 4, threshold: 5 },
  { paranoia: 4, threshold: 25 },
];

describe('what is computed of a setting', () => {
  let opened: Sweep;

  beforeAll(async () => {
    const parameters = new Map([
      ['paranoia', [1, 2, 3, 4]],
      ['threshold', [5, 7, 12, 25]],
    ]);
    opened = await openSweep(installedEngine, parameters, 60_000);
  });

  afterAll(() => opened?.close());

  test.each(settings)(
    'is case by case what the engine says that is set so: %j',
    async (values) => {
      const cwd = await folderOf({ 'attacks.yaml': attacks });
      const suites = ['attacks.yaml', ...shipped.map((name) => `${packageRoot}/suites/${name}.yaml`)];
      const { results } = await check({ suites, engine: values }, worldOf({ cwd }));
      expect(results.length).toBeGreaterThan(150);
      const sent = new Map<string, RequestSpec>();
      for await (const one of (await loadSuites({ patterns: suites, cwd, env: {} })).cases())
        sent.set(one.id, withRandomValues(one, { seed: defaultSeed, turn: 0 }).request);
      const place = opened.settings.findIndex((one) => JSON.stringify(one) === JSON.stringify(values));
      let count = 0;
      for (const { id, verdict, score, hits } of results.filter((_, at) => at % 3 === 0)) {
        const correlation = `w7-sweep-${++count}`;
        const wire = correlated(encodeRequest(withHost(sent.get(id) ?? fail(id), 'localhost')), correlation);
        const computed = (await opened.evaluate(wire, correlation))[place];
        const isBlocked = verdict.kind === 'false-positive' || verdict.kind === 'attack-blocked';
        const rules = [...new Set(hits.map(({ ruleId }) => ruleId))].sort((a, b) => Number(a) - Number(b));
        expect({ id, outcome: computed?.outcome, rules: computed?.rules }).toEqual({
          id,
          outcome: isBlocked ? 'blocked' : 'passed',
          rules,
        });
        if (score !== undefined && computed?.score !== undefined)
          expect([id, computed.score]).toEqual([id, score.inbound]);
      }
    },
    120_000,
  );

  test('is right where a rule gives its points to a lower level than its own, as 921422 of CRS 3.3.4 does', async () => {
    const type = 'multipart/related; type="text/xml"; start="<root@example.com>"; boundary="b1"';
    const headers: RequestSpec['headers'] = [['Content-Type', type]];
    const body = { kind: 'raw', content: { text: '--b1\r\n\r\nhello\r\n--b1--\r\n' } } as const;
    const spec = request({ path: '/soap', headers, body });
    const answers = await opened.evaluate(correlated(encodeRequest(withHost(spec, 'localhost')), 'w7-own'), 'w7-own');
    const place = opened.settings.findIndex(({ paranoia, threshold }) => paranoia === 1 && threshold === 7);
    expect(answers[place]).toEqual({ outcome: 'passed', score: 5, rules: [921421] });
  });
});
