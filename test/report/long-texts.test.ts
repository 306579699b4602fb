import { expect, test } from 'vitest';
import { reporters } from '../../src/report/reporters.js';
import { wholeText } from './rendered-text.js';
import { hit, reportOf, request, result } from './sample-report.js';

const long = 'x<y'.repeat(350_000);

/** A false positive of which every text is a line of a megabyte. */
const report = reportOf([
  result({
    id: 'long/line',
    title: long,
    because: long,
    asExpected: false,
    verdict: { kind: 'false-positive', detectedOnly: false },
    request: request({ body: { kind: 'form', fields: [['comment', long]] } }),
    hits: [hit({ message: long, matched: long })],
  }),
]);

test.each(['junit', 'sarif', 'markdown', 'github', 'gitlab', 'csv', 'terminal'])(
  '%s tells the beginning of lines of a megabyte, and stays small',
  async (name) => {
    const rendered = await (await reporters.get(name)?.())?.render(report);
    const files = await Promise.all((rendered?.files ?? []).map(wholeText));
    const texts = [...files, rendered?.terminal ?? '', rendered?.annotations ?? '', rendered?.jobSummary ?? ''];
    expect(texts.join('')).toContain('942100');
    expect(texts.join('').length).toBeLessThan(100_000);
  },
);
