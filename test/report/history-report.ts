import type { RunReport } from '../../src/model/report.js';
import { sampleReport } from './sample-report.js';

/** The sample as the last of so many nightly runs, with a finding that is new, one that is flaky and one that is gone. */
export function reportWithHistory(runs = 20): RunReport {
  const report = sampleReport();
  const end = Date.parse(report.startedAt);
  const startOf = (ago: number) => new Date(end - ago * 86_400_000).toISOString();
  const [first, second] = report.findings;
  return {
    ...report,
    history: {
      file: 'wafproof.sqlite',
      runs: [...Array(runs).keys()].map((place) => ({
        startedAt: startOf(runs - 1 - place),
        cases: report.summary.cases,
        unexpected: 3 + (place % 4),
        verdicts:
          place === runs - 1
            ? report.summary.verdicts
            : { 'let-through': 40, 'false-positive': 2 + (place % 3), 'attack-missed': place % 2 },
      })),
      findings: [
        { id: first?.id ?? '', what: 'rule 942100 at POST /api/comments', kind: 'new', since: startOf(2), seen: 3 },
        { id: second?.id ?? '', what: 'rule 932100 at POST /api/comments', kind: 'flaky', since: startOf(1), seen: 7 },
        { id: 'gone', what: 'rule 920420 at PUT /api/old', kind: 'gone', since: startOf(1), seen: 12 },
      ],
    },
  };
}
