import type { RequestListener } from 'node:http';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { guardBy } from '../apps/guarded-site.js';
import { serveHttp } from '../replay/loopback.js';
import { folderOf } from '../suite/suite-folder.js';
import { start } from './command.js';
import { listed } from './record/recorded.js';

/** A field of a form: how the page has it, and what is sent of it where nobody touches it. */
interface Field {
  readonly name: string;
  readonly html: (name: string) => string;
  readonly untouched: readonly string[];
  /** What a user makes of it; absent: nothing. */
  readonly own?: string;
}

const text = fc
  .string({ unit: 'grapheme', maxLength: 20 })
  .map((value) => value.replace(/\r\n?|\n/g, ' ').toWellFormed());
const lines = fc.array(text, { minLength: 1, maxLength: 3 }).map((all) => `x${all.join('\r\n')}`);
const escaped = (value: string) => value.replace(/[&<>"'\0]/g, (char) => `&#${char.charCodeAt(0)};`);
const visible = text.map((value) => value.replace(/[\p{Cc}\p{Cs}]/gu, ''));
const maybe = (own: fc.Arbitrary<string>) => fc.option(own, { nil: undefined });

const input = (type: string, own: fc.Arbitrary<string | undefined>): fc.Arbitrary<Omit<Field, 'name'>> =>
  fc.record({ value: visible, own }).map(({ value, own: changed }) => ({
    html: (name) => `<input type="${type}" name="${name}" value="${escaped(value)}">`,
    untouched: [value],
    ...(changed !== undefined && { own: changed }),
  }));
const area = fc.record({ value: visible, own: maybe(lines) }).map(({ value, own }) => ({
  html: (name: string) => `<textarea name="${name}">\n${escaped(value)}</textarea>`,
  untouched: [value],
  ...(own !== undefined && { own }),
}));
const box = fc.record({ value: visible, isOn: fc.boolean() }).map(({ value, isOn }) => ({
  html: (name: string) => `<input type="checkbox" name="${name}" value="${escaped(value)}"${isOn ? ' checked' : ''}>`,
  untouched: isOn ? [value] : [],
}));
const choice = fc.array(visible, { minLength: 1, maxLength: 4 }).map((values) => ({
  html: (name: string) =>
    `<select name="${name}">${values.map((value, i) => `<option value="${escaped(value)}"${i === values.length - 1 ? ' selected' : ''}>o</option>`).join('')}</select>`,
  untouched: values.slice(-1),
}));

const fields = fc
  .array(fc.oneof(input('hidden', fc.constant(undefined)), input('text', maybe(visible)), area, box, choice), {
    maxLength: 8,
  })
  .map((all) => all.map((field, i): Field => ({ ...field, name: `f${i}` })));
const forms = fc.record({ fields, isMultipart: fc.boolean(), tokenAt: fc.nat(8) });

/** Names without an id in them. */
const pathOf = (i: number) => `/form-${'abcdefghij'[Math.floor(i / 10)]}${'klmnopqrst'[i % 10]}`;

const token = 'f3a91c0b77de42aa8f6a10cc';

function formOf({
  fields: all,
  isMultipart,
  tokenAt,
}: {
  fields: readonly Field[];
  isMultipart: boolean;
  tokenAt: number;
}) {
  const guard: Field = {
    name: 'csrf_token',
    html: (name) => `<input type="hidden" name="${name}" value="${token}">`,
    untouched: [token],
  };
  const whole = [...all.slice(0, tokenAt), guard, ...all.slice(tokenAt)];
  const enctype = isMultipart ? ' enctype="multipart/form-data"' : '';
  const html = `<!doctype html><form method="post"${enctype}>${whole.map(({ html: make, name }) => make(name)).join('\n')}<button>Save</button></form>`;
  const sent = whole.flatMap(({ name, untouched, own }) =>
    (own === undefined ? untouched : [own]).map((value) => [name, value] as const),
  );
  return { html, ...(isMultipart ? inParts(sent) : urlencoded(sent)) };
}

function urlencoded(sent: readonly (readonly [string, string])[]) {
  return {
    type: 'application/x-www-form-urlencoded',
    body: new URLSearchParams(sent.map(([n, v]) => [n, v])).toString(),
  };
}

function inParts(sent: readonly (readonly [string, string])[]) {
  const parts = sent.map(
    ([name, value]) => `--B\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  return { type: 'multipart/form-data; boundary=B', body: `${parts.join('')}--B--\r\n` };
}

test('what was captured of forms goes out byte by byte when their pages have the same hidden values again', async () => {
  const all = fc.sample(forms, { numRuns: 60, seed: 13 }).map(formOf);
  const received = new Map<string, string>();
  const app: RequestListener = async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { url = '', method, headers } = request;
    const boundary = /boundary=(.*)/.exec(headers['content-type'] ?? '')?.[1] ?? 'B';
    if (method === 'POST') received.set(url, Buffer.concat(chunks).toString().replaceAll(`--${boundary}`, '--B'));
    response
      .setHeader('Content-Type', 'text/html; charset=utf-8')
      .end(all.find((_, i) => pathOf(i) === url)?.html ?? 'none');
  };
  const url = await serveHttp(app);
  const entries = all.flatMap(({ html, type, body }, i) => {
    const at = { url: `${url}${pathOf(i)}`, headers: [] };
    const page = {
      status: 200,
      headers: [{ name: 'Content-Type', value: 'text/html' }],
      content: { mimeType: 'text/html', text: html },
    };
    const headers = [{ name: 'Content-Type', value: type }];
    return [
      { request: { ...at, method: 'GET' }, response: page },
      {
        request: { ...at, method: 'POST', headers, postData: { mimeType: type, text: body } },
        response: { status: 303, headers: [], content: {} },
      },
    ];
  });
  const cwd = await folderOf({ 'a.har': JSON.stringify({ log: { entries } }) });
  const imported = await start(['import', 'har', 'a.har', '-o', 'suites'], { cwd }).ended;
  const cases = await listed(cwd);
  const [, count] = /takes the other fields of the form from its page \(from\): (\d+)/.exec(imported.stdout) ?? [];
  expect(cases.filter(({ from }) => from !== undefined).length).toBe(Number(count));
  expect(Number(count)).toBeGreaterThan(30);
  const lab = ['lab', '--port', '0', '--mode', 'detect', '--upstream', url, '--audit-log', 'audit.log'];
  const { url: guarded } = await guardBy(lab, cwd);
  const ran = await start(['run', 'suites', '-t', guarded, '--log', 'audit.log', '-r', 'json', '-o', 'out'], { cwd })
    .ended;
  expect(received.size, ran.stderr).toBe(cases.length);
  for (const { from, wire } of cases) {
    const { body = '' } = all.find((_, i) => pathOf(i) === wire.path) ?? {};
    if (from !== undefined) expect(received.get(wire.path)).toBe(body);
  }
});
