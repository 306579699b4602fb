import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { packageRoot } from '../../src/util/package-root.js';
import { serveWaf } from '../pipeline/waf-server.js';
import { type CiMachine, ciMachine } from './ci-machine.js';
import { yamlFile } from './yaml-files.js';

/** A suite of which the Core Rule Set refuses one case. */
const suite = `suite: Shop
defaults: { path: /comments }
cases:
  - { id: one, form: { comment: hello } }
  - { id: two, form: { comment: how do you do } }
  - { id: three, form: { comment: "1' OR 1=1 -- is what the book calls an injection" } }
  - { id: four, form: { comment: good bye } }
  - { id: five, form: { comment: thank you } }
`;
const files = { 'suites/shop.yaml': suite, 'package.json': '{}' };

const steps = z.array(z.looseObject({ name: z.string().optional(), run: z.string().optional() }));
const workflow = z.looseObject({ jobs: z.record(z.string(), z.looseObject({ steps })) });

function scriptsOf(path: string, job: string): readonly string[] {
  return (workflow.parse(yamlFile(path).value).jobs[job]?.steps ?? []).flatMap(({ run }) => run ?? []);
}

async function runAll(machine: CiMachine, scripts: readonly string[], env = {}) {
  const results = [];
  for (const script of scripts) results.push(await machine.run(script, env));
  return results;
}

/** The report that parts put together: all five cases, one of them refused. */
async function expectWholeReport(folder: string): Promise<void> {
  const { summary, selection } = JSON.parse(await readFile(join(folder, 'reports/out/report.json'), 'utf8'));
  expect([summary.cases, summary.unexpected, selection]).toEqual([5, 1, undefined]);
  expect(await readFile(join(folder, 'reports/out/junit.xml'), 'utf8')).toContain('failures="1"');
}

test('the workflow for pull requests gives the action what it takes, and no more', () => {
  const action = z
    .looseObject({ inputs: z.record(z.string(), z.unknown()) })
    .parse(yamlFile('action/action.yml').value);
  const known = Object.keys(action.inputs);
  for (const path of ['examples/pull-request.yml', 'examples/sharded.yml'])
    for (const { uses, with: given } of usesIn(path)) {
      if (!uses.startsWith('wafproof/')) continue;
      expect(known).toEqual(expect.arrayContaining(Object.keys(given)));
    }
});

function usesIn(path: string) {
  const step = z.looseObject({ uses: z.string().default(''), with: z.record(z.string(), z.unknown()).default({}) });
  const { jobs } = z
    .looseObject({ jobs: z.record(z.string(), z.looseObject({ steps: z.array(step) })) })
    .parse(yamlFile(path).value);
  return Object.values(jobs).flatMap((job) => job.steps);
}

test('the nightly workflow replays against staging, and says which kind of red it is', async () => {
  const waf = await serveWaf();
  const config = `targets: { staging: { url: "${waf.url}", waf: { kind: modsecurity, log: ${waf.log} } } }\n`;
  const machine = await ciMachine({ ...files, 'wafproof.config.yaml': config });
  const [install, ssh, replay, say] = scriptsOf('examples/nightly.yml', 'replay');
  const results = await runAll(machine, [install ?? '', ssh ?? '', replay ?? ''], {
    SSH_KEY: 'k',
    SSH_KNOWN_HOSTS: 'h',
  });
  expect(results.map(({ code }) => code)).toEqual([0, 0, 0]);
  expect(readFileSync(join(machine.folder, '.home/output'), 'utf8')).toBe('status=0\n');
  expect(existsSync(join(machine.folder, 'reports/out/report.html'))).toBe(true);
  expect((await machine.run(say ?? '', { STATUS: '1' })).output).toMatch(
    /^::error title=WAF::The WAF and the suites disagree/,
  );
  expect((await machine.run(say ?? '', { STATUS: '2' })).output).toMatch(
    /^::error title=WAF::The run could not be done/,
  );
});

test('the workflow for exclusions proposes the proved files, with the report as the text of the pull request', async () => {
  const machine = await ciMachine(files);
  const git = (...words: readonly string[]) => execFileSync('git', words, { cwd: machine.folder, encoding: 'utf8' });
  git('init', '--quiet', '--initial-branch=main');
  execFileSync('git', ['init', '--quiet', '--bare', join(machine.folder, '.home/remote.git')]);
  git('remote', 'add', 'origin', join(machine.folder, '.home/remote.git'));
  git('add', 'suites');
  git('-c', 'user.name=x', '-c', 'user.email=x@example.com', 'commit', '--quiet', '-m', 'Begin');
  const results = await runAll(machine, scriptsOf('examples/exclusions.yml', 'propose'));
  expect(results.map(({ code, output }) => (code === 0 ? 0 : output))).toEqual([0, 0, 0, 0, 0]);
  const asked = readFileSync(join(machine.folder, '.home/gh'), 'utf8').split('\n');
  expect(asked.slice(0, 4)).toEqual(['pr', 'create', '--head', 'wafproof-exclusions']);
  const body = readFileSync(join(machine.folder, asked[asked.indexOf('--body-file') + 1] ?? ''), 'utf8');
  expect(body).toMatch(/\*\*1 of 5 legitimate requests is blocked\.\*\* 1 exclusion clears all of them\./);
  const pushed = git('--git-dir', '.home/remote.git', 'ls-tree', '--name-only', '-r', 'wafproof-exclusions');
  expect(pushed.match(/^waf\/.*\.conf$/gm)).toHaveLength(2);
});

test('parts of the sharded workflow become one report', async () => {
  const machine = await ciMachine(files);
  for (const part of [0, 1, 2, 3]) {
    const env = {
      ...actionDefaults(),
      WAFPROOF_SHARD: 'true',
      WAFPROOF_SUITES: 'suites',
      WAFPROOF_OUT: `parts/${part}`,
    };
    const told = { ...env, WAFPROOF_REPORTERS: 'json', STRATEGY_JOB_INDEX: `${part}`, STRATEGY_JOB_TOTAL: '4' };
    expect((await machine.run(actionScript('Replay the suites'), told)).code).toBe(0);
  }
  const [, merge = ''] = scriptsOf('examples/sharded.yml', 'report');
  expect((await machine.run(merge)).code).toBe(1);
  await expectWholeReport(machine.folder);
});

test('the commands for GitLab run as they are, part by part', async () => {
  const job = z.looseObject({
    script: z.array(z.string()),
    parallel: z.number().optional(),
    before_script: z.array(z.string()).optional(),
  });
  const file = z
    .looseObject({
      '.wafproof': z.looseObject({ before_script: z.array(z.string()) }),
      wafproof: job,
      'wafproof-report': job,
    })
    .parse(yamlFile('examples/gitlab/gitlab-ci.yml').value);
  const machine = await ciMachine(files);
  const before = file['.wafproof'].before_script.join('\n');
  for (let index = 1; index <= (file.wafproof.parallel ?? 0); index++) {
    const env = { CI_NODE_INDEX: `${index}`, CI_NODE_TOTAL: `${file.wafproof.parallel}` };
    expect((await machine.run(`${before}\n${file.wafproof.script.join('\n')}`, env)).code).toBe(0);
  }
  expect((await machine.run(file['wafproof-report'].script.join('\n'))).code).toBe(1);
  await expectWholeReport(machine.folder);
  expect(
    JSON.parse(await readFile(join(machine.folder, 'reports/out/gl-code-quality-report.json'), 'utf8')),
  ).toHaveLength(1);
});

test('the commands for CircleCI run as they are, part by part', async () => {
  const run = z.looseObject({ run: z.looseObject({ command: z.string() }) });
  const commandsOf = (list: readonly unknown[]) => list.flatMap((one) => run.safeParse(one).data?.run.command ?? []);
  const job = z.looseObject({ parallelism: z.number().optional(), steps: z.array(z.unknown()) });
  const file = z
    .looseObject({
      version: z.literal(2.1),
      commands: z.looseObject({ install: job }),
      jobs: z.looseObject({ check: job, report: job }),
    })
    .parse(yamlFile('examples/circleci/config.yml').value);
  const machine = await ciMachine(files);
  const install = commandsOf(file.commands.install.steps).join('\n');
  const { parallelism = 0 } = file.jobs.check;
  for (let index = 0; index < parallelism; index++) {
    const env = { CIRCLE_NODE_INDEX: `${index}`, CIRCLE_NODE_TOTAL: `${parallelism}` };
    expect((await machine.run(`${install}\n${commandsOf(file.jobs.check.steps).join('\n')}`, env)).code).toBe(0);
  }
  expect((await machine.run(commandsOf(file.jobs.report.steps).join('\n'))).code).toBe(1);
  await expectWholeReport(machine.folder);
});

test('the commands for Jenkins run as they are, part by part', async () => {
  const text = readFileSync(join(packageRoot, '.github/examples/jenkins/Jenkinsfile'), 'utf8');
  const code = text.replace(/^\s*\/\/.*$/gm, '').replace(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/g, "''");
  for (const [open, close] of ['{}', '()', '[]'].map((pair) => pair.split('')))
    expect(code.split(open ?? '').length).toBe(code.split(close ?? '').length);
  const scripts = [...text.matchAll(/^\s*sh '((?:[^'\\]|\\.)*)'$/gm)].map(([, script = '']) => script);
  const [install = '', check = '', , merge = ''] = scripts;
  expect(scripts).toHaveLength(4);
  const machine = await ciMachine(files);
  const shell = ['sh', '-e', '-c'];
  for (const part of ['1', '2', '3', '4'])
    expect((await machine.run(`${install}\n${check}`, { PART: part }, shell)).code).toBe(0);
  expect((await machine.run(merge, {}, shell)).code).toBe(1);
  await expectWholeReport(machine.folder);
});

test('the commands of the indexed Job run as they are, part by part', async () => {
  const container = z.looseObject({
    command: z.array(z.string()),
    args: z.array(z.string()),
    env: z.array(z.strictObject({ name: z.string(), value: z.string() })).default([]),
  });
  const job = z.looseObject({
    apiVersion: z.literal('batch/v1'),
    kind: z.literal('Job'),
    spec: z.looseObject({
      completions: z.number().optional(),
      template: z.looseObject({
        spec: z.looseObject({ initContainers: z.array(container).default([]), containers: z.array(container) }),
      }),
    }),
  });
  const text = readFileSync(join(packageRoot, '.github/examples/kubernetes/indexed-job.yaml'), 'utf8');
  const [check, report] = loadAll(text).map((value) => job.parse(value));
  const machine = await ciMachine(files);
  const one = check?.spec.template.spec.containers[0];
  const told = Object.fromEntries(one?.env.map(({ name, value }) => [name, value]) ?? []);
  expect(told).toEqual({ JOB_COMPLETIONS: `${check?.spec.completions}` });
  for (let index = 0; index < (check?.spec.completions ?? 0); index++) {
    const env = { ...told, JOB_COMPLETION_INDEX: `${index}` };
    expect((await machine.run(one?.args[0] ?? '', env, one?.command)).code).toBe(0);
  }
  const { initContainers = [], containers = [] } = report?.spec.template.spec ?? {};
  for (const { args, command } of initContainers) expect((await machine.run(args[0] ?? '', {}, command)).code).toBe(0);
  expect((await machine.run(containers[0]?.args[0] ?? '', {}, containers[0]?.command)).code).toBe(1);
  await expectWholeReport(machine.folder);
});

const action = z.looseObject({
  inputs: z.record(z.string(), z.strictObject({ description: z.string(), default: z.string() })),
  runs: z.looseObject({
    using: z.literal('composite'),
    steps: z.array(
      z.looseObject({
        name: z.string().optional(),
        shell: z.string().optional(),
        run: z.string().optional(),
        env: z.record(z.string(), z.string()).default({}),
      }),
    ),
  }),
});

function actionScript(name: string): string {
  return action.parse(yamlFile('action/action.yml').value).runs.steps.find((step) => step.name === name)?.run ?? '';
}

/** What the step of the action has in its environment where nothing is said. */
function actionDefaults(): Record<string, string> {
  const { inputs, runs } = action.parse(yamlFile('action/action.yml').value);
  const { env = {} } = runs.steps.find(({ name }) => name === 'Replay the suites') ?? {};
  const givenBy = (text: string) =>
    text.replace(/^\$\{\{ inputs\.([\w-]+) \}\}$/, (_, name: string) => inputs[name]?.default ?? 'no such input');
  return Object.fromEntries(Object.entries(env).map(([name, text]) => [name, givenBy(text)]));
}

test('each script of the action names its shell, and no text from outside is in it', () => {
  for (const { run, shell } of action.parse(yamlFile('action/action.yml').value).runs.steps) {
    if (run === undefined) continue;
    expect([shell, run]).toEqual(['bash', expect.not.stringContaining('${{')]);
  }
});

test('the action checks, writes every report and the summary, and ends as the check did', async () => {
  const machine = await ciMachine({ ...files, 'b.yaml': 'accepted: []\n' });
  const summary = join(machine.folder, 'summary.md');
  const env = {
    ...actionDefaults(),
    WAFPROOF_SUITES: 'suites',
    WAFPROOF_ARGS: '--paranoia 1  --tag',
    WAFPROOF_BASELINE: 'b.yaml',
    GITHUB_STEP_SUMMARY: summary,
  };
  const wrong = await machine.run(actionScript('Replay the suites'), env);
  expect(wrong.output).toContain('USAGE');
  const { code, output } = await machine.run(actionScript('Replay the suites'), {
    ...env,
    WAFPROOF_ARGS: '--paranoia 1',
  });
  expect([code, output]).toEqual([0, expect.stringContaining('::error file=suites/shop.yaml')]);
  expect(readFileSync(join(machine.folder, '.home/output'), 'utf8')).toMatch(
    /^status=2\n.*status=1\nreport=reports\/out\/report\.json\n$/s,
  );
  for (const name of ['report.json', 'report.html', 'junit.xml', 'report.sarif', 'report.md'])
    expect(existsSync(join(machine.folder, 'reports/out', name))).toBe(true);
  expect(await readFile(summary, 'utf8')).toContain('1 of 5 legitimate requests is blocked');
  const ends = await Promise.all(
    ['0', '1', '2'].map((STATUS) => machine.run(actionScript('Say what it came to'), { STATUS })),
  );
  expect(ends.map((end) => end.code)).toEqual([0, 1, 2]);
});

test('suites and options of the action may be on several lines and in quotes, and none of their text is run', async () => {
  const second = suite.replace('id: two,', 'id: two, title: a polite question,');
  const machine = await ciMachine({ ...files, 'more suites/second.yaml': second });
  const run = async (env: Readonly<Record<string, string>>) => {
    const all = { ...actionDefaults(), WAFPROOF_REPORTERS: 'json', ...env };
    const { code, output } = await machine.run(actionScript('Replay the suites'), all);
    return { code, output, status: readFileSync(join(machine.folder, '.home/output'), 'utf8') };
  };
  await run({
    WAFPROOF_SUITES: 'suites/shop.yaml\n"more suites"\n',
    WAFPROOF_ARGS: "\n--grep 'polite question'\n--workers 1\n",
  });
  const { summary, results } = JSON.parse(await readFile(join(machine.folder, 'reports/out/report.json'), 'utf8'));
  expect([summary.cases, results[0].id]).toEqual([1, 'second/two']);
  const evil = '$(touch pwned) `touch pwned`; touch pwned & touch pwned || touch pwned | touch pwned > pwned';
  for (const name of ['SUITES', 'ARGS', 'TARGET', 'BASELINE', 'REPORTERS', 'COMMAND', 'VERSION', 'SHARD'])
    await run({ [`WAFPROOF_${name}`]: evil });
  expect(existsSync(join(machine.folder, 'pwned'))).toBe(false);
  const { status } = await run({ WAFPROOF_SUITES: 'gone.yaml', WAFPROOF_OUT: 'out\nstatus=0' });
  expect(status.trimEnd().split('\n').slice(-2)).toEqual(['status=2', 'report=outstatus=0/report.json']);
  expect((await run({ WAFPROOF_SUITES: "o'neil.yaml" })).output).toContain('unmatched single quote');
}, 120_000);

test('the action installs packages of an earlier job from the cache, and else those of the system', async () => {
  const machine = await ciMachine(files);
  const script = actionScript('Install the engine and the Core Rule Set');
  const called = () => readFileSync(join(machine.folder, '.home/called'), 'utf8');
  expect((await machine.run(script)).code).toBe(0);
  expect(called()).toMatch(/^apt-get update\napt-get install .*libmodsecurity3 modsecurity-crs\n$/);
  await writeFile(join(machine.folder, '.home/.cache/wafproof-packages/a.deb'), '');
  expect((await machine.run(script)).code).toBe(0);
  expect(called()).toMatch(/dpkg --install \S*a\.deb\n$/);
});
