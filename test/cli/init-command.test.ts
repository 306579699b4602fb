import { spawnSync } from 'node:child_process';
import { chmod, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { runCommandLine } from '../../src/cli/run-command-line.js';
import { loadConfig } from '../../src/config/config-file.js';
import { toolVersion } from '../../src/pipeline/tool-version.js';
import { packageRoot } from '../../src/util/package-root.js';
import { folderOf } from '../suite/suite-folder.js';
import { recorder, wafproof } from './command-line.js';

const text = (folder: string, name: string) => readFile(join(folder, name), 'utf8');

/** What is written where a person answers these questions. */
async function answered(answers: readonly string[], words: readonly string[] = []) {
  const folder = await folderOf({});
  const questions: string[] = [];
  const ask = async (question: string) => {
    questions.push(question);
    return answers[questions.length - 1] ?? '';
  };
  const [stdout, stderr] = [recorder(), recorder()];
  const signal = new AbortController().signal;
  const code = await runCommandLine(['init', ...words], { cwd: folder, env: {}, stdout, stderr, signal, ask });
  return { folder, questions, code, stdout: stdout.texts.join(''), stderr: stderr.texts.join('') };
}

describe('asks', () => {
  test('three questions, each of which may be left open', async () => {
    const { folder, questions, code } = await answered([]);
    expect([questions.length, code]).toEqual([3, 0]);
    expect((await loadConfig({ cwd: folder })).targets).toMatchObject({ staging: { url: 'http://localhost:8080' } });
  });

  test('and writes what was answered', async () => {
    const { folder, stdout } = await answered(['https://staging.example.com', '/var/log/a b: #.log', 'github']);
    const { targets } = await loadConfig({ cwd: folder });
    expect(targets).toMatchObject({
      staging: { url: 'https://staging.example.com', waf: { kind: 'modsecurity', log: '/var/log/a b: #.log' } },
    });
    expect(stdout).toContain('wrote .github/workflows/wafproof.yml\n');
    expect(stdout).toContain('next: "wafproof doctor --target staging"');
  });

  test('and takes the ARN of a web ACL for what it is', async () => {
    const arn = 'arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/staging/11111111-2222-3333-4444-555555555555';
    const { folder } = await answered(['', arn, 'gitlab']);
    expect((await loadConfig({ cwd: folder })).targets).toMatchObject({
      staging: { waf: { kind: 'aws', webAcl: arn } },
    });
    expect(await text(folder, '.gitlab-ci.yml')).toContain(`check --acl ${arn} --reporter`);
  });

  test.each([[['--yes']], [['--url', 'http://a.example']], [['--ci', 'none']]])('nothing with %j', async (words) => {
    expect((await answered([], words)).questions).toEqual([]);
  });
});

test.each([
  [['--url', 'staging'], '"staging" is no URL that begins with http:// or https://'],
  [['--url', 'ftp://a.example'], '"ftp://a.example" is no URL that begins with http:// or https://'],
  [['--ci', 'jenkins'], 'there is no CI job for "jenkins"; known are github, gitlab, none'],
  [['--log', 'a', '--acl', 'arn:x'], '--log and --acl are for different WAFs; give one of them'],
])('%j is a mistake, and nothing is written', async (words, message) => {
  const { code, stdout, stderr } = await wafproof(['init', ...words]);
  expect([code, stdout, stderr]).toEqual([2, '', `USAGE ${message}; see "wafproof init --help"\n`]);
});

const manifest = (more: object) => JSON.stringify({ name: 'shop', ...more });
const own = { 'package.json': manifest({ devDependencies: { wafproof: '^0.1.0' } }), 'package-lock.json': '{}' };

describe('recognises', () => {
  test.each([
    ['a project that has it, and is locked', { ...own, '.github/CODEOWNERS': '' }, ['npm ci', 'npx wafproof check']],
    [
      'a project that has it, and is not locked',
      { 'package.json': own['package.json'], '.github/CODEOWNERS': '' },
      ['npm install', 'npx wafproof check'],
    ],
    ['no project', { '.github/CODEOWNERS': '' }, [`npx --yes wafproof@${toolVersion()} check`]],
    ['a broken package.json', { 'package.json': '{', '.github/x': '' }, [`npx --yes wafproof@${toolVersion()} check`]],
  ])('%s', async (_, files, commands) => {
    const { folder } = await wafproof(['init'], { files });
    const workflow = await text(folder, '.github/workflows/wafproof.yml');
    for (const command of commands) expect(workflow).toContain(`run: ${command}`);
    expect(workflow.includes('npm ')).toBe(commands.length > 1);
  });

  test.each([
    ['.gitlab-ci.yml', { '.gitlab-ci.yml': 'a: 1\n' }, 'kept .gitlab-ci.yml, which was there\n'],
    [
      'a repository on GitHub',
      { '.git/config': '[remote "origin"]\n\turl = git@github.com:a/b.git\n' },
      'wrote .github/',
    ],
    [
      'a repository on GitLab',
      { '.git/config': '[remote "origin"]\n\turl = git@gitlab.com:a/b.git\n' },
      'wrote .gitlab-',
    ],
  ])('%s', async (_, files, said) => {
    expect((await wafproof(['init'], { files })).stdout).toContain(said);
  });

  test('a project that lacks it, and says how it gets it', async () => {
    const { stdout } = await wafproof(['init'], { files: { 'package.json': manifest({}) } });
    expect(stdout).toContain('next: "npm install --save-dev wafproof"');
  });
});

/** Runs commands of a job with a `npx` that finds this Wafproof, and with no other tool. */
async function runAll(folder: string, commands: readonly string[]) {
  const npx = join(folder, 'bin/npx');
  await chmod(npx, 0o755);
  const env = { ...process.env, PATH: `${join(folder, 'bin')}:${process.env['PATH']}` };
  return commands.map((command) => spawnSync('sh', ['-ec', command], { cwd: folder, env, encoding: 'utf8' }));
}

const bin = {
  'bin/npx': `#!/bin/sh\n[ "$1" = --yes ] && shift\nshift\nexec "${process.execPath}" "${packageRoot}/dist/cli/main.js" "$@"\n`,
};

describe('a job that is written runs as it is', () => {
  test('on GitHub', async () => {
    const { folder } = await wafproof(['init', '--ci', 'github'], { files: bin });
    const { jobs } = load(await text(folder, '.github/workflows/wafproof.yml')) as {
      jobs: { check: { steps: readonly { run?: string }[] } };
    };
    const commands = jobs.check.steps.flatMap(({ run }) => (run === undefined || run.includes('apt-get') ? [] : [run]));
    const [ran] = await runAll(folder, commands);
    expect([commands.length, ran?.status, ran?.stderr.includes('::error')]).toEqual([1, 1, false]);
    expect(ran?.stdout).toContain('::error');
    expect(await text(folder, 'reports/out/report.json')).toContain('"schemaVersion"');
  });

  test('on GitLab', async () => {
    const { folder } = await wafproof(['init', '--ci', 'gitlab'], { files: bin });
    const { waf } = load(await text(folder, '.gitlab-ci.yml')) as {
      waf: { script: readonly string[]; artifacts: { reports: Readonly<Record<string, string>> } };
    };
    const [ran] = await runAll(folder, waf.script.slice(1));
    expect(ran?.status).toBe(1);
    for (const file of Object.values(waf.artifacts.reports)) expect(await text(folder, file)).not.toBe('');
  });
});
