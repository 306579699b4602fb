import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CaseResult, RunReport } from '../../src/model/report.js';
import { packageRoot } from '../../src/util/package-root.js';
import { hit, reportOf, request, result } from './sample-report.js';

const folder = join(packageRoot, 'corpora/legitimate');

/** The lines of the legitimate corpora that ship as lines. */
function corpusLines(): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.txt'))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .flatMap((text) => text.slice(text.indexOf('\n\n') + 2).split('\n'))
    .filter((line) => line !== '');
}

const headers = [
  [
    'User-Agent',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36',
  ],
  ['Accept', 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8'],
  ['Accept-Language', 'de-DE,de;q=0.9,en;q=0.8'],
  ['Origin', 'https://www.example.com'],
] as const;

const endpoints = 300;
const rules = 120;
const blockedOf100 = 27;

/** A report of so many cases, each with a text of its own out of the corpora, of which 27 in a hundred are blocked by two rules each. */
export function blockedReport(cases: number): RunReport {
  const lines = corpusLines();
  const lineAt = (index: number) => lines[index % lines.length] ?? '';
  const results = [...Array(cases).keys()].map((index): CaseResult => {
    const texts = [index, index * 7 + 3, index * 31 + 11].map(lineAt);
    const isBlocked = index % 100 < blockedOf100;
    const place = (index * 17) % endpoints;
    return result({
      id: `suite-${index % 60}/case#${index}`,
      suite: `Suite ${index % 60}`,
      title: lineAt(index).slice(0, 60),
      tags: ['forms', `area-${index % 12}`],
      at: { file: `suites/suite-${index % 60}.yaml`, line: 5 + (index % 400) },
      correlationId: `w7-${(index * 2_654_435_761).toString(36)}-${(index * 40_503).toString(36)}`,
      request: request({
        path: `/area/${place % 20}/form-${place}`,
        headers,
        body: {
          kind: 'form',
          fields: [
            ['title', lineAt(index + 1)],
            ['text', texts.join('\n')],
          ],
        },
      }),
      durationMs: 3 + (index % 97) / 10,
      score: { inbound: isBlocked ? 5 * (1 + (index % 3)) : index % 40 === 0 ? 3 : 0, threshold: 5 },
      ...(isBlocked && {
        status: 403,
        asExpected: false,
        verdict: { kind: 'false-positive', detectedOnly: false },
        hits: [0, 1].map((at) =>
          hit({
            ruleId: 930_000 + ((place * 13 + at * 57 + (index % 2)) % rules),
            variable: { collection: 'ARGS', key: 'text' },
            matched: texts[at] ?? '',
          }),
        ),
      }),
    });
  });
  return reportOf(results);
}
