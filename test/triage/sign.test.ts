import { describe, expect, test } from 'vitest';
import type { Pair } from '../../src/model/request.js';
import type { TriagedRequest, TriageMaterial } from '../../src/triage/material.js';
import {
  body,
  failure,
  header,
  heading,
  json,
  jsonKeys,
  logged,
  markup,
  message,
  no,
  phrase,
  request,
  type Sign,
  status,
  title,
  xml,
} from '../../src/triage/sign.js';
import { createDecider } from '../../src/triage/triage.js';

/** Whether the only refusal of a table is seen. */
function isSeen(material: TriageMaterial, ...all: [Sign, ...Sign[]]): boolean {
  const refusal = { id: 'it', by: 'page', all, cause: 'csrf', grade: 'proved', says: '…' } as const;
  const decide = createDecider([
    { id: 'it', name: 'It', layer: 'application', source: '…', rides: [], refusals: [refusal] },
  ]);
  return decide(material).cause === 'csrf';
}

interface Parts {
  readonly status?: number;
  readonly headers?: readonly Pair[];
  readonly phrase?: string;
}

function answer(bodyExcerpt: string, { status: code = 403, headers = [], phrase: text }: Parts = {}): TriageMaterial {
  const outcome = { kind: 'answered', status: code, headers, bodyExcerpt, ...(text && { phrase: text }) } as const;
  return { outcome };
}

describe('a sign holds where its text stands at its place', () => {
  test.each<[string, TriageMaterial, Sign]>([
    ['status', answer(''), status(401, 403)],
    ['phrase', answer('', { phrase: 'Access violation' }), phrase('access violation')],
    ['header', answer('', { headers: [['X-Block', 'FBP007']] }), header('x-block', /^FBP/)],
    ['header that is there', answer('', { headers: [['X-Block', '']] }), header('x-block')],
    ['title', answer('<title>\n Request\nRejected </title>'), title('Request Rejected')],
    ['heading', answer('<body><h2>A</h2><h1>Forbidden <span>(403)</span></h1>'), heading('Forbidden (403)')],
    ['whole body', answer('Access&nbsp;denied.\r\n'), body('access denied.')],
    ['piece of a page', answer(`${'x'.repeat(50_000)}errors.EDGESUITE.net`), markup('errors.edgesuite.net')],
    ['pattern in a page', answer('<p>Your support ID is: 1234567</p>'), markup(/support ID is: \d+/)],
    ['JSON value', answer('{"errors":[{"code":"a"},{"code":"b"}]}'), json('errors.*.code', 'b')],
    ['JSON number', answer('{"code":1000}'), json('code', '1000')],
    ['JSON keys', answer('{"message":"x","request_id":"y"}'), jsonKeys('request_id', 'message')],
    [
      'message in JSON',
      answer('{"errors":[{"extra":{"message":"no"}},{"message":"Token expired"}]}'),
      message(/expired/),
    ],
    ['message under another word', answer('{"error":{"detail":"Token expired"}}'), message(/expired/)],
    [
      'text of a short page',
      answer('<style>p{}</style><p>Your <b>token</b> expired</p>'),
      message('your token expired'),
    ],
    ['XML element', answer('<Error><Code>AccessDenied</Code></Error>'), xml('Code', 'AccessDenied')],
    ['failure', { outcome: { kind: 'failed', message: 'curl: (52) Empty reply' } }, failure(/\(52\)/)],
    ['what is not there', answer(''), no(header('cf-ray'))],
  ])('%s', (_, material, sign) => {
    expect(isSeen(material, sign)).toBe(true);
  });

  test('in what was sent', () => {
    const sent: TriagedRequest = { method: 'POST', url: '/x', headers: [['Origin', 'null']] };
    expect(
      isSeen({ ...answer(''), sent }, request('method', 'POST'), request('origin', 'null'), request('url', /x$/)),
    ).toBe(true);
    expect(isSeen({ ...answer(''), sent }, request('referer'))).toBe(false);
  });

  test('in a line of a log, whose fields are apart', () => {
    const fields = { message: 'access forbidden by rule', request: 'GET / HTTP/1.1' };
    const lines = [{ kind: 'nginx-error', text: '…', fields }] as const;
    expect(isSeen({ lines }, logged('nginx-error', /^access forbidden/))).toBe(true);
    expect(isSeen({ lines }, logged('apache-error', /^access forbidden/))).toBe(false);
    expect(isSeen({ lines }, logged('nginx-error', 'GET / HTTP/1.1'))).toBe(false);
  });
});

describe('a sign does not hold where its text stands in an echo', () => {
  const blockPage = '<html><head><title>Request Rejected</title></head><body><h1>Blocked</h1></body></html>';

  test.each<[string, TriageMaterial, Sign]>([
    ['a page in a JSON value', answer(JSON.stringify({ comment: blockPage })), title('Request Rejected')],
    ['an escaped page in a page', answer(`<p>${blockPage.replaceAll('<', '&lt;')}</p>`), title('Request Rejected')],
    [
      'a page that is shown as text',
      answer(blockPage, { headers: [['Content-Type', 'text/plain']] }),
      heading('Blocked'),
    ],
    ['a title in what a page shows', answer(`<body><p>${blockPage}</p></body>`), title('Request Rejected')],
    ['a second title', answer(`<title>Comments</title>${blockPage}`), title('Request Rejected')],
    ['a word in a sentence', answer('You wrote: error code: 1020'), body('error code: 1020')],
    ['a code inside a text', answer('{"text":"{\\"code\\":7}"}'), json('code', '7')],
    ['what was encoded twice', answer('<p>a &amp;lt;b&amp;gt;</p>'), markup('a <b>')],
  ])('%s', (_, material, sign) => {
    expect(isSeen(material, sign)).toBe(false);
  });
});
