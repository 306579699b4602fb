import { expect, test } from 'vitest';
import { lookAtPeer } from '../../src/replay/look-at-peer.js';
import { parseTarget } from '../../src/replay/target.js';
import { serveTls } from './certificates.js';

const { signal } = new AbortController();

test('a server over TLS is told with its addresses and its certificate', async () => {
  const { url, ca } = await serveTls();
  const peer = await lookAtPeer(parseTarget({ url, ca }), signal);
  expect(peer).toMatchObject({
    name: 'localhost',
    addresses: expect.arrayContaining(['127.0.0.1']),
    used: '127.0.0.1',
  });
  expect(peer.certificate).toMatchObject({
    subject: 'CN=shop.example',
    names: ['DNS:shop.example', 'DNS:localhost'],
    issuer: 'CN=Lab authority',
  });
  expect(peer.certificate?.problem).toBeUndefined();
});

test('one that nobody here trusts, and one for another name, says so', async () => {
  const { url, ca } = await serveTls();
  const unknown = await lookAtPeer(parseTarget({ url }), signal);
  expect(unknown.certificate?.problem).toMatch(/issuer|verify/i);
  const other = await lookAtPeer(parseTarget({ url, ca, host: 'else.example' }), signal);
  expect(other.certificate).toMatchObject({
    subject: 'CN=shop.example',
    problem: expect.stringContaining('ALTNAME'),
  });
});

test('a name that leads nowhere, and a port that nobody listens on, are problems and no errors', async () => {
  const nowhere = await lookAtPeer(parseTarget({ url: 'http://nowhere.invalid' }), signal);
  expect(nowhere).toEqual({
    name: 'nowhere.invalid',
    addresses: [],
    problem: expect.stringContaining('not known'),
  });
  const closed = await lookAtPeer(parseTarget({ url: 'http://127.0.0.1:1' }), signal);
  expect(closed).toMatchObject({ addresses: ['127.0.0.1'], problem: expect.stringMatching(/refused/i) });
});

test('a server that wants a certificate of the client', async () => {
  const { url, ca } = await serveTls({ requestCert: true });
  const peer = await lookAtPeer(parseTarget({ url, ca }), signal);
  expect(peer).toMatchObject({ wantsCertificate: 'alert certificate required', used: expect.anything() });
});
