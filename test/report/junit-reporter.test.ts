import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { expect, test } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import type { RunReport } from '../../src/model/report.js';
import { createJunitReporter } from '../../src/report/junit-reporter.js';
import { packageRoot } from '../../src/util/package-root.js';
import { printable } from '../../src/util/printable.js';
import { anyText, reportWith } from './hostile-case.js';
import { hostileReport } from './hostile-report.js';
import { wholeText } from './rendered-text.js';
import { sampleReport } from './sample-report.js';
import { tunedReport } from './tuned-report.js';

async function render(report: RunReport): Promise<string> {
  const { files } = await createJunitReporter().render(report);
  expect(files.map(({ name }) => name)).toEqual(['junit.xml']);
  return wholeText(files[0]);
}

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  text: string;
}

/** Every element, with the text that is right within it. */
function elementsOf(xml: string): readonly Element[] {
  const elements: Element[] = [];
  const open: Element[] = [];
  const parser = new SaxesParser();
  parser.on('opentag', ({ name, attributes }) => {
    const element = { name, attributes: attributes as Record<string, string>, text: '' };
    elements.push(element);
    open.push(element);
  });
  parser.on('closetag', () => void open.pop());
  parser.on('text', (text) => {
    const element = open.at(-1);
    if (element !== undefined) element.text += text;
  });
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(xml).close();
  return elements;
}

test.each(['junit-jenkins', 'junit-ant'])('reports are valid against %s', async (name) => {
  const schema = readFileSync(join(packageRoot, 'test/fixtures/schemas', `${name}.xsd`), 'utf8');
  const reports = [sampleReport(), tunedReport(), hostileReport(), { ...sampleReport(), results: [], skipped: [] }];
  for (const report of reports) {
    const { valid, errors } = await validateXML({
      xml: [{ fileName: 'junit.xml', contents: await render(report) }],
      schema: [schema],
    });
    expect(errors).toEqual([]);
    expect(valid).toBe(true);
  }
});

test('each case is a test, and each that was left out is a skipped one', async () => {
  const report = sampleReport();
  const elements = elementsOf(await render(report));
  const tests = elements.filter(({ name }) => name === 'testcase').map(({ attributes }) => attributes['name']);
  expect(tests.toSorted()).toEqual([...report.results, ...report.skipped].map(({ id }) => id).toSorted());
  expect(elements.filter(({ name }) => name === 'skipped')).toHaveLength(report.skipped.length);
});

test('what did not come out as expected fails, what has no answer is an error, and the counts are those', async () => {
  const report = sampleReport();
  const elements = elementsOf(await render(report));
  const unexpected = report.results.filter(({ asExpected }) => !asExpected);
  const errors = unexpected.filter(({ verdict }) => verdict.kind === 'inconclusive').length;
  const count = (tag: string) => elements.filter(({ name }) => name === tag).length;
  const sum = (key: string) =>
    elements
      .filter(({ name }) => name === 'testsuite')
      .reduce((total, { attributes }) => total + Number(attributes[key]), 0);
  expect([count('error'), sum('errors')]).toEqual([errors, errors]);
  expect([count('failure'), sum('failures')]).toEqual([unexpected.length - errors, unexpected.length - errors]);
  expect(sum('tests')).toBe(report.results.length + report.skipped.length);
});

test('a failure names the rule, the field, the place and a command that repeats it', async () => {
  const elements = elementsOf(await render(sampleReport()));
  const failure = elements.find(({ name, text }) => name === 'failure' && text.includes('suites/comments.yaml:9'));
  expect(failure?.attributes['message']).toMatch(/^False positive: rule 942100 in ARGS:comment, SQL Injection/);
  expect(failure?.text).toContain('942100 in ARGS:comment: s&1c');
  expect(failure?.text).toContain('curl -i');
});

test('who denied elsewhere is told, and how to mend it', async () => {
  const elements = elementsOf(await render(sampleReport()));
  const denied = elements.find(({ attributes }) => attributes['type'] === 'denied-elsewhere');
  expect(denied?.attributes['message']).toMatch(/^Denied elsewhere: Django: CSRF token missing\./);
  expect(denied?.text).toContain('Fix: ');
});

test('whatever the texts are, the file is well-formed and tells them', async () => {
  await fc.assert(
    fc.asyncProperty(anyText, async (text) => {
      const elements = elementsOf(await render(reportWith(text)));
      const names = elements.filter(({ name }) => name === 'testcase').map(({ attributes }) => attributes['name']);
      const written = printable(text).replace(/[\ufffe\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16)}`);
      expect(names.toSorted()).toEqual([written, `denied ${written}`, 'fine', `skipped ${written}`].toSorted());
    }),
    { numRuns: 200 },
  );
});
