import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RecentMap } from '../../src/util/recent-map.js';

const key = fc.integer({ min: 0, max: 30 }).map(String);
const step = fc.oneof(fc.tuple(fc.constant('set'), key), fc.tuple(fc.constant('delete'), key));

test('what was set last is there, as in any map, and not much more', () => {
  const property = fc.property(fc.array(step, { maxLength: 200 }), fc.integer({ min: 1, max: 8 }), (steps, most) => {
    const map = new RecentMap<string>(most);
    const all = new Map<string, string>();
    const recent: string[] = [];
    for (const [i, [what, name]] of steps.entries()) {
      if (what === 'delete') {
        map.delete(name);
        all.delete(name);
      } else {
        map.set(name, `value ${i}`);
        all.set(name, `value ${i}`);
        recent.push(name);
      }
    }
    for (const name of recent.slice(-most)) expect(map.get(name)).toBe(all.get(name));
    const there = Array.from({ length: 31 }, (_, i) => String(i)).filter((name) => map.get(name) !== undefined);
    for (const name of there) expect(map.get(name)).toBe(all.get(name));
    expect(there.length).toBeLessThan(2 * most);
    expect(map.isEmpty).toBe(there.length === 0);
  });
  fc.assert(property, { numRuns: 500 });
});
