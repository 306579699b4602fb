import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Attack } from '../../src/model/attack.js';
import { sampleAttacks } from '../../src/prove/sample-attacks.js';

const attack = fc.record({ className: fc.constantFrom('sqli', 'xss', 'rce'), payload: fc.string() });

test('a sample has an eighth of each class, and something of every one', () => {
  fc.assert(
    fc.property(fc.array(attack, { maxLength: 100 }), (attacks) => {
      const sample = sampleAttacks(attacks);
      for (const className of ['sqli', 'xss', 'rce']) {
        const of = (list: readonly Attack[]) => list.filter((one) => one.className === className);
        expect(of(sample)).toHaveLength(Math.ceil(of(attacks).length / 8));
      }
      expect(attacks).toEqual(expect.arrayContaining([...sample]));
    }),
  );
});
