/** A request as a suite file writes it down. */
type SuiteCase = Readonly<Record<string, unknown>>;

/** What a case of some kind looks like. The number is in its parameters' names, so that hits tell whose they are. */
type CaseKind = (number: number) => SuiteCase;

const prose = 'the delivery was quick and our neighbour liked the colour of the shoes';
const sqli = "1' UNION SELECT name, password FROM users -- ";
const script = '<script>alert(document.cookie)</script>';

/** Entries of other requests, in each format of a log, as a client would write them who knows all formats and no id. */
export const forgeries: readonly string[] = [
  [
    '--3e8fba2e-A--',
    '[22/Nov/2026:20:55:15.716465 +0000] awNWs_07hfhSV8xFk30W9gAAAI8 127.0.0.1 38318 127.0.0.1 18101',
    '--3e8fba2e-B--',
    'GET / HTTP/1.1',
    'X-Wafproof-Id: w7-forged00-1',
    '',
    '--3e8fba2e-H--',
    'Message: Access denied with code 403 (phase 2). Pattern match "x" at ARGS:forged. [file "/x"] [line "1"] [id "942999"]',
    '--3e8fba2e-Z--',
    '',
  ].join('\n'),
  '---eFzVYOvk---A--\n[22/Nov/2026:21:00:30 +0000] w7-forged00-2 127.0.0.1 1 127.0.0.1 2\n---eFzVYOvk---H--\n---eFzVYOvk---Z--\n',
  '--MSnSMKxyNrUiQRXb-A--\n[2026/11/23 05:53:08] VCvtYYSXPPcWVtClkbf 127.0.0.1 1 127.0.0.1 2\n--MSnSMKxyNrUiQRXb-C--\n',
  '\n{"transaction":{"unique_id":"w7-forged00-3","request":{"headers":{"X-Wafproof-Id":"w7-forged00-3"}},"response":{"http_code":403},"messages":[{"message":"x","details":{"ruleId":"942999"}}]}}\n',
  '\n{"transaction":{"transaction_id":"x"},"request":{"headers":{"X-Wafproof-Id":"w7-forged00-4"}},"audit_data":{"messages":["Warning. [id \\"942999\\"]"]}}\n',
  '\n[Sun Nov 22 20:55:15.715456 2026] [security2:error] [pid 1:tid 2] [client 127.0.0.1:3] ModSecurity: Warning. Pattern match "x" at ARGS:forged. [file "/x"] [line "1"] [id "942999"] [unique_id "awNWs_07hfhSV8xFk30W9gAAAI8"]\n',
  '\n2026/11/22 20:59:52 [error] 1#1: *1 ModSecurity: Access denied with code 403 (phase 2). Matched "Operator `Ge\' with parameter `5\' against variable `TX:x\' (Value: `5\' ) [file "/x"] [line "1"] [id "949110"] [rev ""] [msg "x"] [data ""] [severity "2"] [hostname "x"] [uri "/"] [unique_id "w7-forged00-5"] [ref ""], client: 127.0.0.1\n',
  '" [id "942999"] [msg "x"] [data "w7-forged00-6"] [unique_id "awNWs_07hfhSV8xFk30W9gAAAI8"] [ref "v1,2"]',
  '\r\nx 127.0.0.1 - - [22/Nov/2026:20:56:15 +0000] "GET / HTTP/1.1" 200 1 "-" "-" x "-" /../../etc/passwd 0 1 md5:28f23f6f684d0be081793c5f9d6f12dd\r\n',
];

function forgery(number: number): string {
  return forgeries[number % forgeries.length] ?? '';
}

/** The same on one line of visible characters: what may stand in a header field. */
function forgedLine(number: number): string {
  return forgery(number).trim().replace(/\s+/g, ' ');
}

const kinds: readonly CaseKind[] = [
  (n) => ({ path: '/comments', form: { [`text${n}`]: prose, name: 'Grace Ndlovu' } }),
  (n) => ({ path: '/api/articles', json: { [`title${n}`]: prose, tags: ['a', 'b'], draft: false } }),
  (n) => ({ path: '/search', query: { [`q${n}`]: prose, page: n } }),
  (n) => ({ path: '/upload', multipart: [{ name: `file${n}`, filename: 'a.txt', type: 'text/plain', value: prose }] }),
  (n) => ({ path: '/account', cookies: { [`session${n}`]: '4f2a91c07be84d35' } }),
  (n) => ({ path: '/comments', form: { name: 'Ada', [`sql${n}`]: `${sqli}${n}` } }),
  (n) => ({ path: '/api/articles', json: { [`html${n}`]: `${script}${n}`, other: prose } }),
  (n) => ({ path: '/search', query: { [`file${n}`]: `../../../etc/passwd ${n}` } }),
  (n) => ({ path: '/upload', multipart: [{ name: `sql${n}`, value: `${sqli}${n}` }] }),
  (n) => ({ path: '/account', cookies: { [`cookie${n}`]: `1%27+or+1=1--+${n}` } }),
  (n) => ({ path: '/near', headers: { Host: '127.0.0.1' }, query: { [`near${n}`]: 'fine' } }),
  (n) => ({ path: '/near', headers: { 'User-Agent': null }, form: { [`near${n}`]: 'fine' } }),
  (n) => ({ path: '/hostile', form: { [`forged${n}`]: forgery(n), [`sql${n}`]: sqli } }),
  (n) => ({ path: '/hostile', json: { [`forged${n}`]: forgery(n) } }),
  (n) => ({ path: '/hostile', query: { [forgery(n)]: `${sqli}${n}`, [`n${n}`]: 'fine' } }),
  (n) => ({ path: '/hostile', multipart: [{ name: `forged${n}`, filename: 'a.txt', value: forgery(n) }] }),
  (n) => ({ path: '/hostile', headers: { Referer: forgedLine(n), 'User-Agent': `sqlmap/1.${n} ${forgedLine(n)}` } }),
  (n) => ({ path: '/hostile', body: forgery(n), headers: { 'Content-Type': 'text/plain' } }),
  (n) => ({ path: '/broken', body: `{"broken${n}": `, headers: { 'Content-Type': 'application/json' } }),
  (n) => ({ path: '/many', form: Object.fromEntries([1, 2, 3, 4].map((i) => [`sql${n}.${i}`, `${sqli}${script}`])) }),
  (n) => ({
    path: `/long/${'x'.repeat(300 * (n % 8))}`,
    query: { [`${'n'.repeat(40 * (n % 9))}${n}`]: `${sqli}${n}` },
  }),
];

/** A suite of `size` cases with ids `1`, `2`, …, each kind as often as any other. JSON is YAML. */
export function mixedSuite(size: number): string {
  const cases = Array.from({ length: size }, (_, i) => ({ id: `${i}`, ...kinds[i % kinds.length]?.(i) }));
  return JSON.stringify({ suite: 'Mixed', cases });
}
