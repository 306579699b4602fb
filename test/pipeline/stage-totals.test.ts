import { beforeAll, describe, expect, it } from 'vitest';
import { audit } from '../../src/pipeline/audit.js';
import { check } from '../../src/pipeline/check.js';
import { sweep } from '../../src/pipeline/sweep.js';
import { tune } from '../../src/pipeline/tune/tune.js';
import type { World } from '../../src/pipeline/world.js';
import { engine, furnish, options, world } from './audit-house.js';

/** A stage, how many steps it was to take, and how many were told. */
interface Stage {
  readonly text: string;
  readonly total: number | undefined;
  steps: number;
}

/** The stages that a job tells. */
async function stagesOf(job: (own: World) => Promise<unknown>): Promise<readonly Stage[]> {
  const stages: Stage[] = [];
  const progress = {
    ...world.progress,
    stage: (text: string, total?: number) => void stages.push({ text, total, steps: 0 }),
    step() {
      const last = stages.at(-1);
      if (last !== undefined) last.steps += 1;
    },
  };
  await job({ ...world, progress });
  return stages;
}

const two = { ...engine, workers: 2 };
const checking = { suites: ['s.yaml'], select: { tags: [] }, engine: two, timeoutMs: 60_000 };
const tuning = { ...options, engine: two, out: 'tuned', noCache: true as const };

beforeAll(furnish);

describe('how many engines have loaded the rules, of how many, is told by', () => {
  it.each([
    ['check', 'loading rules', (own: World) => check(checking, own)],
    [
      'check --sweep',
      'loading rules',
      (own: World) => sweep({ ...checking, parameters: new Map([['paranoia', [1]]]) }, own),
    ],
    ['tune', 'loading the rules', (own: World) => tune(tuning, own)],
  ])('%s', async (_, text, job) => {
    const stages = await stagesOf(job);
    expect(stages).toContainEqual({ text, total: 2, steps: 2 });
  });
});

it('an audit tells how far each of its stages is', async () => {
  const stages = await stagesOf((own) => audit({ ...options, engine: two, noCache: true }, own));
  expect(stages).toContainEqual({ text: 'loading the rules without them', total: 2, steps: 2 });
  expect(stages).toContainEqual({ text: 'replaying 4 cases with and without the files', total: 12, steps: 12 });
  const searching = stages.filter(({ text }) => text.startsWith('searching the narrowest exclusions'));
  expect(searching).not.toEqual([]);
  for (const { total, steps } of searching) expect(steps).toBe(total);
  const unsaid = stages.filter(({ total }) => total === undefined).map(({ text }) => text);
  expect(unsaid).toEqual(['loading the files as they are']);
});
