import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RuleHit } from '../../../src/model/evidence.js';
import type { RequestBody } from '../../../src/model/request.js';
import { createAttributor } from '../../../src/waf/modsecurity/attribute.js';
import type { EmbeddedEngine } from '../../../src/waf/modsecurity/embedded-engine.js';
import { readCatalog } from '../../../src/waf/modsecurity/rule-catalog.js';
import { post, startTestEngine } from './engine-fixture.js';
import { byName, read } from './logs/fixture-logs.js';

const raw = (text: string): RequestBody => ({ kind: 'raw', content: { text } });
const catalog = readCatalog('/usr/share/modsecurity-crs');
const attribute = createAttributor(() => catalog);

describe('what refuses a body tells why', () => {
  let engine: EmbeddedEngine;
  beforeAll(async () => {
    engine = await startTestEngine({ workers: 1 });
  });
  afterAll(() => engine.close());

  async function hitsOf(type: string, body: RequestBody): Promise<readonly RuleHit[]> {
    const request = post(body, { headers: [['Content-Type', type]] });
    const { record } = await engine.evaluate(request, 'w7-test');
    return record === undefined ? [] : attribute(record, request).hits;
  }

  async function reasonOf(type: string, text: string): Promise<string> {
    const [hit] = await hitsOf(type, raw(text));
    return `${hit?.ruleId} ${hit?.reason}`;
  }

  it('in the words of the parser', async () => {
    expect(await reasonOf('application/json', '{"a":1}\n{"b":2}\n')).toBe(
      '200002 JSON parsing error: parse error: trailing garbage',
    );
    expect(await reasonOf('application/json', `${'['.repeat(600)}${']'.repeat(600)}`)).toBe(
      '200002 JSON parsing error: Parsing depth limit exceeded',
    );
    expect(await reasonOf('text/xml', '<a><b></a>')).toBe('200002 XML parsing error: XML: Failed parsing document.');
    expect(await reasonOf('application/x-www-form-urlencoded', `a=${'b'.repeat(140_000)}`)).toBe(
      '200002 Request body excluding files is bigger than the maximum expected.',
    );
  });

  it('with the demands that a multipart body fails', async () => {
    const body = '\r\n------b\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n------b--\r\n';
    expect(await reasonOf('multipart/form-data; boundary="----b"', body)).toBe(
      '200003 the boundary is quoted (BQ 1), data before the first boundary (DB 1)',
    );
  });

  it('with the limit of arguments', async () => {
    const body = Array.from({ length: 1100 }, (_, i) => `a${i}=1`).join('&');
    expect(await reasonOf('application/x-www-form-urlencoded', body)).toBe(
      '200007 1000 arguments or more (SecArgumentsLimit)',
    );
  });

  it('where no rule refused', async () => {
    const hits = await hitsOf('application/x-www-form-urlencoded', raw(`a=${'b'.repeat(13_200_000)}`));
    expect(hits).toMatchObject([{ ruleId: 'body-parser', reason: expect.stringMatching(/^Request body limit is/) }]);
  });

  it('and a name that is no text is found by its place', async () => {
    const bytes = Uint8Array.from({ length: 140 }, (_, i) => [0, 10, 200 + (i % 50), 128][i % 4] ?? 0);
    const body: RequestBody = { kind: 'raw', content: { base64: Buffer.from(bytes).toString('base64') } };
    const hits = await hitsOf('application/x-www-form-urlencoded', body);
    const found = hits.filter(({ ruleId }) => ruleId === 921150 || ruleId === 920270);
    expect(found.map(({ variable, variableSource }) => `${variable.collection} ${variableSource}`)).toEqual([
      'ARGS_NAMES recovered',
      'ARGS_NAMES recovered',
    ]);
  });
});

const head = (boundary: string) => `--${boundary}-A--
[13/Jun/2024:10:51:34 +0300] WT-Yi38AAQEAAFfK3wMAAAAB 192.0.2.9 53284 192.0.2.1 443
--${boundary}-B--
POST /issues HTTP/1.1
Host: app.example.com
X-Wafproof-Id: w7-fix-one
Content-Type: application/x-www-form-urlencoded

`;

describe('native logs of ModSecurity 2', () => {
  it('name the rule that ran out of a limit', () => {
    const log = `${head('7fd6fc3c')}--7fd6fc3c-F--
HTTP/1.1 403 Forbidden

--7fd6fc3c-H--
Message: Rule 7fd6fc3ceea0 [id "942360"][file "/etc/crs/942.conf"][line "451"] - Execution error - PCRE limits exceeded (-8): (null).
Message: Access denied with code 403 (phase 2). Match of "streq 0" against "TX:MSC_PCRE_LIMITS_EXCEEDED" required. [file "/etc/modsecurity.conf"] [line "101"] [id "200005"] [msg "ModSecurity internal error flagged: TX:MSC_PCRE_LIMITS_EXCEEDED"]
Action: Intercepted (phase 2)
Producer: ModSecurity for Apache/2.9.1 (http://www.modsecurity.org/); OWASP_CRS/3.0.0.
Engine-Mode: "ENABLED"

--7fd6fc3c-Z--
`;
    const record = byName(read([Buffer.from(log)])).get('one');
    expect(record?.hits.map(({ ruleId, reason }) => `${ruleId}: ${reason}`)).toEqual([
      '942360: ran out of the limit for regular expressions (SecPcreMatchLimit)',
      '200005: rule 942360 ran out of the limit for regular expressions (SecPcreMatchLimit)',
    ]);
    expect(record?.blockedBy).toMatchObject({ kind: 'rule', ruleId: 200005 });
  });

  it('make a limit that no rule stands behind a cause like a rule', () => {
    const log = `${head('7fd6fc3d')}--7fd6fc3d-F--
HTTP/1.1 413 Request Entity Too Large

--7fd6fc3d-H--
Message: Request body no files data length is larger than the configured limit (131072).
Producer: ModSecurity for Apache/2.9.7 (http://www.modsecurity.org/); OWASP_CRS/3.3.4.
Engine-Mode: "ENABLED"

--7fd6fc3d-Z--
`;
    const record = byName(read([Buffer.from(log)])).get('one');
    const evidence = record && attribute(record, post(raw('a=b')));
    expect(evidence?.hits).toMatchObject([
      {
        ruleId: 'body-parser',
        reason: 'Request body no files data length is larger than the configured limit (131072).',
      },
    ]);
  });
});

describe('what a log says of a body', () => {
  const messages = (text: string) => `${head('7fd6fc3e')}--7fd6fc3e-F--
HTTP/1.1 400 Bad Request

--7fd6fc3e-H--
${text}
Action: Intercepted (phase 2)
Producer: ModSecurity for Apache/2.9.7 (http://www.modsecurity.org/); OWASP_CRS/3.3.4.
Engine-Mode: "ENABLED"

--7fd6fc3e-Z--
`;
  const reasonIn = (text: string) => byName(read([Buffer.from(messages(text))])).get('one')?.hits[0]?.reason;
  const denied = 'Message: Access denied with code 400 (phase 2). Match of "eq 0" against';

  it('is read of the message of rule 200003', () => {
    const flags = 'PE 0, BQ 1, BW 0, DB 0, DA 0, HF 0, LF 1, SM 0, IQ 0, IP 0, IH 0, FL 0';
    const line = `${denied} "MULTIPART_STRICT_ERROR" required. [file "/m.conf"] [line "85"] [id "200003"] [msg "Multipart request body failed strict validation: ${flags}"]`;
    expect(reasonIn(line)).toBe('the boundary is quoted (BQ 1), a line that ends in LF alone (LF 1)');
  });

  it('is read of the message of rules that Coraza has under the numbers of others', () => {
    const line = `${denied} "ARGUMENTS_LIMIT_REACHED" required. [file "/c.conf"] [line "9"] [id "200005"] [msg "Argument limit reached; request rejected (POST args)"]`;
    expect(reasonIn(line)).toBe('too many arguments (SecArgumentsLimit)');
  });

  it("is the parser's own line where the rule has no data", () => {
    const line = `${denied} "REQBODY_ERROR" required. [file "/m.conf"] [line "60"] [id "200002"] [msg "Failed to parse request body."]`;
    expect(reasonIn(`Message: JSON parsing error: JSON depth limit exceeded\n${line}`)).toBe(
      'JSON parsing error: JSON depth limit exceeded',
    );
  });
});
