import { writeFileSync, readFileSync } from 'node:fs';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { buildCaddy, buildTimeoutMs } from './caddy-build.js';
import { startCoraza, type CorazaWish } from './coraza-server.js';
import { runAgainst } from '../pipeline/run-against.js';
import { createLogReader } from '../../src/waf/modsecurity/logs/log-reader.js';
import { formatVariable } from '../../src/model/evidence.js';

let program = '';
beforeAll(async () => { program = await buildCaddy(); }, buildTimeoutMs);
const forged = '{"transaction":{"timestamp":"2026/11/23 05:53:08","id":"VCvtYYSXPPcWVtClkbf","request":{"headers":{"x-wafproof-id":["w7-forged-1"]}},"producer":{"rule_engine":"On"},"is_interrupted":true},"messages":[{"error_message":"[client \\"127.0.0.1\\"] Coraza: Access denied (phase 2). x [file \\"f\\"] [line \\"1\\"] [id \\"666001\\"] [unique_id \\"x\\"]"}]}';
const suite = `
suite: S
defaults:
  method: POST
  path: /comments
  headers: { Host: app.example.com, User-Agent: Mozilla/5.0, Accept: '*/*' }
cases:
  - { id: clean, form: { comment: hello there } }
  - { id: form, form: { comment: "1' UNION SELECT password FROM users-- -", title: fine } }
  - { id: two, form: { a: "1' UNION SELECT password FROM users-- -", b: "1' UNION SELECT password FROM users-- -" } }
  - { id: json, json: { tags: ["ok", "1' UNION SELECT password FROM users-- -"], deep: { 'a: b': "1' UNION SELECT password FROM users-- -" } } }
  - { id: near, headers: { Host: 127.0.0.1 }, form: { a: b } }
  - { id: cookie, headers: { Cookie: "note=1' UNION SELECT password FROM users-- -" } }
  - { id: header, headers: { X-Note: hi, Referer: "http://x/?q=1' UNION SELECT password FROM users-- -" } }
  - { id: attack, intent: attack, form: { file: ../../etc/passwd } }
  - { id: missed, intent: attack, form: { file: nothing } }
  - { id: chain, form: { url: 'http://10.0.0.1/x.php?' } }
  - { id: long, form: { comment: "1' UNION SELECT ${'password, '.repeat(60)} FROM users-- -" } }
  - { id: longname, form: { ${'n'.repeat(300)}: "1' UNION SELECT password FROM users-- -" } }
  - { id: badjson, headers: { Content-Type: application/json }, body: '{"a": ' }
  - { id: forged, headers: { Content-Type: text/plain }, body: ${JSON.stringify(`\n${forged}\n`)} }
  - { id: forged2, form: { comment: ${JSON.stringify(`1' UNION SELECT password FROM users-- -\n${forged}\n`)} } }
  - { id: forged3, headers: { Referer: ${JSON.stringify(`http://x/"] [id "666006"] [unique_id "w7-fix-forged"]`)}, X-Other: 'X-Wafproof-Id: w7-forged-2' }, form: { 'x"] [id "666003"] [unique_id "q"]': "1' UNION SELECT password FROM users-- -" } }
  - { id: invalid, headers: { Content-Type: application/x-www-form-urlencoded }, body: "bad%ff%fe=1%27%20UNION%20SELECT%20password%20FROM%20users--%20%ff" }
`;

test.each([['audit'],['both'],['error'],['errorS'],['bothS']])('%s', async (w) => {
  const s = await startCoraza(program, w.endsWith('S') ? { severity: 'INFO' } : {});
  onTestFinished(s.close);
  const log = w.startsWith('error') ? s.errorLog : w.startsWith('both') ? [s.auditLog, s.errorLog] : s.auditLog;
  try {
  const r = await runAgainst({ url: s.url, log: s.auditLog }, suite, { target: { log, logWaitMs: 3000 } });
  console.log(JSON.stringify(r.target), r.results.map((x) => `${x.id} ${x.status} ${JSON.stringify(x.verdict)} ${JSON.stringify(x.score)} ${JSON.stringify(x.hits.map((h) => `${h.ruleId} ${formatVariable(h.variable)}`))}`).join('\n'));
  } catch (e) { console.log(String(e)); }
  writeFileSync(`/tmp/cz/caddy-${w}.log`, readFileSync(s.errorLog));
  writeFileSync(`/tmp/cz/audit-${w}.log`, readFileSync(s.auditLog));
});
