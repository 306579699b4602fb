import type { RunReport } from '../../src/model/report.js';
import type { Cause, Layer, Triage } from '../../src/model/triage.js';

/** What triage says of a refusal, with a text in each place. */
export function hostileTriage(text: string): Triage {
  const other = { layer: text as Layer, cause: text as Cause, system: text };
  return {
    ...other,
    confidence: 'proved',
    evidence: [{ from: 'log', text, says: text }],
    fix: text,
    next: text,
    alternatives: [other],
    ruledOut: [text],
    hops: [text],
    handOver: text,
  };
}

/** What stands around the results of a report, with a text in each place: rules, baseline and history. */
export function hostileSurroundings(texts: readonly string[], { findings, summary }: RunReport) {
  const entries = texts.map((text) => ({ id: text, what: text, reason: text, expires: text }));
  const runs = texts.map((text, place) => ({
    startedAt: place % 2 === 0 ? text : `2026-11-${10 + place}T02:00:00.000Z`,
    cases: summary.cases,
    unexpected: place,
    verdicts: summary.verdicts,
  }));
  const kinds = ['new', 'flaky', 'gone', 'lasting'] as const;
  const trends = [...texts, ...findings.map(({ id }) => id)].map((id, place) => ({
    id,
    what: texts[place % texts.length] ?? '',
    kind: kinds[place % kinds.length] ?? 'new',
    since: place % 3 === 0 ? id : '2026-11-20T02:00:00.000Z',
    seen: 3,
  }));
  return {
    rules: texts.map((text) => ({ ruleId: text, sentence: text, title: text, source: { url: text, text } })),
    baseline: { file: texts[0] ?? '', accepted: entries.slice(0, 3), expired: entries, unseen: entries, cases: [] },
    history: { file: texts[1] ?? '', runs, findings: trends },
  } satisfies Partial<RunReport>;
}
