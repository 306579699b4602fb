import fc from 'fast-check';
import type { RunReport } from '../../src/model/report.js';
import type { Cause, Layer } from '../../src/model/triage.js';
import { hostileTexts } from './hostile-report.js';
import { hit, reportOf, request, result } from './sample-report.js';

/** Any text at all, lone surrogates and control characters among it, and what breaks careless formats. */
export const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 12 }).map((units) => String.fromCharCode(...units)),
  fc.constantFrom(...hostileTexts, ...breakers()),
);

function breakers(): readonly string[] {
  return [
    ']]>',
    '&#0;&lt;',
    '`a` ``b`` |c| \\| \\',
    '| x | y |',
    '=1+1',
    '@SUM(A1)',
    '\t=cmd',
    ' "=1"',
    '::error::x',
    '%0A::stop-commands::x',
    '\ufffe\uffff',
    '[a](http://evil.example)',
    '{0} {{1}}',
    '```\n# h1\n',
    '@someone #12 www.evil.example',
    '</details></table>',
    '; =1',
    '-1',
  ];
}

/** A false positive, an attack that was missed, and a case that was skipped, with the text wherever one can be. */
export function reportWith(text: string): RunReport {
  const shown = { suite: text, title: text, because: text, tags: [text], at: { file: text, line: 3 } };
  const blocked = result({
    ...shown,
    id: text,
    asExpected: false,
    status: 403,
    verdict: { kind: 'false-positive', detectedOnly: false },
    request: request({ method: text, path: text, query: [[text, text]], body: { kind: 'raw', content: { text } } }),
    hits: [hit({ message: text, matched: text, variable: { collection: 'ARGS', key: text } })],
  });
  const denied = result({
    ...shown,
    id: `denied ${text}`,
    asExpected: false,
    status: 403,
    verdict: { kind: 'denied-elsewhere', layer: text as Layer, cause: text as Cause, because: text, fix: text },
  });
  return reportOf([blocked, denied, result({ id: 'fine' })], {
    skipped: [{ id: `skipped ${text}`, suite: text, at: { file: text }, reason: text }],
  });
}
