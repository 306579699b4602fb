import type { PlaceholderKind } from '../model/placeholders.js';

const examples: Readonly<Record<PlaceholderKind, string>> = {
  number: '7',
  uuid: '0b9c1d2e-3f40-4a5b-8c6d-7e8f90a1b2c3',
  hex: '9b1c44e07d',
  ulid: '01ARZ3NDEKTSV4RRFFQ69G5FAV',
  hash: 'dQw4w9WgXcQ',
  token: 'V1StGXR8_Z5jdHi6B-myT',
  email: 'max.muster@example.org',
  date: '2031-05-17',
  time: '2031-05-17T08:09:10Z',
};

/** A generated part of a kind. */
export function exampleOf(kind: PlaceholderKind): string {
  return examples[kind];
}

/** Another generated part of the same kind, the same for the same value. A number gets longer. */
export function otherValue(kind: PlaceholderKind, value: string): string {
  switch (kind) {
    case 'number':
      return `${value}3`;
    case 'date':
    case 'time':
      return value === examples[kind] ? examples[kind].replace('17', '18') : examples[kind];
    case 'email':
      return value === examples.email ? `a.${value}` : examples.email;
    case 'hash':
    case 'token':
      return rotated(value, 'abcdefghijklmnopqrstuvwxyz');
    default:
      return rotated(value, 'abcdef');
  }
}

/** Each digit and each of the letters as the next one; the first stays as it is. */
function rotated(value: string, letters: string): string {
  const next = (all: string, char: string) => all[(all.indexOf(char) + 1) % all.length] ?? char;
  return (
    value.slice(0, 1) +
    value.slice(1).replace(/[0-9A-Za-z]/g, (char) => {
      if (char >= '0' && char <= '9') return next('0123456789', char);
      if (letters.includes(char)) return next(letters, char);
      const capitals = letters.toUpperCase();
      return capitals.includes(char) ? next(capitals, char) : char;
    })
  );
}
