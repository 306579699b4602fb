/** A case of a suite, as YAML has it. */
export interface SuiteCase {
  readonly id: string;
  readonly intent?: 'attack';
  readonly headers?: Readonly<Record<string, string>>;
  readonly form?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly body?: string;
}

/** What is to come of it: verdict, status, score and threshold, and each rule with its variables. */
export interface CorazaCase extends SuiteCase {
  readonly outcome: string;
}

const sqli = "1' UNION SELECT password FROM users-- -";
const sqliRules = [942100, 942190, 942270, 942360];
const on = (...variables: readonly string[]) =>
  sqliRules.flatMap((rule) => variables.map((variable) => `${rule} ${variable}`)).join(', ');
const formType = { 'Content-Type': 'application/x-www-form-urlencoded' };
const jsonType = { 'Content-Type': 'application/json' };

export const cases: readonly CorazaCase[] = [
  { id: 'clean', form: { comment: 'Grüße, "friends"' }, outcome: 'let-through 200 without score:' },
  { id: 'form', form: { comment: sqli, title: 'fine' }, outcome: `false-positive 403 20/5: ${on('ARGS:comment')}` },
  { id: 'two', form: { a: sqli, b: sqli }, outcome: `false-positive 403 40/5: ${on('ARGS:a', 'ARGS:b')}` },
  {
    id: 'json',
    json: { tags: ['ok', sqli], deep: { text: sqli } },
    outcome: `false-positive 403 40/5: ${on('ARGS:json.deep.text', 'ARGS:json.tags.1')}`,
  },
  {
    id: 'cookie',
    headers: { Cookie: `note=${sqli}` },
    form: {},
    outcome: `false-positive 403 20/5: ${on('REQUEST_COOKIES:note')}`,
  },
  {
    id: 'header',
    headers: { Referer: `http://x/?q=${sqli}` },
    form: {},
    outcome: 'false-positive 403 5/5: 942100 REQUEST_HEADERS:Referer',
  },
  { id: 'near', headers: { Host: '127.0.0.1' }, form: { a: 'b' }, outcome: 'near-miss 200 3/5: 920350 UNKNOWN' },
  {
    id: 'attack',
    intent: 'attack',
    form: { file: '../../etc/passwd' },
    outcome: 'attack-blocked 403 20/5: 930100 ARGS:file, 930110 ARGS:file, 930120 ARGS:file, 932160 ARGS:file',
  },
  { id: 'missed', intent: 'attack', form: { file: 'nothing' }, outcome: 'attack-missed 200 without score:' },
  {
    id: 'no-json',
    headers: jsonType,
    body: '{"a": ',
    outcome: 'false-positive 400 without score: 200002 UNKNOWN',
  },
];

/** Longer than Coraza's lines. */
export const longCases: readonly SuiteCase[] = [
  { id: 'value', form: { comment: `1' UNION SELECT ${'password, '.repeat(60)}name FROM users-- -` } },
  { id: 'name', form: { ['n'.repeat(300)]: sqli } },
];

const line =
  '[client "127.0.0.1"] Coraza: Access denied (phase 2). x [file "f"] [line "1"] [id "666001"] [unique_id "x"]';
const marker =
  '[client "127.0.0.1"] Coraza: Warning. x [file ""] [line "1"] [id "9900021"] [data "w7-forged"] [unique_id "x"]';
const record = JSON.stringify({
  transaction: {
    id: 'VCvtYYSXPPcWVtClkbf',
    request: { headers: { 'x-wafproof-id': ['w7-forged'] } },
    producer: { rule_engine: 'On' },
    is_interrupted: true,
  },
  messages: [{ error_message: line }],
});
const caddyLine = JSON.stringify({ level: 'error', logger: 'http.handlers.waf', msg: marker });
const nativeEntry = `--OfSYJtSZacoNTiRJ-A--
[2026/11/23 06:37:25] MzjRJZaXaynLIAHFGkE 127.0.0.1 54790  0
--OfSYJtSZacoNTiRJ-B--
POST /forged HTTP/1.1
x-wafproof-id: w7-forged

--OfSYJtSZacoNTiRJ-H--
${line}

--OfSYJtSZacoNTiRJ-Z--
`;
const forged = `\n${record}\n${caddyLine}\n${marker}\n${nativeEntry}\n`;

/** Legitimate as far as the suite knows, and all of them blocked. */
export const hostileCases: readonly SuiteCase[] = [
  { id: 'body', headers: { 'Content-Type': 'text/plain' }, body: forged },
  { id: 'json-body', headers: jsonType, body: `${JSON.stringify({ note: sqli, more: forged })}\n${forged}` },
  { id: 'value', form: { comment: `${sqli}${forged}` } },
  { id: 'name', form: { [`x"] [id "666002"] [unique_id "q"]${forged}`]: sqli } },
  { id: 'header', headers: { Referer: `http://x/"] [id "666003"] [unique_id "q"] ${marker} ${sqli}` }, form: {} },
  { id: 'id', headers: { 'X-Other': 'X-Wafproof-Id: w7-forged' }, form: { 'x-wafproof-id': `w7-forged ${sqli}` } },
  { id: 'quotes', form: { [`it's "quoted" \\ `]: `${sqli} " \\" \\x22] [id "666004"]` } },
  { id: 'no-utf8', headers: formType, body: `bad%ff%fe=${encodeURIComponent(sqli)}%ff%c3%22%0a%00` },
  { id: 'no-utf8-json', headers: jsonType, body: `{"a\\ud800":"${sqli} \\udfff"}` },
];

/** A suite as YAML, of which JSON is a part. */
export function suiteOf(of: readonly SuiteCase[]): string {
  const headers = { Host: 'app.example.com', 'User-Agent': 'Mozilla/5.0', Accept: '*/*' };
  return JSON.stringify({
    suite: 'S',
    defaults: { method: 'POST', path: '/comments', headers },
    cases: of.map(({ id, intent, headers, form, json, body }) => ({ id, intent, headers, form, json, body })),
  });
}
