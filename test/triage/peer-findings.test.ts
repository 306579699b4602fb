import { expect, test } from 'vitest';
import { peerFindings, withPeer } from '../../src/triage/peer-findings.js';

const now = Date.parse('2026-11-30T12:00:00Z');
const certificate = {
  subject: 'CN=shop.test',
  names: ['DNS:shop.test', 'DNS:*.cdn.test'],
  issuer: 'CN=Test CA',
  validFrom: '2026-01-01T00:00:00.000Z',
  validTo: '2027-01-01T00:00:00.000Z',
};
const peer = { name: 'shop.test', addresses: ['192.0.2.1', '2001:db8::1'], used: '::ffff:192.0.2.1' };

const saysOf = (changed: Partial<typeof certificate> & { problem?: string }, host = 'shop.test') =>
  peerFindings({ ...peer, certificate: { ...certificate, ...changed } }, host, now)[1]?.says;

test('all addresses of a name are told, and the one that answered', () => {
  expect(peerFindings(peer, 'shop.test', now)).toEqual([
    {
      from: 'command',
      text: 'shop.test: 192.0.2.1, 2001:db8::1; connected to 192.0.2.1',
      says: 'the name leads to several addresses: another one may answer otherwise',
    },
  ]);
  const [alone] = peerFindings({ ...peer, addresses: ['192.0.2.1'] }, 'other.test', now);
  expect(alone?.text).toBe('shop.test: 192.0.2.1; connected to 192.0.2.1 for other.test');
  const [nowhere] = peerFindings({ name: 'gone.test', addresses: [], problem: 'ENOTFOUND' }, 'gone.test', now);
  expect(nowhere).toMatchObject({
    text: 'gone.test: no address; ENOTFOUND',
    says: expect.stringContaining('no address'),
  });
});

test('a certificate is told with its names, its issuer and its time', () => {
  const [, finding] = peerFindings({ ...peer, certificate }, 'shop.test', now);
  expect(finding?.text).toBe(
    'CN=shop.test; DNS:shop.test, DNS:*.cdn.test; issued by CN=Test CA; valid 2026-01-01T00:00:00.000Z to 2027-01-01T00:00:00.000Z',
  );
});

test.each([
  ['shop.test', {}, /names this host$/],
  ['a.cdn.test', {}, /names this host$/],
  ['a.b.cdn.test', {}, /does not name this host/],
  ['cdn.test', {}, /does not name this host/],
  ['old.test', { names: [], subject: 'O=Old, CN=old.test' }, /names this host$/],
  ['shop.test', { validTo: '2026-11-30T11:59:00.000Z' }, /has expired$/],
  ['shop.test', { validFrom: '2026-12-01T00:00:00.000Z' }, /not valid yet/],
  ['shop.test', { problem: 'self-signed certificate' }, /names this host; it is not trusted here: self-signed/],
])('for %s and %j', (host, changed, says) => {
  expect(saysOf(changed, host)).toMatch(says);
});

const open = { layer: 'unknown', cause: 'unknown', confidence: 'none', evidence: [], alternatives: [] } as const;
const dropped = { kind: 'failed', reason: 'connection-reset', message: 'other side closed' } as const;

test('a server that wants a certificate is the one that closed the connection', () => {
  const peer = { name: 'shop.example', addresses: [], wantsCertificate: 'alert certificate required' };
  expect(withPeer(open, peer, dropped)).toMatchObject({
    cause: 'client-certificate',
    confidence: 'proved',
    evidence: [{ text: 'TLS alert certificate required' }],
  });
  expect(withPeer(open, { name: 'shop.example', addresses: [] }, dropped)).toBe(open);
});

test('a certificate that is not trusted keeps this machine from sending', () => {
  const certificate = { subject: '', names: [], issuer: '', validFrom: '', validTo: '', problem: 'self-signed' };
  const peer = { name: 'shop.example', addresses: [], certificate };
  const failed = { kind: 'failed', reason: 'tls', message: 'self-signed certificate' } as const;
  expect(withPeer(open, peer, failed)).toMatchObject({ layer: 'client', cause: 'server-certificate' });
  expect(withPeer(open, peer, dropped)).toBe(open);
});
