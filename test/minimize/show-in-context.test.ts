import { expect, it } from 'vitest';
import { showInContext } from '../../src/minimize/show-in-context.js';

function shown(text: string, ...ranges: (readonly [number, number])[]): string {
  return showInContext(text, ranges)
    .map((piece) => (piece.isTrigger ? `[${piece.text}]` : piece.text))
    .join('');
}

it('shows all of a short text', () => {
  expect(shown('the UNION ALL SELECT talk', [4, 10], [14, 20])).toBe('the [UNION] ALL [SELECT] talk');
});

it('cuts what is far away', () => {
  const far = 'x'.repeat(100);
  expect(shown(`${far}<a${far}b>${far}`, [100, 102], [202, 204])).toBe(
    `…${'x'.repeat(24)}[<a]${'x'.repeat(24)}…${'x'.repeat(24)}[b>]${'x'.repeat(24)}…`,
  );
});

it('never shows half a character', () => {
  const text = `a${'😀'.repeat(30)}<b>${'😀'.repeat(30)}`;
  for (const { text: piece } of showInContext(text, [[61, 64]])) expect(piece.isWellFormed()).toBe(true);
});

it('has nothing to mark where nothing of the value matters', () => {
  expect(shown('whatever')).toBe('whatever');
});
