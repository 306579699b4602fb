import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { Alternative, Triage } from '../../src/model/triage.js';
import { readSaved } from '../../src/pipeline/triage/read-saved.js';
import { worldOf } from '../../src/pipeline/world.js';
import { triage } from '../../src/triage/triage.js';
import { type CaptureLabel, captureLabels } from './capture-labels.js';

const folder = fileURLToPath(new URL('../fixtures/triage/', import.meta.url));

async function triageOf(capture: string, without = /^$/): Promise<Triage> {
  const files = readdirSync(join(folder, capture)).filter((file) => !without.test(file));
  const logs = files.filter((file) => file.startsWith('log-'));
  const places = {
    response: 'response.txt',
    ...(files.includes('command.txt') && { command: 'command.txt' }),
    logs,
  };
  return triage(await readSaved(places, worldOf({ cwd: join(folder, capture) })));
}

const nameOf = ({ layer, cause }: Alternative) => `${layer}/${cause}`;

function isRight(answer: Triage, { truth, told, also }: CaptureLabel): boolean {
  if ([truth, ...also].includes(nameOf(answer))) return true;
  const isOpen = !told && (answer.cause === 'unknown' || answer.layer === 'unknown');
  return isOpen && answer.alternatives.slice(0, 3).some((one) => [truth, ...also].includes(nameOf(one)));
}

test('every capture is told by what it holds, or left open with the truth among the first three', async () => {
  const wrong: string[] = [];
  for (const label of captureLabels) {
    const answer = await triageOf(label.capture);
    const seen = `${nameOf(answer)} (${answer.confidence}, ${answer.system}) or ${answer.alternatives.slice(0, 3).map(nameOf).join(', ')}`;
    if (!isRight(answer, label)) wrong.push(`${label.capture}: ${label.truth}${label.told ? '' : '?'}, not ${seen}`);
  }
  expect(wrong).toEqual([]);
});
