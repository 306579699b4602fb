import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import type { SweptAnswer } from '../../src/contract/sweep.js';
import { type EngineOptions, installedEngine } from '../../src/model/options.js';
import type { CaseResult } from '../../src/model/report.js';
import { check } from '../../src/pipeline/check.js';
import { sweep } from '../../src/pipeline/sweep.js';
import { worldOf } from '../../src/pipeline/world.js';
import { correlated, withHost } from '../../src/request/complete-request.js';
import { encodeRequest } from '../../src/request/encode-request.js';
import { defaultSeed, withRandomValues } from '../../src/request/random-values.js';
import { loadSuites } from '../../src/suite/load-suites.js';
import { sortedIds } from '../../src/util/compare-ids.js';
import { mapConcurrently } from '../../src/util/concurrency.js';
import { openSweep } from '../../src/waf/modsecurity/sweep/open-sweep.js';
import { folderOf } from '../suite/suite-folder.js';
import { zipOf } from '../util/zip-archive.js';

/** Every value of every corpus that ships, in a form and in JSON. */
const corpora = `suite: Corpora
defaults: { path: /api/comments }
cases:
  - { id: form, form: { comment: !each wafproof:legitimate } }
  - { id: json, json: { comment: !each wafproof:legitimate } }
  - { id: attack-form, intent: attack, form: { comment: !each wafproof:attacks } }
  - { id: attack-json, intent: attack, json: { comment: !each wafproof:attacks } }
`;

interface Ground {
  readonly name: string;
  readonly suites: readonly string[];
  /** Scores are compared too, from which other thresholds follow. */
  readonly thresholds: readonly number[];
}

const shipped = join(import.meta.dirname, '../../suites/*.yaml');
// In several runs: the suite of WordPress at large has the name of the one that was recorded there.
const applications = ['django', 'mediawiki', 'wordpress'].map((name) => `wafproof:applications/${name}`);
const grounds: readonly Ground[] = [
  { name: 'applications', suites: applications, thresholds: [1, 5, 12, 20] },
  { name: 'suites', suites: [shipped], thresholds: [5, 20] },
  { name: 'corpora', suites: ['c.yaml'], thresholds: [5] },
];
const levels = [1, 2, 3, 4];

/** Core Rule Set 4 where Go has it, as the tests with Coraza leave it, or in the folder that `WAFPROOF_CRS4` names. */
function fourth(): string | undefined {
  const given = process.env['WAFPROOF_CRS4'];
  if (given !== undefined) return given;
  const module = join(homedir(), 'go/pkg/mod/github.com/corazawaf/coraza-coreruleset/v4@v4.25.0/rules');
  return existsSync(module) ? module : undefined;
}

/** A folder as a release has it, of one, of Debian's or of the files that the Go module has. */
async function releaseOf(given: string): Promise<string> {
  const folder = await folderOf({});
  const first = (...paths: readonly string[]) => paths.find((path) => existsSync(path)) ?? fail(paths.join());
  const rules = first(join(given, 'rules'), join(given, '@owasp_crs'));
  const names = ['crs-setup.conf', 'crs-setup.conf.example', '@crs-setup.conf.example'];
  const setup = first(...names.map((name) => join(given, name)), '/etc/modsecurity/crs/crs-setup.conf');
  mkdirSync(join(folder, 'rules'));
  for (const name of readdirSync(rules)) {
    const content = readFileSync(join(rules, name));
    // The module has no empty lines, without which libmodsecurity takes the next rule for the actions of one that has none.
    const spaced = name.endsWith('.conf') ? content.toString().replace(/\n(?=Sec)/g, '\n\n') : content;
    writeFileSync(join(folder, 'rules', name), spaced);
  }
  cpSync(setup, join(folder, 'crs-setup.conf.example'));
  return folder;
}

function fail(id: string): never {
  throw new Error(`there is no ${id}`);
}

/** What is compared of a case: outcome and rules that fire. */
function asEvaluated({ verdict, hits }: CaseResult): string {
  const rules = sortedIds(hits.map(({ ruleId }) => ruleId));
  if (verdict.kind === 'false-positive' || verdict.kind === 'attack-blocked') return `blocked ${rules}`;
  return verdict.kind === 'let-through' || verdict.kind === 'attack-missed' ? `passed ${rules}` : `undecided ${rules}`;
}

/** What is computed of every case, by its id: an answer for each level and threshold. */
async function computeAll(engine: EngineOptions, { suites, thresholds }: Ground, cwd: string) {
  const parameters = new Map([
    ['paranoia', levels],
    ['threshold', thresholds],
  ]);
  const opened = await openSweep(engine, parameters, 60_000);
  try {
    const answers = new Map<string, readonly SweptAnswer[]>();
    const { cases } = await loadSuites({ patterns: suites, cwd, env: {} });
    const evaluated = mapConcurrently(cases(), 32, async (one) => {
      const { request } = withRandomValues(one, { seed: defaultSeed, turn: 0 });
      const id = `sweep-${answers.size}`;
      answers.set(one.id, []);
      const wire = correlated(encodeRequest(withHost(request, 'localhost')), id);
      return [one.id, await opened.evaluate(wire, id)] as const;
    });
    for await (const [id, swept] of evaluated) answers.set(id, swept);
    return answers;
  } finally {
    await opened.close();
  }
}

/** How what is computed of a case differs from what was evaluated; nothing where it does not. */
function differenceOf(result: CaseResult, answer: SweptAnswer): string | undefined {
  const [is, says] = [`${answer.outcome} ${answer.rules}`, asEvaluated(result)];
  const [score, inbound = score] = [answer.score, result.score?.inbound];
  // Without a score nothing tells of a hit that its chain broke.
  const isAlike = result.score === undefined ? is.split(' ')[0] === says.split(' ')[0] : is === says;
  const isSame = isAlike && (score === undefined || score === inbound);
  return isSame ? undefined : `${result.id}: computed ${is} (${score}), evaluated ${says} (${inbound})`;
}

/** How what is computed of every case differs from what the engine says that is set so, setting by setting. */
async function differences(engine: EngineOptions, ground: Ground): Promise<readonly string[]> {
  const cwd = await folderOf({ 'c.yaml': corpora });
  const answers = await computeAll(engine, ground, cwd);
  expect(answers.size).toBeGreaterThan(0);
  const settings = levels.flatMap((paranoia) => ground.thresholds.map((threshold) => ({ paranoia, threshold })));
  const found: string[] = [];
  for (const [place, values] of settings.entries()) {
    const { results } = await check({ suites: ground.suites, engine: { ...engine, ...values } }, worldOf({ cwd }));
    expect(results).toHaveLength(answers.size);
    const differing = results.flatMap(
      (result) => differenceOf(result, answers.get(result.id)?.[place] ?? fail(result.id)) ?? [],
    );
    found.push(...differing.map((text) => `${JSON.stringify(values)} ${text}`));
  }
  return found;
}

describe.each([
  ['the rule set that is installed', '/usr/share/modsecurity-crs'],
  ['Core Rule Set 4', fourth()],
])('under %s', (_, given) => {
  describe.skipIf(given === undefined)('', { timeout: 4 * 3_600_000 }, () => {
    let engine: EngineOptions = { ...installedEngine, workers: 2 };

    beforeEach(async () => {
      engine = { ...engine, crs: await releaseOf(given ?? fail('rule set')) };
    });

    test.each(grounds)('what is computed of each case is what the engine says: $name', async (ground) => {
      expect((await differences(engine, ground)).slice(0, 20)).toEqual([]);
    });

    test('a folder and the archives of a release say the same', async () => {
      const { crs = '' } = engine;
      const cwd = await folderOf({});
      const names = readdirSync(crs, { recursive: true, encoding: 'utf8' }).filter((name) => name !== 'rules');
      const packed = ['-czf', join(cwd, 'crs.tar.gz'), '--transform', 's,^,coreruleset-0/,'];
      execFileSync('tar', [...packed, ...names], { cwd: crs });
      const files = names.map((name) => ({ name: `coreruleset-0/${name}`, content: readFileSync(join(crs, name)) }));
      writeFileSync(join(cwd, 'crs.zip'), zipOf(files));
      const ruleSets = [crs, join(cwd, 'crs.tar.gz'), join(cwd, 'crs.zip')];
      const parameters = new Map([
        ['paranoia', levels],
        ['threshold', [5, 20]],
      ]);
      const report = await sweep({ suites: applications, parameters, ruleSets }, worldOf({ cwd }));
      const [first, ...others] = report.ruleSets;
      expect(first?.settings.some(({ falsePositives }) => falsePositives > 0)).toBe(true);
      for (const other of others) expect(other.settings).toEqual(first?.settings);
    });
  });
});
