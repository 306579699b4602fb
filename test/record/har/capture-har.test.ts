import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { zipOf } from '../../util/zip-archive.js';
import { suiteOfRequests, textOf } from '../capture.js';
import { archive, bodies, captureArchive, type Entry } from './archive.js';

const formType = 'application/x-www-form-urlencoded';
const length = (n: number) => [['content-length', `${n}`] as const];
const data = (text: string, mimeType = 'text/plain', more: object = {}) => ({ mimeType, text, ...more });
const params = (pairs: Readonly<Record<string, string>>) => ({
  params: Object.entries(pairs).map(([name, value]) => ({ name, value })),
});

async function bodyOf(entry: Entry, encoding?: BufferEncoding): Promise<string | undefined> {
  return bodies(await captureArchive(archive([entry])), encoding)[0];
}

describe('the body of an entry', () => {
  test.each<[string, Entry, string]>([
    ['is the text', { headers: length(3), postData: data('é1') }, 'é1'],
    ['is nothing', { headers: length(0) }, ''],
    ['is the text where no length is told', { postData: data('abc') }, 'abc'],
    ['is base64', { postData: data('/wA=', 'image/png', { encoding: 'base64' }) }, '\ufffd\0'],
    [
      'is made of decoded fields',
      { headers: length(14), postData: data('', formType, params({ a: 'x y', b: '&é' })) },
      'a=x+y&b=%26%C3%A9',
    ],
    ['is made of encoded fields', { postData: data('', formType, params({ a: 'x%20y', b: '1' })) }, 'a=x%20y&b=1'],
    ['is the text, not the fields', { postData: data('a=x%20y', formType, params({ a: 'x y' })) }, 'a=x%20y'],
  ])('%s', async (_, entry, expected) => {
    const plain = entry.headers?.[0]?.[1] === '14' ? { ...entry, headers: length(expected.length) } : entry;
    expect(await bodyOf(plain)).toBe(expected);
  });

  test('is Latin-1 where its length or type says so', async () => {
    expect(await bodyOf({ headers: length(2), postData: data('é1') }, 'latin1')).toBe('\xe91');
    const headers = [['Content-Type', 'text/plain; charset=iso-8859-1'] as const];
    expect(await bodyOf({ headers, postData: data('é1') }, 'latin1')).toBe('\xe91');
  });

  test('has the bytes that mitmproxy escapes', async () => {
    expect(await bodyOf({ headers: length(4), postData: data('a\udcff\udc80b') }, 'latin1')).toBe('a\xff\x80b');
  });

  test('is a form of parts', async () => {
    const postData = { mimeType: 'multipart/form-data; boundary=xYz', ...params({ a: '1' }) };
    expect(await bodyOf({ postData })).toBe(
      '--xYz\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--xYz--\r\n',
    );
  });

  test('is missing where bytes of it are, with the reason', async () => {
    const upload = '--x\r\nContent-Disposition: form-data; name="f"; filename="a.png"\r\n\r\n\r\n--x--\r\n';
    const entries: readonly Entry[] = [
      { headers: length(900), postData: data(upload, 'multipart/form-data; boundary=x') },
      { postData: { mimeType: 'multipart/form-data; boundary=x', params: [{ name: 'f', fileName: 'b.png' }] } },
      { headers: length(9), postData: data('') },
      { bodySize: 12 },
      { headers: length(9), postData: data('abc') },
    ];
    expect(bodies(await captureArchive(archive(entries)))).toEqual([
      '(the bytes of a.png are not in the archive (76 bytes of 900 are there))',
      '(the bytes of b.png are not in the archive)',
      '(its body is not in the archive: 9 bytes were sent)',
      '(its body is not in the archive: 12 bytes were sent)',
      '(its body is not whole: 3 bytes are there and 9 were sent)',
    ]);
  });

  test('is missing where it was compressed and stands there as text', async () => {
    const headers = [['Content-Encoding', 'gzip'] as const];
    const entries: readonly Entry[] = [
      { headers, postData: data('{"a":1}') },
      { headers, postData: { mimeType: 'application/json', text: 'H4sIAAAAAAAA', encoding: 'base64' } },
    ];
    const source = await captureArchive(archive(entries));
    expect(source.requests.map(({ body }) => body.kind)).toEqual(['missing', 'bytes']);
    expect(bodies(source)[0]).toBe('(its body was compressed (gzip), and the archive has it as text)');
  });

  test('is missing where there is only its type, or bytes that are no text were decoded', async () => {
    const form = [['Content-Type', 'multipart/form-data; boundary=x'] as const];
    const entries: readonly Entry[] = [
      { headers: form, bodySize: 0 },
      { headers: [['content-type', formType]] },
      { headers: [['content-type', formType]], bodySize: 0 },
      { postData: data('a\ufffd') },
    ];
    const lost = '(its body is not in the archive, nor its length: only that there was a form or a document)';
    expect(bodies(await captureArchive(archive(entries)))).toEqual([
      lost,
      lost,
      '',
      '(bytes of its body that are no text are lost in the archive)',
    ]);
  });

  test('is of HTTP Toolkit, where it is no text', async () => {
    const har: { log: { entries: { request: object }[] } } = JSON.parse(archive([{ headers: length(2) }]));
    Object.assign(har.log.entries[0]?.request ?? {}, { _content: { text: '/wA=', size: 2, encoding: 'base64' } });
    expect(bodies(await captureArchive(JSON.stringify(har)), 'latin1')).toEqual(['\xff\0']);
  });

  test('may be a file beside the archive, or in it', async () => {
    const content = archive([
      { headers: length(2), postData: { mimeType: 'a/b', _file: 'x.bin' } },
      { headers: length(2), postData: { mimeType: 'a/b', _file: '../y.bin' } },
    ]);
    const file = Buffer.from([0xff, 0]);
    expect(bodies(await captureArchive(content, { 'x.bin': file }), 'latin1')).toEqual([
      '\xff\0',
      '(../y.bin is not in the folder of the source (--allow-outside reads it))',
    ]);
    const zip = zipOf([
      { name: 'har.har', content: Buffer.from(content) },
      { name: 'x.bin', content: file },
    ]);
    expect(bodies(await captureArchive(zip), 'latin1')).toEqual(['\xff\0', '(../y.bin is not in the archive)']);
  });

  test('is whole where all its fields are there, whatever length is told, and that is said', async () => {
    const source = await captureArchive(
      archive([{ headers: length(99), postData: data('a=1', formType, params({ a: '1' })) }]),
    );
    expect([bodies(source), source.notes]).toEqual([
      ['a=1'],
      ['of another length than their Content-Length says, although all their fields are there: 1'],
    ]);
  });
});

test('requests that no person made are known', async () => {
  const { requests } = await captureArchive(
    archive([
      { method: 'OPTIONS' },
      { method: 'GET', url: 'wss://shop.test/s' },
      { method: 'GET', _resourceType: 'websocket' },
      { _resourceType: 'ping' },
      { _resourceType: 'xhr' },
    ]),
  );
  expect(requests.map(({ cause }) => cause)).toEqual(['preflight', 'socket', 'socket', 'beacon', undefined]);
});

describe('the application that is meant', () => {
  const post = { url: 'https://shop.test/a' };
  const page = {
    method: 'GET',
    url: 'https://shop.test/',
    response: { status: 200, content: { mimeType: 'text/html' } },
  };
  const other = { url: 'https://ads.test/' };

  test.each<[string, Entry[], object]>([
    ['the first page is of', [other, other, post], { pages: [{ title: 'https://shop.test/x' }] }],
    ['the first document is of', [other, other, page, post], {}],
    ['requests say that they come from', [other, other, { ...post, headers: [['Origin', 'https://shop.test']] }], {}],
    ['most requests go to', [{ ...other, method: 'OPTIONS' }, other, post, post], {}],
  ])('is the one that %s', async (_, entries, log) => {
    expect((await captureArchive(archive(entries, log))).origin).toBe('https://shop.test');
  });
});

describe('a file', () => {
  const content = archive([{ postData: data('é') }]);

  test('may have a byte order mark, or be in Latin-1 or UTF-16', async () => {
    expect(bodies(await captureArchive(`\ufeff${content}`))).toEqual(['é']);
    expect(bodies(await captureArchive(Buffer.from(content, 'latin1')))).toEqual(['é']);
    const wide = Buffer.from(`\ufeff${content}`, 'utf16le');
    expect(bodies(await captureArchive(wide))).toEqual(['é']);
    expect(bodies(await captureArchive(wide.swap16()))).toEqual(['é']);
  });

  test('may be packed, and no bomb', async () => {
    expect(bodies(await captureArchive(gzipSync(content)))).toEqual(['é']);
    const bomb = gzipSync(Buffer.alloc(120_000_000));
    for (const packed of [
      bomb,
      gzipSync(content).subarray(0, 40),
      zipOf([{ name: 'a.txt', content: Buffer.from('x') }]),
    ])
      await expect(captureArchive(packed)).rejects.toMatchObject({
        problems: [{ code: 'IMPORT_INVALID', message: expect.stringContaining('it cannot be unpacked: ') }],
      });
  });

  test.each([
    ['{"log":', /^it is not JSON: it ends in the middle; export it again/],
    ['{"log":x}', /^it is not JSON: Unexpected token/],
    ['[]', /^it is no HTTP Archive/],
    ['{"log":{"entries":3}}', /^it is no HTTP Archive/],
  ])('is refused where it is none: %s', async (text, message) => {
    await expect(captureArchive(text)).rejects.toMatchObject({
      problems: [
        {
          code: 'IMPORT_INVALID',
          place: { file: 'a.har' },
          message: expect.stringMatching(new RegExp(message.source.replace('^', 'cannot be imported: '))),
        },
      ],
    });
  });

  test('may hold anything in the place of what it should', async () => {
    const source = await captureArchive(
      '{"log":{"pages":[1],"entries":[null,{"request":{"headers":{},"postData":[],"url":7}},{"request":{"postData":{"params":[null]}}}]}}',
    );
    expect(source.requests).toEqual([]);
    expect(source.leftOut).toEqual([1, 2, 3].map((n) => ({ name: `entry ${n}`, reason: 'it has no request' })));
  });
});

test('a token that a page brought is not kept', async () => {
  const token = 'Zk3Xq81LmPw7Yt2R';
  const text = `<input name="t" value="${token}">`;
  const { requests } = await captureArchive(
    archive([
      { method: 'GET', response: { status: 200, content: { mimeType: 'text/html', text } } },
      { headers: [['Content-Type', formType]], postData: data(`t=${token}&a=1`, formType) },
    ]),
  );
  expect(textOf(suiteOfRequests(requests))).toContain('t: !session t\n      a: "1"\n');
});
