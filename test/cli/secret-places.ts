import type { Pair } from '../../src/model/request.js';

/** A request with a secret in it, by what its author calls it. */
export interface SecretPlace {
  readonly title: string;
  readonly method: string;
  readonly url: string;
  readonly headers: readonly Pair[];
  readonly body: string;
}

/** Whatever gives somebody access; each made up, and in one place at first. */
export const secrets = {
  typed: 'Purple-monkey-9932!',
  bearer: 'mF_9.B5f-4.1JqM-7xTq2',
  cookie: 'c00k1e-8f14e45fceea167a',
  queryKey: 'K3y-8f14e45fceea167a5a36',
  signature: '9f86d081884c7d659a2feaa0c55ad015',
  pathToken: 'c3k-4f1a2b3c4d5e6f708192',
  pathKey: 'sk_live_51H8xQ2eZvKYlo2C',
  inAddress: 'let-me-1n-7741',
  access: 'ya29.a0AfB_byC-1234567890abcdefghij',
  refresh: 'q7Yx92LmPq81Zr4Ks8Tn',
  identity: 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI5OTMyIn0.dozjgNryP4J3jVmNHl0w5N',
  part: 'uP7Kd02mVb71Rt5WpZx3',
  referred: 'R3f-77aa88bb99cc00dd11ee',
  titled: 'ghp_16C7e42F292c6912E7710c838347Ae178B4a',
  headerKey: 'h3ad-0123456789abcdef0123',
  pin: '482913',
  iban: 'DE89 3704 0044 0532 0130 00',
  card: '5555-5555-5555-4444',
  national: '536-90-4399',
  passport: 'C01X00T47',
  encoded: 'YW5uOlB1cnBsZS1tb25rZXktODg0MSE=',
  listed: 'qT4Zn81LkVb27Rw5YpXs',
  argument: 'vM3Kd90WqBt61Zn4LxPr',
  invited: 'bC7Rk2Wm9Tq4Zx8Vn5Lp1Hd6Js3Fy',
  database: 'zY8Wn26TkLq53Vb9RmXd',
  exported: 'wJalrXUtnFEMI4K7MDENG2bPxRfiCYzz',
  recovery: 'blue whale seven kettle',
  hook: 'nR5Tz83QwLk16Vb7YpMd',
} as const;

const site = 'https://shop.test';
const form: Pair = ['Content-Type', 'application/x-www-form-urlencoded'];
const json: Pair = ['Content-Type', 'application/json'];
const parts: Pair = ['Content-Type', 'multipart/form-data; boundary=b'];

function post(path: string, headers: readonly Pair[], body: string, title = `post ${path}`): SecretPlace {
  return { title, method: 'POST', url: path.startsWith('http') ? path : `${site}${path}`, headers, body };
}

const part = (name: string, value: string, more = '') =>
  `--b\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n${value}\r\n`;

/** Where secrets stand in what people send; the first request of each is one that is kept. */
export const secretPlaces: readonly SecretPlace[] = [
  post('/welcome', [form], 'note=We+open+on+Monday.'),
  post(
    '/login',
    [form],
    `log=ann&pass1=${encodeURIComponent(secrets.typed)}&pin=${secrets.pin}`,
    `Welcome ${secrets.typed}`,
  ),
  post('/again', [form], `note=I+am+${encodeURIComponent(secrets.typed)}`),
  post('/bearer', [form, ['Authorization', `Bearer ${secrets.bearer}`]], 'a=1'),
  post('/cookie', [form, ['Cookie', `sid=${secrets.cookie}; theme=dark`]], 'a=2'),
  post('/header', [form, ['apikey', secrets.headerKey], ['X-User', secrets.identity]], 'a=3'),
  post(`/query?api_key=${secrets.queryKey}&next=%2Fb%3Fsig%3D${secrets.signature}`, [form], 'a=4'),
  post(`/reset/MQ/${secrets.pathToken}/`, [form], 'a=5'),
  post(`/v1/${secrets.pathKey}/charges`, [form], 'a=6'),
  post(`https://ann:${secrets.inAddress}@shop.test/basic`, [form], 'a=7'),
  post(
    '/tokens',
    [json],
    JSON.stringify({
      data: { access_token: secrets.access, refreshToken: secrets.refresh, list: [{ idToken: secrets.identity }] },
    }),
  ),
  post(
    '/nested',
    [json],
    JSON.stringify({
      payload: JSON.stringify({ access_token: secrets.refresh }),
      url: `${site}/?token=${secrets.queryKey}`,
    }),
  ),
  post('/graphql', [json], JSON.stringify({ query: `mutation { login(password: "${secrets.typed}") { id } }` })),
  post(
    '/parts',
    [parts],
    `${part('api_token', secrets.part)}${part('f', `{"access_token":"${secrets.part}"}`, '; filename="a.json"')}--b--\r\n`,
  ),
  post('/text', [['Content-Type', 'text/plain']], `password=${secrets.typed}`),
  post(
    '/referred',
    [
      form,
      ['Referer', `https://mail.test/read?access_token=${secrets.referred}`],
      ['Origin', `https://ann:${secrets.referred}@mail.test`],
    ],
    'a=8',
  ),
  post('/referred-by-path', [form, ['Referer', `https://mail.test/reset/MQ/${secrets.pathToken}/`]], 'a=9'),
  post('/titled', [form], 'a=10', `Key ${secrets.titled} was made`),
  post('/account', [json], JSON.stringify({ to: secrets.iban, with: { n: secrets.card }, who: secrets.national })),
  post('/traveller', [form], `passport_number=${secrets.passport}`),
  post('/encoded', [form], `auth=${encodeURIComponent(secrets.encoded)}`),
  post(
    '/in-base64',
    [json],
    JSON.stringify({ x: Buffer.from(JSON.stringify({ pwd: secrets.typed })).toString('base64') }),
  ),
  post('/named-beside', [json], JSON.stringify({ fields: [{ name: 'client_secret', value: secrets.listed }] })),
  post('/graphql-2', [json], JSON.stringify({ query: `mutation { refresh(token: "${secrets.argument}") { ok } }` })),
  post('/lines', [['Content-Type', 'application/x-ndjson']], `{"token":"${secrets.argument}"}\n{"a":1}\n`),
  post(`/invitations/${secrets.invited}/accept`, [form], 'a=11'),
  post(`/calendar/private-${secrets.invited}/basic.ics`, [form], 'a=12'),
  post('/settings', [json], JSON.stringify({ db: `Server=db;User Id=sa;Password=${secrets.database};` })),
  post('/yaml', [['Content-Type', 'application/yaml']], `user: ann\ndb_password: ${secrets.database}\n`),
  post('/script', [json], JSON.stringify({ run: `export AWS_SECRET_ACCESS_KEY=${secrets.exported}` })),
  post('/recover', [json], JSON.stringify({ backup_codes: [secrets.recovery] })),
  post('/hook', [json], JSON.stringify({ url: `https://hooks.shop.test/services/${secrets.hook}` })),
];
