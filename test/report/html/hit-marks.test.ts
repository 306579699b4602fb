import { describe, expect, test } from 'vitest';
import type { RuleHit, Variable } from '../../../src/model/evidence.js';
import type { RequestSpec } from '../../../src/model/request.js';
import { locateHits } from '../../../src/pipeline/locate-hits.js';
import { locateSpots, marksOf } from '../../../src/report/html/hit-marks.js';
import { viewRequest } from '../../../src/report/html/request-view.js';
import { encodeRequest } from '../../../src/request/encode-request.js';
import { modsecurityFieldNames } from '../../../src/waf/modsecurity/field-names.js';
import { hit, request, result } from '../sample-report.js';

/** What would be marked: `title: text`, in brackets where it is all that the rule looked at. */
function marked(spec: RequestSpec, variable: string, matched: string, parts: Partial<RuleHit> = {}): readonly string[] {
  const sections = viewRequest(result({ id: 'a', request: spec }), encodeRequest(spec));
  const hits = locateHits(
    [hit({ message: 'm', variable: toVariable(variable), matched, ...parts })],
    modsecurityFieldNames.fieldsIn(spec),
  );
  const marks = hits.flatMap((one) => marksOf(one, locateSpots(sections)));
  return marks.map(([section, field, part, start, end, exact]) => {
    const shown = sections[section]?.fields[field];
    const text = (part === 0 ? shown?.name : shown?.value)?.slice(start, end) ?? '';
    return `${sections[section]?.title}: ${exact === 1 ? text : `(${text})`}`;
  });
}

function toVariable(text: string): Variable {
  const [collection = '', ...key] = text.split(':');
  return key.length === 0 ? { collection } : { collection, key: key.join(':') };
}

const form = request({
  path: '/search?plain=<b>',
  query: [['q', 'a UNION b']],
  headers: [['User-Agent', 'sqlmap/1.0']],
  cookies: [['sid', '../etc']],
  body: {
    kind: 'form',
    fields: [
      ['comment', 'one union two'],
      ['union', 'x'],
    ],
  },
});

describe('a form', () => {
  test.each([
    ['ARGS:comment', 'union', 'Form fields: union'],
    ['ARGS_POST:COMMENT', 'UNION', 'Form fields: union'],
    ['ARGS:q', 'union', 'Query: UNION'],
    ['ARGS_GET:q', 'union', 'Query: UNION'],
    ['ARGS_NAMES:union', 'union', 'Form fields: union'],
    ['ARGS_NAMES', 'union', 'Form fields: union'],
    ['REQUEST_COOKIES:sid', '../', 'Cookies: ../'],
    ['REQUEST_COOKIES_NAMES:sid', 'sid', 'Cookies: sid'],
    ['REQUEST_HEADERS:User-Agent', 'SQLMAP', 'Headers: sqlmap'],
    ['REQUEST_HEADERS:Cookie', '../', 'Cookies: ../'],
    ['REQUEST_HEADERS:Content-Type', 'x-www', 'Headers: x-www'],
    ['REQUEST_BODY', 'one+union', 'Form fields: one union'],
    ['REQUEST_URI', 'plain=<b>', 'Request line: plain=<b>'],
    ['ARGS:plain', '<b>', 'Request line: <b>'],
    ['REQUEST_METHOD', 'POST', 'Request line: POST'],
  ])('%s', (variable, matched, expected) => {
    expect(marked(form, variable, matched)).toEqual([expected]);
  });
});

test('every place that a variable stands for is marked', () => {
  expect(marked(form, 'ARGS', 'union')).toEqual(['Query: UNION', 'Form fields: union']);
  const twice = request({
    query: [['q', '<b>']],
    body: {
      kind: 'form',
      fields: [
        ['q', 'a <B> b'],
        ['q', 'c'],
      ],
    },
  });
  expect(marked(twice, 'ARGS:q', '<b>')).toEqual(['Query: <b>', 'Form fields: <B>']);
});

test('where the text cannot be found, the field is named', () => {
  expect(marked(form, 'ARGS:comment', 'nowhere')).toEqual(['Form fields: (one union two)']);
  expect(marked(form, 'ARGS:comment', 'union', { message: 'via libinjection' })).toEqual([
    'Form fields: (one union two)',
  ]);
  expect(marked(form, 'REQUEST_BODY', 'nowhere')).toEqual([]);
  expect(marked(form, 'TX:score', 'union')).toEqual([]);
});

test('every candidate of an ambiguous hit is marked', () => {
  const candidates = [toVariable('ARGS:comment'), toVariable('REQUEST_COOKIES:sid')];
  expect(marked(form, 'TX:x', '../', { variableSource: 'ambiguous', candidates })).toEqual([
    'Form fields: (one union two)',
    'Cookies: ../',
  ]);
});

describe('JSON, by the names of each engine', () => {
  const json = request({
    body: {
      kind: 'json',
      value: { nest: { items: [{ q: 'no' }, { q: 'say "rm -rf" <b>' }] }, list: ['x', 'é\n`id`'] },
    },
  });
  test.each([
    ['ModSecurity 3', 'ARGS:json.nest.items.array_1.q', 'rm -rf', 'JSON body: rm -rf'],
    ['ModSecurity 2', 'ARGS:nest.items.items.q', 'rm -rf', 'JSON body: rm -rf'],
    ['Coraza', 'ARGS:json.nest.items.1.q', '"RM', 'JSON body: \\"rm'],
    ['an array of texts', 'ARGS:json.list.array_1', '`id`', 'JSON body: `id`'],
    ['a name', 'ARGS_NAMES:json.nest.items.array_0.q', 'q', 'JSON body: q'],
    ['the whole body', 'REQUEST_BODY', '<b>', 'JSON body: <b>'],
    ['a value that does not show it', 'ARGS:json.list.array_0', 'y', 'JSON body: (x)'],
  ])('%s', (_, variable, matched, expected) => {
    expect(marked(json, variable, matched)).toEqual([expected]);
  });
});

describe('multipart', () => {
  const multipart = request({
    body: {
      kind: 'multipart',
      boundary: 'b',
      parts: [
        { name: 'title', content: { text: 'a <?php b' } },
        { name: 'up', filename: '.htaccess', type: 'text/plain', content: { text: 'Deny <?php' } },
        { name: 'png', filename: 'a.png', content: { base64: '/9j/' } },
      ],
    },
  });
  test.each([
    ['ARGS:title', '<?php', 'Multipart parts: <?php'],
    ['FILES:up', '.HTACCESS', 'Multipart parts: .htaccess'],
    ['FILES_NAMES:up', 'up', 'Multipart parts: up'],
    ['FILES_TMP_CONTENT:up', '<?php', 'Multipart parts: <?php'],
    ['REQUEST_BODY', 'deny', 'Multipart parts: Deny'],
  ])('%s', (variable, matched, expected) => {
    expect(marked(multipart, variable, matched)).toEqual([expected]);
  });
});

describe('a raw body', () => {
  test('is searched for any argument that is not elsewhere', () => {
    const raw = request({ body: { kind: 'raw', content: { text: 'a=1&b=%3Cb%3E' } } });
    expect(marked(raw, 'ARGS:b', '<b>')).toEqual(['Body: %3Cb%3E']);
    expect(marked(raw, 'REQUEST_BODY', 'a=1')).toEqual(['Body: a=1']);
  });

  test('that is not text is shown as bytes and not marked', () => {
    const raw = request({ body: { kind: 'raw', content: { base64: 'AP8Q' } } });
    expect(marked(raw, 'REQUEST_BODY', 'x')).toEqual([]);
    const [, , body] = viewRequest(result({ id: 'a', request: raw }), encodeRequest(raw));
    expect(body?.fields[0]?.value).toBe('00000000  00 ff 10                 ...');
  });
});
