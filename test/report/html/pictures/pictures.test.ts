import { describe, expect, test } from 'vitest';
import { reportWithHistory } from '../../history-report.js';
import { hit, reportOf, request, result, sampleReport } from '../../sample-report.js';
import { manyFindings, tunedReport } from '../../tuned-report.js';
import { markup, textOf } from '../markup.js';

const pictureOf = (html: string, id: string) =>
  html.split(`<figure class="picture" id="${id}">`)[1]?.split('</figure>')[0] ?? '';

describe('rules against endpoints', () => {
  test('a cell leads to the findings of a rule at an endpoint', async () => {
    const picture = pictureOf(await markup(sampleReport()), 'chart-matrix');
    expect(picture).toContain('href="#q=rule%3A942130+endpoint%3A%22POST+%2Fapi%2Fcomments%22"');
    expect(textOf(picture)).toContain('Rules against endpoints as a table');
  });

  test('hundreds of rules and endpoints: the first ones, and how many are left out', async () => {
    const picture = pictureOf(await markup(manyFindings(1000, 0)), 'chart-matrix');
    expect(textOf(picture)).toMatch(/Left out, with fewer cases: \d+ rules, 9\d\d endpoints/);
    expect(picture.length).toBeLessThan(150_000);
  });

  test('is not there where no rule refused anything', async () => {
    const html = await markup(reportOf([result({ id: 'a' })]));
    expect(html).not.toContain('chart-matrix');
    expect(html).not.toContain('id="pictures"');
  });
});

describe('anomaly scores', () => {
  const scored = (inbound: number, threshold: number, index: number) =>
    result({
      id: `case/${index}`,
      score: { inbound, threshold },
      verdict:
        inbound < threshold
          ? { kind: 'let-through', nearMiss: inbound > 0 }
          : { kind: 'false-positive', detectedOnly: false },
    });

  test('say what the threshold is, how many are near misses, and what is not drawn', async () => {
    const html = await markup(reportOf([0, 0, 3, 4, 5, 10].map((score, index) => scored(score, 5, index))));
    const text = textOf(pictureOf(html, 'chart-scores'));
    expect(text).toContain('2 legitimate requests are near misses');
    expect(text).toContain('2 cases with a score of 0 are not drawn.');
    expect(text).toContain('threshold 5: blocked from here on');
    expect(html).toContain('href="#q=score%3A3+verdict%3Alet-through"');
  });

  test('several thresholds are drawn, and told', async () => {
    const html = await markup(reportOf([5, 10, 7, 7].map((threshold, index) => scored(6, threshold, index))));
    const text = textOf(pictureOf(html, 'chart-scores'));
    expect(text).toContain('Cases were judged by 3 thresholds.');
    for (const threshold of [5, 7, 10]) expect(text).toContain(`threshold ${threshold}:`);
  });

  test('are not there where the WAF gives none', async () => {
    const refused = result({
      id: 'a',
      verdict: { kind: 'false-positive', detectedOnly: false },
      request: request({}),
      hits: [hit({ ruleId: 'AWS#AWSManagedRulesCommonRuleSet#GenericLFI_BODY' })],
    });
    const html = await markup(reportOf([refused]));
    expect(html).toContain('chart-matrix');
    expect(html).toContain('>Generic…BODY<');
    expect(html).not.toContain('chart-scores');
    expect(html).not.toContain('chart-price');
  });
});

describe('price against cases cleared', () => {
  test('a mark leads to its exclusion and says what it costs', async () => {
    const picture = pictureOf(await markup(tunedReport()), 'chart-price');
    expect(picture).toMatch(/href="#exclusion-\d+"/);
    expect(textOf(picture)).toMatch(/exclusions? without a price (is|are) not drawn/);
  });
});

describe('verdicts over time', () => {
  test('are there where a history has more than one run', async () => {
    const text = textOf(pictureOf(await markup(reportWithHistory(20)), 'chart-history'));
    expect(text).toContain('20 runs from');
    expect(text).toContain('False positive');
    expect(await markup(reportWithHistory(1))).not.toContain('chart-history');
  });

  test('the summary counts what is new, flaky and gone, and names it where it is unfolded', async () => {
    const html = await markup(reportWithHistory(20));
    const [, summary, lines] =
      /<details class="fold history"><summary>(.*?)<\/summary>(.*?)<\/details>/s.exec(html) ?? [];
    expect(summary).toMatch(/^20 runs since \d{4}-\d\d-\d\d\. Findings: 1 new, 1 flaky, 1 gone$/);
    expect(lines).toContain('rule 920420 at PUT /api/old');
  });

  test('a finding says how it comes and goes', async () => {
    const html = await markup(reportWithHistory(20));
    expect(html).toMatch(/<span class="chip trend-chip is-new">new since [A-Z][a-z]+day<\/span>/);
    expect(html).toContain('<span class="chip trend-chip is-flaky">flaky: in 7 of 20 runs</span>');
    expect(await markup(reportWithHistory(1))).not.toContain('trend-chip');
  });
});
