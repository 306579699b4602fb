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

it('shows all of what is no longer than it cuts', () => {
  const [aside, between] = ['x'.repeat(24), 'y'.repeat(48)];
  const text = `${aside}<a${between}b>${aside}`;
  expect(shown(text, [24, 26], [74, 76])).toBe(`${aside}[<a]${between}[b>]${aside}`);
});

it('never shows half a character', () => {
  const far = '😀'.repeat(30);
  const near = '😀'.repeat(11);
  expect(shown(`${far}x<a>x${far}x<b>x${far}`, [61, 64], [126, 129])).toBe(
    `…${near}x[<a>]x${near}…${near}x[<b>]x${near}…`,
  );
});

it('has no empty pieces', () => {
  expect(showInContext('<a>', [[0, 3]])).toEqual([{ text: '<a>', isTrigger: true }]);
  expect(showInContext('<a> b', [[0, 3]])).toEqual([
    { text: '<a>', isTrigger: true },
    { text: ' b', isTrigger: false },
  ]);
});

it('has nothing to mark where nothing of the value matters', () => {
  expect(shown('whatever')).toBe('whatever');
});
