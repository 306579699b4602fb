import { describe, expect, it } from 'vitest';
import type { Exclusion, ExclusionOutcome } from '../../src/model/exclusion.js';
import { confirm, type SeenOnServer } from '../../src/prove/confirm.js';
import { judged, post, removal } from './word-engine.js';

const rules = [{ id: 'sqli', word: 'select' }];
const note = removal('note', ['sqli']);
const title = removal('title', ['sqli']);
const cases = () =>
  Promise.all([
    judged('note', post('/a', [['note', 'how to select']]), rules),
    judged('title', post('/a', [['title', 'select one']]), rules),
  ]);

const nothing: ExclusionOutcome = {
  engine: 'Words 2.0',
  cleared: [],
  stillBlocked: [],
  newlyBlocked: [],
  tooBroad: [],
};

async function confirmed(exclusions: readonly Exclusion[], outcomes: readonly Partial<ExclusionOutcome>[]) {
  const before = await cases();
  const servers = outcomes.map((outcome): SeenOnServer => ({ before, outcome: { ...nothing, ...outcome } }));
  const { exclusions: kept, refused } = confirm(exclusions, before, servers);
  return { kept: kept.map(({ id }) => id), refused: refused.map(({ exclusion, reason }) => [exclusion.id, reason]) };
}

describe('exclusions that servers were asked about', () => {
  it('stay where one of the servers clears a case of theirs', async () => {
    const outcomes = [{ stillBlocked: ['note', 'title'] }, { cleared: ['note', 'title'] }];
    expect(await confirmed([note, title], outcomes)).toEqual({ kept: [note.id, title.id], refused: [] });
  });

  it('go where their cases stay blocked', async () => {
    expect(await confirmed([note, title], [{ cleared: ['note'], stillBlocked: ['title'] }])).toEqual({
      kept: [note.id],
      refused: [[title.id, 'its cases stay blocked on Words 2.0']],
    });
  });

  it('go where no server blocks what they are for', async () => {
    expect(await confirmed([note, title], [{ cleared: ['note'] }])).toEqual({
      kept: [note.id],
      refused: [[title.id, 'nothing that it is for is blocked on Words 2.0']],
    });
  });

  it('stay where they are for what was hidden behind another refusal, if a case of their endpoint is cleared', async () => {
    const hidden = removal('hidden', ['sqli']);
    expect((await confirmed([hidden], [{ cleared: ['note'], stillBlocked: ['title'] }])).kept).toEqual([hidden.id]);
    expect((await confirmed([hidden], [{ stillBlocked: ['note', 'title'] }])).kept).toEqual([]);
  });
});
