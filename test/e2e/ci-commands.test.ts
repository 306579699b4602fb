import { expect, test } from 'vitest';
import { wafproof } from './command.js';

/** A payload that is printed, with commands of GitHub's runner and of Azure's agent in it. */
const suite = `suite: S
cases:
  - id: evil
    title: "##[stop-commands]token"
    path: /##[set-output name=a;]b
    form: { comment: "1' OR 1=1 -- ##[error]x ##vso[task.setvariable variable=a]b" }
`;
const words = ['check', 's.yaml', '--workers', '1', '-r', 'terminal,github,json', '-o', 'out'];
const marks = /##(?:vso)?\[/;

test('on a CI system that reads output for commands, only annotations are some', async () => {
  const { code, stdout, stderr } = await wafproof(words, { 's.yaml': suite }, { GITHUB_ACTIONS: 'true' });
  expect([code, stderr]).toEqual([1, expect.not.stringMatching(marks)]);
  // The runner takes the line for what stands at its begin.
  expect(stdout.replace(/^::error .*$/gm, '')).not.toMatch(marks);
  expect(stdout.match(/^::\w+/gm)).toEqual(['::error']);
  expect(stdout).toContain('#\\u0023[set-output name=a;]b');
  const json = await wafproof(['list', 's.yaml', '--json'], { 's.yaml': suite }, { GITHUB_ACTIONS: 'true' });
  expect(json.stdout).not.toMatch(marks);
  expect(JSON.parse(json.stdout).wire.path).toContain('set-output');
});

test('elsewhere all is printed as it is', async () => {
  const env = { GITHUB_ACTIONS: '', TF_BUILD: '', TEAMCITY_VERSION: '' };
  const { stdout } = await wafproof(words, { 's.yaml': suite }, env);
  expect(stdout).toContain('##[set-output name=a;]b');
});
