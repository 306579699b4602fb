import { describe, expect, test } from 'vitest';
import type { Exclusion } from '../../../src/model/exclusion.js';
import type { Minimal } from '../../../src/model/minimal.js';
import type { Finding, RunReport } from '../../../src/model/report.js';
import { hit, reportOf, request, result, sampleReport } from '../sample-report.js';
import { tunedReport } from '../tuned-report.js';
import { markup, textOf } from './markup.js';

/** What the page says of the finding of a rule on a field. */
async function findingOf(report: RunReport, ruleId: number, variable: string): Promise<string> {
  const html = await markup(report);
  const articles = html.slice(0, html.indexOf('<section id="exclusions"')).split('<article class="finding">').slice(1);
  const found = articles.find(
    (one) => one.includes(`<code class="rule-id">${ruleId}</code>`) && one.includes(`field-name">${variable}</code>`),
  );
  expect(found, `${ruleId} ${variable}`).toBeDefined();
  return found ?? '';
}

function changed(report: RunReport, change: (finding: Finding) => Finding): RunReport {
  return { ...report, findings: report.findings.map(change) };
}

describe('the rule', () => {
  const rule = {
    ruleId: 942100,
    sentence: 'It looks in names of fields for text that libinjection takes for SQL.',
    title: 'LibInjection <Check>',
    source: { url: 'https://github.com/coreruleset/x#L46', text: 'X.conf, line 46' },
  };

  test('says what it looks for, in a sentence, and where it is written', async () => {
    const html = await findingOf({ ...tunedReport(), rules: [rule] }, 942100, 'ARGS:comment');
    expect(textOf(html)).toContain(
      'It looks in names of fields for text that libinjection takes for SQL. Its authors call it “LibInjection <Check>”. X.conf, line 46',
    );
    expect(html).toContain('<a href="https://github.com/coreruleset/x#L46"');
  });

  test('says it to its end, however much it looks for', async () => {
    const sentence = `It looks in ${'names of fields, '.repeat(25)}for text that libinjection takes for SQL.`;
    const html = await findingOf({ ...tunedReport(), rules: [{ ...rule, sentence }] }, 942100, 'ARGS:comment');
    expect(textOf(html)).toContain(sentence);
  });

  test.each(['javascript:alert(1)', 'https://a b', 'http://x', 'file:///etc/passwd'])(
    'has no link to %s, whoever wrote the report',
    async (url) => {
      const html = await findingOf(
        { ...tunedReport(), rules: [{ ...rule, source: { url, text: 't' } }] },
        942100,
        'ARGS:comment',
      );
      expect(html).toContain('It looks in names of fields');
      expect(html).not.toContain(`href="${url}`);
    },
  );

  test('of which nothing is known has no sentence', async () => {
    expect(await findingOf(tunedReport(), 942100, 'ARGS:comment')).not.toContain('rule-sentence');
  });
});

describe('the trigger', () => {
  test('is marked in the text that it stands in', async () => {
    const html = await findingOf(tunedReport(), 942100, 'ARGS:comment');
    expect(html).toContain('WHERE id &#x3D; <mark class="trigger">1 OR 1&#x3D;1</mark>; -- how does this work?');
    expect(textOf(html)).toContain('nothing of it can be left out; 14 requests asked in comments/sql-question');
  });

  test('is shown with its own context where no request has it as it is', async () => {
    const context = [
      { text: '…WHERE ', isTrigger: false },
      { text: '1 or', isTrigger: true },
      { text: ' of others', isTrigger: false },
    ];
    const report = changed(tunedReport(), (finding) =>
      finding.minimal === undefined
        ? finding
        : { ...finding, minimal: { ...finding.minimal, value: '1 or', ranges: [[0, 4]], context, isIncomplete: true } },
    );
    const html = await findingOf(report, 942100, 'ARGS:comment');
    expect(html).toContain('…WHERE <mark class="trigger">1 or</mark> of others');
    expect(textOf(html)).toContain('as short as 14 requests could make it');
  });

  test('stands in JSON where the document shows it', async () => {
    const value = { a: ['say "DROP TABLE users" twice'] };
    const variable = { collection: 'ARGS', key: 'json.a.array_0' };
    const spec = request({ body: { kind: 'json', value } });
    const minimal: Minimal = {
      ruleId: 942100,
      variable,
      field: { kind: 'json', path: ['a', 0] },
      value: '"DROP',
      ranges: [[4, 9]],
      request: request({ body: { kind: 'json', value: { a: ['"DROP'] } } }),
      probes: 3,
    };
    const verdict = { kind: 'false-positive', detectedOnly: false } as const;
    const report = reportOf([result({ id: 'a/b', request: spec, verdict, hits: [hit({ variable })], minimal })]);
    const html = await findingOf(
      changed(report, (finding) => ({ ...finding, minimal })),
      942100,
      'ARGS:json.a.array_0',
    );
    expect(html).toContain('say <mark class="trigger">\\&quot;DROP</mark> TABLE');
  });

  test('is what the log says that matched, where nobody looked for the smallest', async () => {
    expect(await findingOf(sampleReport(), 942130, 'ARGS:comment')).toContain(
      '<mark class="exact">1 OR 1&#x3D;1</mark>',
    );
    const looked = await findingOf(sampleReport(), 942100, 'ARGS:comment');
    expect(looked).toMatch(/Looked at<\/span> .*<mark class="whole">SELECT name/);
  });

  test('of elements of an array is found in one of them', async () => {
    const html = await findingOf(tunedReport(), 932100, 'ARGS:json.steps.array_\\*.text'.replace('\\', ''));
    expect(html).toContain('<mark class="exact">&#x60;rm -rf ./dist</mark>');
    expect(html).toContain('paranoia level 1');
  });
});

describe('the ladder', () => {
  test('has the chosen form and those that are wider', async () => {
    const text = textOf(await findingOf(tunedReport(), 942100, 'ARGS:comment'));
    expect(text).toContain('Cleared by ARGS:comment at POST /api/comments the narrowest of 4 forms');
    expect(text).toContain('chosen ARGS:comment at POST /api/comments');
    expect(text).toContain('not needed ARGS:comment at /api/comments with every method');
    expect(text).toContain('not needed the whole rule at POST /api/comments');
  });

  test('says why narrower forms would not do', async () => {
    const wide = textOf(await findingOf(tunedReport(), 930120, 'REQUEST_COOKIES:last'));
    expect(wide).toContain('1 narrower form will not do');
    expect(wide).toContain(
      'impossible REQUEST_COOKIES:last visit at GET /search a run-time exclusion cannot spell the name',
    );
    const whole = textOf(await findingOf(tunedReport(), 933100, 'ARGS:title'));
    expect(whole).toContain('not enough ARGS:title at POST /api/notes rule 933100 still fires when');
  });

  test('tells once what is true of every element of an array', async () => {
    const text = textOf(await findingOf(tunedReport(), 932100, 'ARGS:json.steps.array_*.text'));
    expect(text).toContain('the narrowest of 4 forms');
    expect(text.match(/chosen ARGS:json\.steps\.array_\*\.text at POST/g)).toHaveLength(1);
  });

  test('names a setting with the value that it is to have', async () => {
    const text = textOf(await findingOf(tunedReport(), 920420, 'REQUEST_HEADERS:Content-Type'));
    expect(text).toContain(
      'chosen TX:allowed_request_content_type = |application/json| |application/graphql| at POST /graphql',
    );
  });

  test('of a finding is about its rule only', async () => {
    const other: Exclusion['ladder'] = [
      { effect: 'remove-rule', ruleIds: [941100], variables: [], scope: {}, outcome: 'chosen' },
    ];
    const { exclusions = [], ...report } = tunedReport();
    const [first, ...others] = exclusions.map((one) => ({ ...one, ladder: [...(one.ladder ?? []), ...other] }));
    const text = textOf(
      await findingOf({ ...report, exclusions: first === undefined ? [] : [first, ...others] }, 942100, 'ARGS:comment'),
    );
    expect(text).not.toContain('the whole rule in every request');
  });
});

test('the price is told by class, with an example each', async () => {
  const text = textOf(await findingOf(tunedReport(), 942100, 'ARGS:comment'));
  expect(text).toContain('lets through 732 of 2,084 attacks (35 %)');
  expect(text).toContain("sqli-generic 210 of 220 1' OR 0=0 -- a");
  expect(text).toContain('And 1 more classes; the exclusion has them all.');
});

test('before and after: what a case scored, and what became of it', async () => {
  const cleared = textOf(await findingOf(tunedReport(), 942100, 'ARGS:comment'));
  expect(cleared).toContain('1 case blocked, score 10 (threshold 5)');
  expect(cleared).toContain('comments/sql-question score 10, 2 hits passes, 1 hit stays');
  expect(textOf(await findingOf(tunedReport(), 932100, 'ARGS:json.steps.array_*.text'))).toContain('1 still blocked');
  expect(textOf(await findingOf(tunedReport(), 913100, 'REQUEST_HEADERS:User-Agent'))).toContain(
    'search/names#3 score 15, 3 hits passes on the engine here without any exclusion',
  );
  const { verification: _, ...unverified } = tunedReport();
  expect(await findingOf(unverified, 942100, 'ARGS:comment')).not.toContain('Before and after');
});

test('of cases that nobody searched exclusions for, none is said to be missing or to have been replayed', async () => {
  const report = tunedReport();
  const { verification } = report;
  if (verification === undefined) throw new Error('no verification');
  const part = { ...verification, cleared: [], stillBlocked: [], notReproduced: [], leftInForce: [], refused: [] };
  const text = textOf(await findingOf({ ...report, exclusions: [], verification: part }, 942100, 'ARGS:comment'));
  expect(text).toContain('No exclusion was searched for it.');
  expect(text).not.toContain('No exclusion is for it.');
  expect(text).not.toMatch(/Before and after|not replayed/);
});

test('what was left in force or refused is said where it belongs', async () => {
  const left = textOf(await findingOf(tunedReport(), 942130, 'ARGS:comment'));
  expect(left).toContain('Left in force: the requests pass all the same, and 120 attacks stay blocked.');
  expect(left).not.toContain('No exclusion is for it.');
  expect(textOf(await findingOf(tunedReport(), 942130, 'ARGS:q'))).not.toContain('Left in force');
  expect(textOf(await findingOf(tunedReport(), 913100, 'REQUEST_HEADERS:User-Agent'))).toContain(
    'Refused: REQUEST_HEADERS:User-Agent at GET /search, because it lets 41.0 % of the attacks through',
  );
});

test('a finding leads to the configuration of its endpoint, or to all of it', async () => {
  const links = async (ruleId: number, variable: string) =>
    [...(await findingOf(tunedReport(), ruleId, variable)).matchAll(/href="#(configuration[\w-]*)"/g)].map(
      ([, one]) => one,
    );
  expect(await links(942100, 'ARGS:comment')).toEqual(['configuration-3']);
  expect(await links(933100, 'ARGS:title')).toEqual(['configuration']);
  const { configurations: _, ...without } = tunedReport();
  expect(await findingOf(without, 942100, 'ARGS:comment')).not.toContain('Configuration to copy');
});
