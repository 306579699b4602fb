import { describe, expect, test } from 'vitest';
import { commands } from '../../src/cli/commands.js';
import { wafproof } from './command-line.js';

describe.each(commands)('help of $name', ({ name, summary, flags, examples }) => {
  test.each(['--help', '-h'])('with %s is on standard output', async (flag) => {
    const { code, stdout, stderr } = await wafproof([name, flag]);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain(summary);
    expect(stdout).toContain(`Usage: wafproof ${name} `);
    for (const { long, help } of flags) expect(stdout).toMatch(new RegExp(`--${long}\\b.*  ${literally(help)}`));
    for (const example of examples) expect(stdout).toContain(`\n  ${example}\n`);
  });

  test('wins over other words, if they are known', async () => {
    expect(await wafproof([name, 'x.yaml', '--help'])).toMatchObject({ code: 0, stderr: '' });
  });

  test('is named where an option is unknown', async () => {
    const { code, stdout, stderr } = await wafproof([name, '--nonsense-option']);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toBe(`USAGE there is no option --nonsense-option; see "wafproof ${name} --help"\n`);
  });
});

function literally(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

describe('help of all', () => {
  test.each(['--help', '-h', 'help'])('with %s names each command', async (word) => {
    const { code, stdout, stderr } = await wafproof([word]);
    expect([code, stderr]).toEqual([0, '']);
    for (const { name, summary } of commands)
      expect(stdout).toMatch(new RegExp(`^  ${name} .*${literally(summary)}$`, 'm'));
  });

  test('without words is a mistake', async () => {
    const { code, stdout, stderr } = await wafproof([]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('Usage: wafproof <command>');
  });
});

test.each(['--version', '-v', '-V'])('%s is the version of the package', async (word) => {
  const { version } = (await import('../../package.json', { with: { type: 'json' } })).default;
  expect(await wafproof([word])).toMatchObject({ code: 0, stdout: `${version}\n`, stderr: '' });
});

describe.each([120, 80, 60, 24])('help in a terminal of %d columns', (columns) => {
  const words = (text: string) => text.replaceAll(' \\\n', ' ').split(/\s+/).join(' ');

  test.each(['help', ...commands.map(({ name }) => `${name} --help`)])(
    '%s is no wider, and says the same',
    async (asked) => {
      const [wrapped, whole] = [await wafproof(asked.split(' '), { columns }), await wafproof(asked.split(' '))];
      expect(words(wrapped.stdout)).toBe(words(whole.stdout));
      const tooLong = wrapped.stdout.split('\n').filter((line) => line.length > columns);
      if (columns >= 60) expect(tooLong).toEqual([]);
    },
  );
});
