import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Alternative, Triage } from '../../src/model/triage.js';
import { readSaved } from '../../src/pipeline/triage/read-saved.js';
import { worldOf } from '../../src/pipeline/world.js';
import type { TriageMaterial } from '../../src/triage/material.js';
import { triage } from '../../src/triage/triage.js';
import type { CaptureLabel } from './capture-labels.js';

const folder = fileURLToPath(new URL('../fixtures/triage/', import.meta.url));

/** What a capture holds, without the files whose names fit. */
export async function materialOf(capture: string, without = /^$/): Promise<TriageMaterial> {
  const files = readdirSync(join(folder, capture)).filter((file) => !without.test(file));
  const places = {
    response: 'response.txt',
    ...(files.includes('command.txt') && { command: 'command.txt' }),
    logs: files.filter((file) => file.startsWith('log-')),
  };
  return readSaved(places, worldOf({ cwd: join(folder, capture) }));
}

export async function triageOfCapture(capture: string, without?: RegExp): Promise<Triage> {
  return triage(await materialOf(capture, without));
}

/** `waf/waf-rule` */
export function refuser({ layer, cause }: Alternative): string {
  return `${layer}/${cause}`;
}

/** What is told has to be named; what is not may be left open, with the truth among the first three. */
export function isRight(answer: Triage, { truth, told, also }: CaptureLabel): boolean {
  const right = [truth, ...also];
  if (right.includes(refuser(answer))) return true;
  const isOpen = !told && (answer.cause === 'unknown' || answer.layer === 'unknown');
  return isOpen && answer.alternatives.slice(0, 3).some((one) => right.includes(refuser(one)));
}
