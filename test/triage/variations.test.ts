import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { Triage } from '../../src/model/triage.js';
import type { TriageMaterial } from '../../src/triage/material.js';
import { readResponse } from '../../src/triage/saved/read-response.js';
import { triage } from '../../src/triage/triage.js';
import { materialOf, refuser } from './capture.js';
import { type CaptureLabel, captureLabels } from './capture-labels.js';
import { citedAnswers } from './cited.js';
import { neutral, poorer, type Variation } from './variations.js';

interface Sample {
  readonly label: CaptureLabel;
  readonly text: string;
  readonly material: TriageMaterial;
  readonly before: Triage;
}

const folder = fileURLToPath(new URL('../fixtures/triage/', import.meta.url));

async function captured(): Promise<readonly Sample[]> {
  const found: Sample[] = [];
  for (const label of captureLabels) {
    const text = readFileSync(join(folder, label.capture, 'response.txt'), 'utf8');
    const material = await materialOf(label.capture, /^log-/);
    found.push({ label, text, material, before: triage(material) });
  }
  return found;
}

const cited = citedAnswers.map(({ label, text }) => {
  const material = readResponse(text);
  return { label, text, material, before: triage(material) };
});
const samples = [...(await captured()), ...cited];

const right = ({ truth, also }: CaptureLabel) => [truth, ...also];

function changed({ text, material }: Sample, variation: Variation): Triage {
  return triage({ ...material, ...readResponse(variation(text)) });
}

test.each(Object.entries(neutral))('%s: every answer stays what it was', (_, variation) => {
  const other = samples.filter((sample) => refuser(changed(sample, variation)) !== refuser(sample.before));
  expect(other.map(({ label }) => label.capture)).toEqual([]);
});

test.each(Object.entries(poorer))('%s: no answer names another refuser', (_, variation) => {
  const other = samples.filter((sample) => {
    const after = changed(sample, variation);
    const isOpen = after.cause === 'unknown' || after.layer === 'unknown';
    return !isOpen && refuser(after) !== refuser(sample.before) && !right(sample.label).includes(refuser(after));
  });
  expect(other.map(({ label }) => label.capture)).toEqual([]);
});

test.each(Object.entries({ ...neutral, ...poorer }))('%s: nothing is put on a rule of a WAF', (_, variation) => {
  const ofNoWaf = samples.filter(({ label }) => !right(label).some((one) => /\/waf-/.test(one)));
  const blamed = ofNoWaf.filter((sample) => changed(sample, variation).cause.startsWith('waf-'));
  expect(blamed.map(({ label }) => label.capture)).toEqual([]);
});
