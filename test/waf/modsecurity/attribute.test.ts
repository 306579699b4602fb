import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatVariable, type RuleHit } from '../../../src/model/evidence.js';
import type { Pair, RequestBody, WireRequest } from '../../../src/model/request.js';
import { encodeRequest } from '../../../src/request/encode-request.js';
import { createAttributor } from '../../../src/waf/modsecurity/attribute.js';
import type { EmbeddedEngine } from '../../../src/waf/modsecurity/embedded-engine.js';
import type { ModsecurityRecord } from '../../../src/waf/modsecurity/log-record.js';
import { readCatalog } from '../../../src/waf/modsecurity/rule-catalog.js';
import { crsFolder } from '../../../src/waf/modsecurity/rule-plan.js';
import { debugRules, matchedVariables } from './debug-log.js';
import { browserHeaders, form, post, ruleFile, startTestEngine } from './engine-fixture.js';

const log = join(ruleFile('debug.conf', ''), '..', 'debug.log');
const attribute = createAttributor(() => catalog);
const catalog = readCatalog(crsFolder({}));

let engine: EmbeddedEngine;
beforeAll(async () => {
  engine = await startTestEngine({ paranoia: 3, trial: { before: '', after: debugRules(log) } });
});
afterAll(() => engine.close());

async function hitsOf(request: WireRequest): Promise<readonly RuleHit[]> {
  const { record } = await engine.evaluate(request, 'w7-test');
  return record === undefined ? [] : attribute(record, request).hits;
}

function variablesOf(hits: readonly RuleHit[], ruleId: number): readonly string[] {
  return hits.filter((hit) => hit.ruleId === ruleId).map(({ variable }) => formatVariable(variable));
}

/** Compares hits with the engine's debug log, rule by rule. */
async function expectTruth(request: WireRequest): Promise<number> {
  const hits = await hitsOf(request);
  const truth = matchedVariables(log);
  let compared = 0;
  for (const ruleId of new Set(hits.map((hit) => hit.ruleId))) {
    const matched = typeof ruleId === 'number' ? truth.get(ruleId) : undefined;
    if (matched === undefined || typeof ruleId !== 'number') continue;
    const own = hits.filter((hit) => hit.ruleId === ruleId);
    if (own.some((hit) => hit.variableSource === 'ambiguous')) {
      const candidates = own.flatMap((hit) => [hit.variable, ...(hit.candidates ?? [])].map(formatVariable));
      expect(candidates, `rule ${ruleId}`).toEqual(expect.arrayContaining([...matched]));
    } else {
      expect([...new Set(variablesOf(own, ruleId))].sort(), `rule ${ruleId}`).toEqual([...matched].sort());
    }
    compared += 1;
  }
  return compared;
}

const snippets = fc.constantFrom(
  "1' OR '1'='1",
  'union select name from users',
  '<script>alert(1)</script>',
  'cat /etc/passwd; id',
  '../../etc/passwd',
  'a plain sentence',
  "it's O'Brien & sons",
  'select * from t where a=1 -- x',
  'été <b>bold</b>',
  '$(whoami) `ls -la`',
  '{{7*7}} jndi:ldap://x',
  'first line\r\nunion select name from users\nlast line',
);
const names = fc.constantFrom('a', 'b', 'comment', 'item[0][note]', 'x.y', 'q uery', 'name', 'select');
const fields = fc.array(fc.tuple(names, snippets), { minLength: 1, maxLength: 5 });

function build(body: RequestBody, query: readonly Pair[], cookies: readonly Pair[]): WireRequest {
  const headers: Pair[] = [...browserHeaders, ['Referer', 'https://app.example.com/?q=select+1']];
  return encodeRequest({ method: 'POST', path: '/api/save', query, headers, cookies, body, omittedHeaders: [] });
}

describe('every variable that a rule matched', () => {
  it('is named, as the debug log of the engine has it', async () => {
    const cookies = fc.array(fc.tuple(fc.constantFrom('id', 'prefs'), fc.constantFrom('1 OR 1=1', "a'b", 'x')), {
      maxLength: 2,
    });
    const body: fc.Arbitrary<RequestBody> = fc.oneof(
      fields.map((pairs) => ({ kind: 'form' as const, fields: pairs })),
      fields.map((pairs) => ({
        kind: 'json' as const,
        value: { list: pairs.map(([name, text]) => ({ [name]: text })) },
      })),
      fields.map((pairs) => ({
        kind: 'multipart' as const,
        boundary: '----boundary',
        parts: pairs.flatMap(([name, text], i) => [
          { name, content: { text } },
          ...(i === 1 ? [{ name: 'upload', filename: `${name}.txt`, content: { text } }] : []),
        ]),
      })),
    );
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(body, fc.array(fc.tuple(names, snippets), { maxLength: 2 }), cookies, async (...parts) => {
        compared += await expectTruth(build(...parts));
      }),
      { numRuns: 60 },
    );
    expect(compared).toBeGreaterThan(100);
  });

  it('is named for several form fields of one rule, though the log names only the last', async () => {
    const hits = await hitsOf(form(['a', 'union select x from y'], ['b', 'hello'], ['c', 'union select z from q']));
    expect([...variablesOf(hits, 942270)].sort()).toEqual(['ARGS:a', 'ARGS:c']);
    expect(hits.filter((hit) => hit.ruleId === 942270).map((hit) => hit.matched)).toEqual(
      expect.arrayContaining(['union select x from']),
    );
  });

  it('is named for JSON array items, whose offsets the log does not tell', async () => {
    const value = { items: [{ note: '<script>alert(1)</script>' }, { note: 'fine' }, { note: '<script>x</script>' }] };
    const hits = await hitsOf(post({ kind: 'json', value }));
    expect([...variablesOf(hits, 941110)].sort()).toEqual([
      'ARGS:json.items.array_0.note',
      'ARGS:json.items.array_2.note',
    ]);
  });

  it('is called ambiguous where two places fit and the log tells no more', async () => {
    const value = {
      items: [{ note: '<script>a</script>' }, { note: 'eighteen chars ok.' }, { note: '<script>bb</script>' }],
    };
    const hits = await hitsOf(post({ kind: 'json', value }));
    const ambiguous = hits.filter((hit) => hit.ruleId === 941110 && hit.variableSource === 'ambiguous');
    expect(ambiguous.map((hit) => hit.candidates?.map(formatVariable))).toEqual([
      ['ARGS:json.items.array_0.note', 'ARGS:json.items.array_1.note'],
    ]);
  });

  it('is not said to be certain where a proxy moved the body by what the log does not show', async () => {
    const fields: Pair[] = [
      ['a', 'union select x from y'],
      ['b', 'union select z from q'],
      ['b', 'union select w from p'],
    ];
    const body = { kind: 'form' as const, fields };
    const seen = post(body, { headers: [['Via', '1.1 proxy']] });
    const { record } = await engine.evaluate(seen, 'w7-test');
    const only: ModsecurityRecord = {
      action: 'passed',
      waf: { kind: 'modsecurity' },
      hits: (record?.hits ?? []).filter(({ ruleId }) => ruleId === 942270),
    };
    expect(variablesOf(attribute(only, seen).hits, 942270)).toEqual(['ARGS:a', 'ARGS:b']);
    const { hits } = attribute(only, post(body));
    expect(hits.map(({ variable, variableSource }) => [formatVariable(variable), variableSource])).toEqual([
      ['ARGS:a', 'ambiguous'],
      ['ARGS:b', 'logged'],
    ]);
  });

  it('is found behind the names that chains use', async () => {
    const hits = await hitsOf(form(['redirect', 'http://localhost:4200/login'], ['note', 'run `ls /tmp`  please']));
    expect(variablesOf(hits, 931130)).toEqual(['ARGS:redirect']);
    expect(variablesOf(hits, 932200)).toEqual(['ARGS:note']);
  });
});

describe('a chain', () => {
  it('blames the header that is restricted, not every header that its first link looked at', async () => {
    const hits = await hitsOf(post({ kind: 'none' }, { headers: [['Accept-Charset', 'utf-8']] }));
    expect(variablesOf(hits, 920450)).toEqual(['REQUEST_HEADERS_NAMES:Accept-Charset']);
  });

  it('blames what its first link matched where the last one looks at a number', async () => {
    const referer: Pair = ['Referer', 'https://other.example/'];
    const hits = await hitsOf(post({ kind: 'none' }, { path: '/x?session_id=a', headers: [referer] }));
    expect(variablesOf(hits, 943110)).toEqual(['ARGS_NAMES:session_id']);
  });

  it('blames the field that all of its links matched', async () => {
    const fields: Pair[] = [
      ['title', 'php.ini: memory_limit'],
      ['body', 'memory_limit = 256M'],
    ];
    expect(variablesOf(await hitsOf(form(...fields)), 933120)).toEqual(['ARGS:body']);
  });

  it('tells the variable of the engine through which it may be silenced', async () => {
    const hits = await hitsOf(form(['redirect', 'http://localhost:4200/login']));
    const [hit] = hits.filter(({ ruleId }) => ruleId === 931130);
    expect(hit?.alternatives?.map(formatVariable)).toEqual(['TX:rfi_parameter_ARGS:redirect']);
  });
});

describe('the matched text', () => {
  it('is the value where the rule only says that it is suspicious', async () => {
    const payload = '[][(![]+[])[+[]]+(![]+[])[!+[]+!+[]]]';
    const hits = await hitsOf(form(['a', payload]));
    const [hit] = hits.filter(({ ruleId }) => ruleId === 941360);
    expect(hit?.matched).toBe(payload);
  });
});

describe('header names', () => {
  it('are told as the suite writes them, whatever case the log has', () => {
    const request = post({ kind: 'none' }, { headers: [['X-Note', 'a']] });
    const [hit] = attribute(
      {
        action: 'passed',
        waf: { kind: 'modsecurity' },
        requestHeaders: [['x-note', 'a']],
        hits: [
          { ruleId: 1, message: '', tags: [], variable: { collection: 'REQUEST_HEADERS', key: 'x-note' }, matches: [] },
        ],
      },
      request,
    ).hits;
    expect(hit?.variable).toEqual({ collection: 'REQUEST_HEADERS', key: 'X-Note' });
  });
});

describe('tags and paranoia level', () => {
  it('come from the rule file where a multiMatch rule logs none', async () => {
    const hits = await hitsOf(form(['a', "1' or '1'='1"]));
    const hit = hits.find((one) => one.ruleId === 942100);
    expect(hit).toMatchObject({ paranoia: 1, severity: 'CRITICAL', scoring: 5, matched: "1' or '1'='1" });
    expect(hit?.tags).toContain('attack-sqli');
  });
});
