import { spawnSync } from 'node:child_process';
import { describe, expect, it, test } from 'vitest';
import { commands } from '../../src/cli/commands.js';
import { wafproof } from './command-line.js';

const inCi = !['', '0', 'false'].includes(process.env['CI'] ?? '');

/** What a shell offers after these words, the last of which is being typed. */
type Offer = (script: string, words: readonly string[]) => readonly string[];

const bash: Offer = (script, words) =>
  linesOf(
    'bash',
    `${script}\nCOMP_WORDS=("$@") COMP_CWORD=$(($# - 1)); _wafproof; printf '%s\\n' "\${COMPREPLY[@]}"`,
    words,
  );

const fish: Offer = (script, words) =>
  linesOf('fish', `${script}\ncomplete -C "$argv"`, words).map((line) => line.split('\t')[0] ?? '');

/** What zsh is told to offer: its own functions are at work only in a terminal. */
const zsh: Offer = (script, words) =>
  linesOf(
    'zsh',
    `compdef() { }; _describe() { print -rl -- \${\${(P)2}%%:*} }; _arguments() { print -rl -- \${\${\${@#\\*}%%\\[*}%%:*} }
${script}\nwords=("$@"); CURRENT=$#; _wafproof`,
    words,
  ).filter((line) => line.startsWith(words.at(-1) ?? ''));

function linesOf(shell: string, script: string, words: readonly string[]): readonly string[] {
  const inherited = shell === 'fish' ? ['--no-config'] : shell === 'zsh' ? ['-f'] : ['--norc'];
  const options = shell === 'fish' ? ['-c', script, '--', ...words] : ['-c', script, shell, ...words];
  const { stdout, stderr, status } = spawnSync(shell, [...inherited, ...options], { encoding: 'utf8' });
  expect([status, stderr]).toEqual([0, '']);
  return stdout.split('\n').filter((line) => line !== '');
}

function isThere(shell: string): boolean {
  if (spawnSync(shell, ['-c', 'true']).status === 0) return true;
  if (inCi) throw new Error(`there is no ${shell}: in CI nothing is left out`);
  process.stderr.write(`WITHOUT ${shell}: the tests of its completion are left out of this run\n`);
  return false;
}

describe.each([
  ['bash', bash],
  ['zsh', zsh],
  ['fish', fish],
] as const)('completion of %s', (shell, offer) => {
  const isLeftOut = !isThere(shell);
  const script = async () => (await wafproof(['completion', shell])).stdout;

  it.skipIf(isLeftOut)('offers the commands', async () => {
    const offered = offer(await script(), ['wafproof', '']);
    expect([...offered].sort()).toEqual(commands.map(({ name }) => name).sort());
  });

  it.skipIf(isLeftOut)('offers the options of a command that begin so', async () => {
    const offered = offer(await script(), ['wafproof', 'check', '--para']);
    expect(offered).toEqual(['--paranoia']);
  });

  it.skipIf(isLeftOut)('offers all options of each command', async () => {
    const text = await script();
    for (const { name, flags } of commands) {
      const offered = offer(text, ['wafproof', name, '--']);
      expect([...offered].sort()).toEqual(flags.map(({ long }) => `--${long}`).sort());
    }
  });
});

test('bash offers files as the value of an option', async () => {
  const { stdout } = await wafproof(['completion', 'bash']);
  expect(bash(stdout, ['wafproof', 'check', '--out', '-'])).toEqual([]);
});

test.each([
  [[], 'completion is for one of bash, zsh, fish'],
  [['fisch'], 'there is no completion for "fisch"; did you mean "fish"?'],
  [['powershell'], 'there is no completion for "powershell"; known are bash, zsh, fish'],
])('completion %j is a mistake', async (words, message) => {
  expect(await wafproof(['completion', ...words])).toMatchObject({
    code: 2,
    stdout: '',
    stderr: `USAGE ${message}; see "wafproof completion --help"\n`,
  });
});
