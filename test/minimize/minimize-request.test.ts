import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { minimizeRequest, type RequestHints, type RequestPart } from '../../src/minimize/minimize-request.js';
import { ask } from './ask.js';

const noHints: RequestHints = { guesses: [], suspects: [], matchIn: () => undefined };

function fieldsOf(...values: string[]) {
  return values.map((value) => ({ value, isText: true }));
}

/** The values that a part of a request sends. */
function sent(fields: readonly { readonly value: string }[], { kept, shortened }: RequestPart): readonly string[] {
  return kept.map((index) => (index === shortened?.field ? shortened.excerpt.value : (fields[index]?.value ?? '')));
}

describe('the smallest request', () => {
  const fields = fieldsOf('token 1234', 'a page with <script>alert(1)</script> in it', 'fine', 'text/html');

  it('is one field, and of its value what matters', () => {
    const { result } = ask(minimizeRequest(fields, noHints), (part) =>
      sent(fields, part).some((value) => value.includes('<script>')),
    );
    expect(result?.kept).toEqual([1]);
    expect(result?.shortened).toEqual({ field: 1, excerpt: { value: '<script>', ranges: [[12, 20]] } });
  });

  it('takes one question for the fields where the guess is right', () => {
    const hints: RequestHints = { guesses: [[1, 3]], suspects: [1], matchIn: () => [12, 20] };
    const { result, asked } = ask(minimizeRequest(fields, hints), (part) =>
      sent(fields, part).some((value) => value.includes('<script>')),
    );
    expect(asked.slice(0, 2)).toEqual([{ kept: [1, 3] }, expect.objectContaining({ kept: [1, 3] })]);
    expect(result && sent(fields, result)).toEqual(['<script>', 'text/html']);
  });

  it('keeps a second field that the rule needs too', () => {
    const hints: RequestHints = { guesses: [[1]], suspects: [1], matchIn: () => undefined };
    const { result } = ask(minimizeRequest(fields, hints), (part) => {
      const values = sent(fields, part);
      return values.includes('fine') && values.some((value) => value.includes('<script>'));
    });
    expect(result && sent(fields, result)).toEqual(['<script>', 'fine']);
  });

  it('leaves the value of a field that is no text as it is', () => {
    const number = [{ value: '-1 2', isText: false }];
    const { result } = ask(minimizeRequest(number, { ...noHints, guesses: [[0]], suspects: [0] }), () => true);
    expect(result?.shortened?.excerpt.value).toBe('-1 2');
  });

  it('has what matters of the only text that is left, beside what is no text', () => {
    const mixed = [{ value: '17', isText: false }, ...fields];
    const { result } = ask(minimizeRequest(mixed, noHints), (part) => {
      const values = sent(mixed, part);
      return values.includes('17') && values.some((value) => value.includes('<script>'));
    });
    expect(result?.kept).toEqual([0, 2]);
    expect(result && sent(mixed, result)).toEqual(['17', '<script>']);
  });

  it('has no value where several fields are left and none is suspected', () => {
    const { result } = ask(minimizeRequest(fields, noHints), ({ kept }) => kept.includes(0) && kept.includes(2));
    expect(result).toEqual({ kept: [0, 2] });
  });

  it('does not exist where the rule does not fire on the whole', () => {
    expect(ask(minimizeRequest(fields, noHints), () => false).result).toBeUndefined();
  });

  it('always fires', () => {
    const values = fc.array(fc.string({ unit: fc.constantFrom('a', 'b', ' ', '<') }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(values, fc.nat(), (some, seed) => {
        const all = fieldsOf(...some);
        const fires = (part: RequestPart) => {
          const text = sent(all, part).join('&');
          return part.kept.length === all.length || (text.length * 7 + seed) % 3 > 0;
        };
        const { result } = ask(minimizeRequest(all, { ...noHints, suspects: [seed % all.length] }), fires);
        expect(result !== undefined && fires(result)).toBe(true);
      }),
    );
  });
});
