import fc from 'fast-check';

/** A way to write a text as a word of bash. */
type Quoting = (text: string) => string;

const single: Quoting = (text) => `'${text.replaceAll("'", "'\\''")}'`;
const danced: Quoting = (text) => `'${text.replaceAll("'", `'"'"'`)}'`;
const double: Quoting = (text) => `"${text.replace(/[$`"\\]/g, '\\$&')}"`;
const lazyDouble: Quoting = (text) => `"${text.replace(/[$`"]|\\(?=[$`"\\\n]|$)/g, '\\$&')}"`;
const bare: Quoting = (text) =>
  text === '' || /[\r\n]/.test(text) ? single(text) : text.replace(/[^\w/.:,@%+=\x80-\uffff-]/g, '\\$&');
const named: Readonly<Record<string, string>> = { '\\': '\\\\', "'": "\\'", '\n': '\\n', '\r': '\\r', '\t': '\\t' };
const inAnsi =
  (spell: (char: string, at: number) => string): Quoting =>
  (text) =>
    `$'${[...text].map((char, at) => named[char] ?? spell(char, at)).join('')}'`;
const ansi = inAnsi((char) => char);
const hexAnsi = inAnsi((char) =>
  [...Buffer.from(char)].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join(''),
);
const octalAnsi = inAnsi((char) =>
  [...Buffer.from(char)].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join(''),
);
const codeAnsi = inAnsi((char, at) => {
  const code = (char.codePointAt(0) ?? 0).toString(16);
  return at % 2 === 0 ? char : code.length > 4 ? `\\U${code.padStart(8, '0')}` : `\\u${code.padStart(4, '0')}`;
});

const quoting = fc.constantFrom(single, danced, double, lazyDouble, bare, ansi, hexAnsi, octalAnsi, codeAnsi);
const pieces = fc.array(fc.tuple(fc.integer({ min: 1, max: 5 }), quoting), { minLength: 2, maxLength: 5 });

/** Texts as words of bash, in one way of quoting or in several, piece by piece. */
export function quoted(texts: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const whole = fc.tuple(texts, quoting).map(([text, quote]) => quote(text));
  return fc.oneof({ arbitrary: whole, weight: 3 }, fc.tuple(texts, pieces).map(inPieces));
}

function inPieces([text, cuts]: [string, [number, Quoting][]]): string {
  let rest = [...text];
  const words = cuts.map(([length, quote]) => {
    const piece = rest.slice(0, length).join('');
    rest = rest.slice(length);
    return piece === '' ? '' : quote(piece);
  });
  return [...words, ...(rest.length > 0 || text === '' ? [single(rest.join(''))] : [])].join('');
}
