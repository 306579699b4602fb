import { describe, expect, test } from 'vitest';
import type { Pair } from '../../../src/model/request.js';
import type { TargetQuestion } from '../../../src/pipeline/triage/target-question.js';
import { type SetUp, withRefusingServers } from './ask-servers.js';
import { hasHaproxy, leaveOutServers } from './refusing-servers.js';

const { ask } = withRefusingServers();

const injection = 'comment=1%27+UNION+SELECT+password+FROM+users--+-&name=Anna';
const user: readonly Pair[] = [['Authorization', 'Bearer user']];
const admin = { credentials: [['Authorization', 'Bearer admin']] } as const;
const key = { credentials: [['X-Api-Key', 'k']] } as const;
const otherAddress = { from: '127.0.0.2' };

/** Told apart: layer and cause, the layer `unknown` where no request tells who has the rule. */
const told: readonly (SetUp & { readonly is: string })[] = [
  { name: 'an address rule at a path', at: 'apache', path: '/address', means: otherAddress, is: 'unknown/ip-denied' },
  { name: 'a User-Agent rule at a path', at: 'apache', path: '/agent', is: 'unknown/user-agent-denied' },
  {
    name: 'a Referer rule at a path',
    at: 'apache',
    path: '/referer',
    headers: [['Referer', 'http://evil.example/p']],
    is: 'unknown/referer-denied',
  },
  { name: 'a content type rule at a path', at: 'apache', path: '/type', is: 'unknown/content-type-denied' },
  { name: 'a body rule of ModSecurity 2', at: 'apacheWaf', path: '/open', body: injection, is: 'waf/waf-rule' },
  {
    name: 'a content type rule of a WAF',
    at: 'apacheWaf',
    path: '/open',
    headers: [['Content-Type', 'text/csv']],
    is: 'unknown/content-type-denied',
  },
  {
    name: 'a rule of a WAF for scanners',
    at: 'apacheWaf',
    path: '/open',
    headers: [['User-Agent', 'sqlmap/1.7']],
    is: 'unknown/user-agent-denied',
  },
  {
    name: 'a rule of a WAF about a cookie',
    at: 'apacheWaf',
    path: '/open',
    headers: [['Cookie', "pref=1' UNION SELECT a FROM users-- -"]],
    is: 'waf/waf-rule',
  },
  {
    name: 'a rule of a WAF about the Referer',
    at: 'apacheWaf',
    path: '/open',
    headers: [['Referer', 'http://evil.example/?q=<script>alert(1)</script>']],
    is: 'waf/waf-rule',
  },
  {
    name: 'a rule of a WAF about the query',
    at: 'apacheWaf',
    path: '/open?file=../../etc/passwd',
    is: 'waf/waf-rule',
  },
  {
    name: 'a rule of the server about the query only',
    at: 'nginxQuery',
    path: '/open?file=../../etc/passwd',
    is: 'unknown/content-denied',
  },
  { name: 'a WAF at one path only', at: 'apacheWafHere', path: '/open', body: injection, is: 'waf/waf-rule' },
  { name: 'a body rule of ModSecurity 3', at: 'nginxWaf', path: '/open', body: injection, is: 'waf/waf-rule' },
  { name: 'a User-Agent rule of nginx at a path', at: 'nginx', path: '/agent', is: 'unknown/user-agent-denied' },
  { name: 'a limit', at: 'nginx', path: '/rate', before: 2, means: { waitMs: 3000 }, is: 'unknown/rate-limited' },
  { name: 'a User-Agent rule for the whole site', at: 'nginxAgent', path: '/open', is: 'unknown/user-agent-denied' },
  {
    name: 'an address rule for the whole site',
    at: 'nginxAddress',
    path: '/open',
    means: otherAddress,
    is: 'unknown/ip-denied',
  },
  { name: 'credentials looked at before routing', at: 'nginxKey', path: '/open', means: key, is: 'unknown/api-key' },
  {
    name: 'a role behind a fallback that answers 200 to anything',
    at: 'nginxFallback',
    path: '/role',
    headers: user,
    means: admin,
    is: 'application/not-authorized',
  },
  {
    name: 'a WAF behind a fallback that answers 200 to anything',
    at: 'nginxFallbackWaf',
    path: '/open',
    body: injection,
    is: 'waf/waf-rule',
  },
  { name: 'a CSRF token', at: 'application', path: '/csrf', is: 'application/csrf' },
  {
    name: 'a role',
    at: 'application',
    path: '/role',
    headers: user,
    means: admin,
    is: 'application/not-authorized',
  },
  {
    name: 'a role, by what is answered without credentials',
    at: 'application',
    path: '/scope',
    headers: user,
    is: 'application/not-authorized',
  },
  {
    name: 'an origin check',
    at: 'application',
    path: '/origin',
    headers: [['Origin', 'http://evil.example']],
    is: 'application/csrf',
  },
  {
    name: 'an origin that CORS does not allow',
    at: 'application',
    path: '/cors',
    headers: [['Origin', 'http://evil.example']],
    is: 'application/cors',
  },
  {
    name: 'a check of the application about contents',
    at: 'application',
    path: '/words',
    body: 'text=%3Cb%3Ebold%3C%2Fb%3E',
    is: 'unknown/content-denied',
  },
];

const toldByHaproxy: typeof told = [
  { name: 'a key at a path', at: 'haproxy', path: '/open/key', means: key, is: 'unknown/api-key' },
  {
    name: 'a body rule at one path',
    at: 'haproxy',
    path: '/open/body',
    body: 'comment=select+a+nice+one',
    is: 'unknown/content-denied',
  },
  { name: 'a ban that begins meanwhile', at: 'haproxyBan', path: '/open/denied', is: 'unknown/rate-limited' },
];

/** No request tells them apart: the truth is among the first three that are named. */
const inseparable: readonly (SetUp & { readonly truth: string })[] = [
  { name: 'Require all denied', at: 'apache', path: '/denied', truth: 'server/path-denied' },
  { name: 'the mode of a file', at: 'apache', path: '/files/secret.html', truth: 'os/file-permission' },
  { name: 'LimitExcept', at: 'apache', path: '/open', truth: 'server/method-denied' },
  { name: 'deny all', at: 'nginx', path: '/denied', truth: 'server/path-denied' },
  { name: 'limit_except', at: 'nginx', path: '/limit', truth: 'server/method-denied' },
  { name: 'a method rule for the whole site', at: 'nginxMethod', path: '/open', truth: 'server/method-denied' },
  { name: 'an address rule without another address', at: 'nginxAddress', path: '/open', truth: 'unknown/ip-denied' },
  {
    name: 'credentials before routing without any',
    at: 'nginxKey',
    path: '/open',
    truth: 'gateway/authentication-required',
  },
  { name: 'a role without other credentials', at: 'application', path: '/role', truth: 'application/not-authorized' },
];

const inseparableByHaproxy: typeof inseparable = [
  { name: 'deny of a path', at: 'haproxy', path: '/open/denied', truth: 'server/path-denied' },
  { name: 'deny of a method', at: 'haproxy', path: '/open/limit', truth: 'server/method-denied' },
];

describe.skipIf(leaveOutServers)('what refuses a request is told by six others at most', () => {
  test.for(told)('$name', { timeout: 60_000 }, expectTold);
  test.runIf(hasHaproxy).for(toldByHaproxy)('HAProxy: $name', { timeout: 60_000 }, expectTold);
});

describe.skipIf(leaveOutServers)('what no request can tell apart is named as that', () => {
  test.for(inseparable)('$name', { timeout: 60_000 }, expectOpen);
  test.runIf(hasHaproxy).for(inseparableByHaproxy)('HAProxy: $name', { timeout: 60_000 }, expectOpen);
});

describe.skipIf(leaveOutServers)('a probe that may change something', () => {
  const setUp: SetUp = { name: '', at: 'application', path: '/csrf' };

  test('is not sent where nobody allows it', async () => {
    const { asked, triage } = await ask({ ...setUp, means: { permit: async () => false } });
    expect(triage).toMatchObject({ cause: 'unknown', next: expect.stringContaining('--allow-changes') });
    expect(asked).toEqual([expect.stringMatching(/^POST \/wafproof-probe-\w+: 404$/), 'GET /csrf: 200']);
  });

  test('is asked for before it goes out', async () => {
    const wanted: string[] = [];
    const permit: TargetQuestion['permit'] = async ({ id }) => wanted.push(id) > 0;
    await ask({ ...setUp, means: { permit } });
    expect(wanted).toEqual(['neutral', 'token']);
  });
});

test.skipIf(leaveOutServers)('a request that is not refused is followed by no other', async () => {
  const { asked, triage } = await ask({ name: '', at: 'application', path: '/open' });
  expect(triage).toMatchObject({ cause: 'not-refused' });
  expect(asked).toEqual([]);
});

test.skipIf(leaveOutServers)('credentials are in nothing that is told', async () => {
  const token = 'Bearer s3cr3t-t0ken-0123456789';
  const { triage } = await ask({
    name: '',
    at: 'application',
    path: '/role?access_token=t0p-s3cr3t-42',
    headers: [['Authorization', token]],
    means: { credentials: [['X-Api-Key', 'k3y-0f-s0meb0dy-else']] },
  });
  expect(JSON.stringify(triage)).not.toMatch(/s3cr3t|k3y-0f/);
});

async function expectTold({ is, ...setUp }: (typeof told)[number]) {
  const { triage, asked } = await ask(setUp);
  expect(`${triage.layer}/${triage.cause}`).toBe(is);
  expect(asked.length).toBeLessThanOrEqual(6);
}

async function expectOpen({ truth, ...setUp }: (typeof inseparable)[number]) {
  const { triage, asked } = await ask(setUp);
  expect(triage).toMatchObject({ layer: 'unknown', cause: 'unknown', confidence: 'none' });
  expect(triage.alternatives.slice(0, 3).map(({ layer, cause }) => `${layer}/${cause}`)).toContain(truth);
  expect(asked.length).toBeLessThanOrEqual(6);
}
