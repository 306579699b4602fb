import { beforeAll, describe, expect, it } from 'vitest';
import { audit } from '../../src/pipeline/audit.js';
import { furnish, options, world } from './audit-house.js';

beforeAll(furnish);

/** Audits until a stage begins, and then ends it. */
function auditUntil(begin: string) {
  const interrupt = new AbortController();
  const told: string[] = [];
  let steps = 0;
  const progress = {
    ...world.progress,
    stage(text: string, total?: number) {
      told.push(`${text} ${total ?? ''}`.trim());
      if (text.startsWith(begin)) interrupt.abort();
    },
    step() {
      steps += 1;
    },
  };
  return { ended: audit(options, { ...world, progress, signal: interrupt.signal }), told, steps: () => steps };
}

describe('an audit that the user ends', () => {
  it('names what is known to be needed by then, and says what is not known', async () => {
    const { audit: entries = [], interrupted } = await auditUntil('looking for an effect').ended;
    expect(interrupted).toMatch(/^interrupted: (\d+) of \1 exclusions were left out, \d+ are needed; /);
    expect(entries.length).toBeGreaterThan(0);
    for (const { verdict, blockedWithout, matchedWithout } of entries) {
      expect(['needed', 'broader']).toContain(verdict);
      expect([...blockedWithout, ...matchedWithout]).not.toEqual([]);
    }
  });

  it('names nothing where nothing is known yet', async () => {
    const { audit: entries, interrupted } = await auditUntil('leaving out').ended;
    expect(entries).toEqual([]);
    expect(interrupted).toMatch(/^interrupted: 0 of \d+ exclusions were left out, 0 are needed/);
  });

  it('tells how many exclusions there are, and each that is done', async () => {
    const { ended, told, steps } = auditUntil('never');
    const { audit: entries = [] } = await ended;
    expect(told).toContain(`leaving out each exclusion in turn ${entries.length}`);
    expect(steps()).toBeGreaterThanOrEqual(entries.length);
  });
});
