import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { formIn } from '../../src/html/find-form.js';
import { readPage } from '../../src/html/page.js';
import { addressOf, submissionBody, submissionHeaders, submissionOf } from '../../src/html/submission.js';
import { launchBrowser } from '../../src/record/browser/launch-browser.js';
import { encodeRequest } from '../../src/request/encode-request.js';
import { serveHttp } from '../replay/loopback.js';
import { chromium } from '../report/browser.js';

/** Forms as people write them; each has the id `f`, and its button is pressed that Enter would press. */
const forms: Readonly<Record<string, string>> = {
  'radio buttons, two of them checked':
    '<form id=f><input type=radio name=a value=1 checked><input type=radio name=a value=2 checked><input type=radio name=a value=3></form>',
  'a legend in a fieldset that is disabled':
    '<form id=f><fieldset disabled><legend><input name=a value=1></legend><legend><input name=b></legend><input name=c></fieldset><fieldset disabled><div><legend><input name=d></legend></div></fieldset></form>',
  'fieldsets in fieldsets':
    '<form id=f><fieldset disabled><legend><fieldset><input name=a value=1></fieldset></legend><fieldset><legend><input name=b></legend></fieldset></fieldset></form>',
  'a form in a table':
    '<table><form id=f><tr><td><input name=a value=1></td></tr><tr><td><textarea name=b>x</textarea><button name=c value=2>Go</button></td></tr></form></table><input name=d>',
  'a hidden field in a table':
    '<table><form id=f><input type=hidden name=a value=1><tr><td><select name=b><option>1</select></form></table>',
  'a form that is never closed':
    '<form id=f><div><input name=a value=1></div><form id=g><input name=b value=2></form><input name=c value=3>',
  'fields that name their form':
    '<input form=f name=a value=1><form id=f></form><div id=g></div><form id=g></form><form><input form=f name=b value=2><input form=g name=c></form>',
  'sliders, colours and numbers':
    '<form id=f><input type=range name=a><input type=range name=b min=1 max=4><input type=range name=c value=900 step=7><input type=range name=d step=any max=5><input type=color name=e><input type=color name=g value=#ABCDEF><input type=number name=i value=1.50><input type=number name=j value=abc><input type=number name=k value=1e3></form>',
  dates:
    '<form id=f><input type=date name=a value=2026-01-31><input type=date name=b value=31.1.2026><input type=time name=c value=12:30><input type=time name=d value=noon><input type=month name=e value=2026-01><input type=datetime-local name=g value=2026-01-31T12:30><input type=week name=h value=2026-W05></form>',
  'values of several lines':
    '<form id=f><input name=a value="1&#10;2"><input type=email name=b value=" a@b.c&#10; "><input type=hidden name=c value="1&#10;2&#13;3"><input type=password name=d value="1&#10;2"><input type=url name=e value=" http://a "></form>',
  'text areas that begin with lines':
    '<form id=f><textarea name=a>\n\none</textarea><textarea name=b>\ntwo</textarea><textarea name=c>&#10;three</textarea></form>',
  'a button without a value': '<form id=f><input type=submit name=a></form>',
  'a button of an unknown type': '<form id=f><button name=a value=1 type=push>A</button></form>',
  'a picture as a button': '<form id=f><input name=z value=1><input type=image name=a></form>',
  'a picture without a name': '<form id=f><input type=image></form>',
  'a button that says where':
    '<form id=f action=/no><input name=a value=1><button name=b value=2 formaction="/s/other?x=1" formmethod=post>B</button></form>',
  'a button that says how':
    '<form id=f method=get action=/s><input name=a value=1><button formmethod=post formenctype="multipart/form-data">B</button></form>',
  'a button that gets':
    '<form id=f><input name=a value="ä &"><button formmethod=get formaction="/s/get?gone=1">B</button></form>',
  'the direction of a text':
    '<form id=f><input name=a dirname=a.dir value=x><div dir=rtl><textarea name=b dirname=b.dir>y</textarea></div></form>',
  'the name of the encoding':
    '<form id=f><input type=hidden name=_charset_><input type=hidden name=_charset_ value=x><input name=_charset_ value=y></form>',
  choices:
    '<form id=f><select name=a><option disabled selected>1<option>2</select><select name=b><optgroup disabled><option>1</optgroup><option>2</select><select name=c multiple><option selected value=1>x<option selected disabled>2<option selected>  3  4 </select><select name=d><option selected>1<option selected>2</select><select name=e size=4><option>1</select></form>',
  'names with signs':
    '<form id=f><input name="a[]" value="1"><input name="a[]" value="ü€"><input name="b&amp;c=d" value="x+y %20"></form>',
  'parts with signs':
    '<form id=f enctype="multipart/form-data"><input name="a&quot;b&#10;c" value="1"><input type=file name=d><textarea name=e>1\n2</textarea></form>',
  'plain text': '<form id=f enctype=text/plain><input name=a value="1=2"><textarea name=b>1\n2</textarea></form>',
  'what is no field':
    '<form id=f><output name=b>1</output><object name=c></object><template><input name=d></template><input type=button name=e value=1><input type=reset name=g></form>',
  'another base': '<base href="/s/below/"><form id=f action="here"><input name=a value=1></form>',
  'another base, and no action': '<base href="/s/below/"><form id=f data-none><input name=a value=1></form>',
};

interface Arrived {
  readonly line: string;
  readonly type: string;
  readonly body: string;
}

describe.skipIf(chromium === undefined)('what is submitted is what a browser submits', () => {
  const arrived = new Map<string, Arrived>();
  const stop = new AbortController();
  let url = '';
  let browser: Awaited<ReturnType<typeof launchBrowser>>;

  beforeAll(async () => {
    browser = await launchBrowser({ env: process.env, signal: stop.signal });
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
  });

  test.each(Object.entries(forms))('%s', async (name, html) => {
    url = await serveHttp(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += (chunk as Buffer).toString('latin1');
      if (`${request.method} ${request.url}` === 'GET /page')
        response.setHeader('Content-Type', 'text/html; charset=utf-8').end(posting(html));
      else {
        if (request.url !== '/favicon.ico')
          arrived.set(name, {
            line: `${request.method} ${request.url}`,
            type: request.headers['content-type'] ?? '',
            body,
          });
        response.end('ok');
      }
    });
    const page = await browser.newPage();
    await page.goto(`${url}/page`);
    await page.evaluate(pressFirst);
    await vi.waitUntil(() => arrived.has(name), { timeout: 30_000 });
    await page.close();
    expect(ours(posting(html), `${url}/page`)).toEqual(sameBoundary(arrived.get(name)));
  });
});

/** Presses the button that Enter would press; pictures are no `elements` of a form. */
const pressFirst = `{
  const form = document.querySelector('#f');
  const fields = Object.getOwnPropertyDescriptor(HTMLFormElement.prototype, 'elements').get.call(form);
  const button = [...fields].find(({ type }) => type === 'submit');
  const picture = document.querySelector('input[type=image]');
  if (picture) picture.click();
  else HTMLFormElement.prototype.requestSubmit.call(form, ...(button ? [button] : []));
}`;

/** Sent by POST where it says nothing else, and somewhere. */
function posting(html: string): string {
  const tag = html.replace(/<form(?=[^>]*id=f)(?![^>]*method)/, '<form method=post');
  return /<form[^>]*(?:action|data-none)/.test(tag)
    ? tag.replace('data-none', '')
    : tag.replace('<form method=post', '<form method=post action=/s');
}

function sameBoundary(one: Arrived | undefined): Arrived | undefined {
  const boundary = /boundary=(\S+)/.exec(one?.type ?? '')?.[1];
  if (one === undefined || boundary === undefined) return one;
  return { ...one, type: one.type.replace(boundary, 'B'), body: one.body.replaceAll(boundary, 'B') };
}

function ours(html: string, pageUrl: string): Arrived | undefined {
  const page = readPage(html);
  const form = formIn(page, '#f');
  if (form === undefined) return undefined;
  const submission = submissionOf(form, []);
  const to = addressOf(submission, page, pageUrl);
  const { method } = submission;
  if (to === undefined) return undefined;
  if (method === 'GET')
    to.search = new URLSearchParams(
      submission.entries.map(({ name, content }) => [name, 'text' in content ? content.text : '']),
    ).toString();
  const body = method === 'GET' ? ({ kind: 'none' } as const) : submissionBody(submission.entries, submission.enctype);
  const wire = encodeRequest({
    method,
    path: `${to.pathname}${to.search}`,
    query: [],
    headers: submissionHeaders(body),
    cookies: [],
    body,
    omittedHeaders: [],
  });
  const type = wire.headers.find(([header]) => header.toLowerCase() === 'content-type')?.[1] ?? '';
  return sameBoundary({ line: `${method} ${wire.target}`, type, body: Buffer.from(wire.body).toString('latin1') });
}
