import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isReadForCommands, withoutCommands } from '../../src/cli/ci-commands.js';
import { anyText } from '../report/hostile-case.js';

/** Whether a CI system takes a line for a command: GitHub looks for its marks behind spaces, and for the old ones anywhere. */
function isCommand(line: string): boolean {
  return /^::.*::/.test(line.trimStart()) || /##(?:vso|teamcity)?\[.*\]/i.test(line);
}

test.each([
  '::error::x',
  ' \t::set-output name=a::b',
  'first\n::stop-commands::token\nlast',
  'first\r::add-mask::a',
  'matched: ##[set-output name=a;]b',
  '###[error]x',
  '##[group]##[error]',
  '##vso[task.setvariable variable=a]b',
  "##teamcity[testFailed name='a']",
  '## [not one] ::: nor this ::error::',
])('no line of %j is a command', (text) => {
  const lines = withoutCommands(text).split(/\r\n|\r|\n/);
  expect(lines.filter(isCommand)).toEqual([]);
});

test('what holds no command stays as it is', () => {
  for (const text of ['std::vector and C::d', '# [x](y) ## heading', 'a: :b', '## x', 'ARGS:::1'])
    expect(withoutCommands(text)).toBe(text);
});

test('whatever is written, JSON reads as the same value, and no line is a command', () => {
  const marks = fc.array(fc.oneof(fc.constantFrom('##[', '::', '##vso[', '#', '[', ']', '\n', ' '), anyText));
  fc.assert(
    fc.property(marks, (parts) => {
      const text = parts.join('');
      expect(JSON.parse(withoutCommands(JSON.stringify({ text })))).toEqual({ text });
      expect(
        withoutCommands(text)
          .split(/\r\n|\r|\n/)
          .filter(isCommand),
      ).toEqual([]);
    }),
  );
});

test.each([
  [{ GITHUB_ACTIONS: 'true' }, true],
  [{ TF_BUILD: 'True' }, true],
  [{ TEAMCITY_VERSION: '2026.1' }, true],
  [{ GITHUB_ACTIONS: '', CI: 'true' }, false],
  [{}, false],
])('under %j output is read for commands: %s', (env, isRead) => {
  expect(isReadForCommands(env)).toBe(isRead);
});
