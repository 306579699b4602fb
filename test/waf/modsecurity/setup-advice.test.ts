import { describe, expect, onTestFinished, test } from 'vitest';
import { serverNames, setupParts, setupText } from '../../../src/waf/modsecurity/setup-advice.js';
import { form, ruleFile, startTestEngine } from './engine-fixture.js';
import { leaveOut, logWith, type ServerName, send } from './lab/server-fixture.js';
import { serveSetup } from './setup-server.js';

const attack = '/?wafproof=%3Cscript%3Ealert(1)%3C%2Fscript%3E';
const mine = (number: number) => `w7-test-${number}-x`;

describe.each(serverNames)('the lines for %s', (server) => {
  test('are each explained by a comment', () => {
    for (const { text } of setupParts(server)) {
      for (const paragraph of text.trim().split('\n\n')) {
        const [comment, directive, ...more] = paragraph.split('\n');
        expect([comment?.slice(0, 2), directive !== undefined, more.length]).toEqual(['# ', true, 0]);
      }
    }
    expect(setupText(server)).toMatch(/^SecAuditLogParts ABH/m);
  });
});

describe.each<ServerName>(['apache', 'nginx'])('the lines for %s', (server) => {
  test.skipIf(leaveOut(server))(
    'make the real server log every request of ours, and no harmless one of others',
    async () => {
      const { url, log } = await serveSetup(server);
      for (let number = 0; number < 20; number++) {
        const other = await fetch(`${url}/of-others/${number}`);
        const ours = await send({ url }, { path: `/ours/${number}` }, mine(number));
        expect([other.status, ours.status]).toEqual([200, 200]);
      }
      const text = await logWith(log, mine(19));
      for (let number = 0; number < 20; number++) expect(text).toContain(mine(number));
      expect(text.trimEnd().split('\n')).toHaveLength(20);
      expect(text).not.toContain('/of-others/');
    },
  );

  test.skipIf(leaveOut(server))('leave what they add out of the entries of others', async () => {
    const { url, log } = await serveSetup(server);
    expect((await fetch(`${url}${attack}&of=others`)).status).toBe(403);
    expect((await send({ url }, { path: attack }, mine(1))).status).toBe(403);
    await logWith(log, 'of=others');
    const entries = (await logWith(log, mine(1))).trimEnd().split('\n');
    const [others] = entries.filter((entry) => entry.includes('of=others'));
    const [ours] = entries.filter((entry) => entry.includes(mine(1)));
    expect(others).toContain('941100');
    expect(others).not.toContain('wafproof score');
    expect(ours).toContain('wafproof score=15 threshold=5');
    expect(ours).toContain('wafproof begins');
    expect(ours).toContain('wafproof ends');
  });
});

test('the lines before the rules make the embedded engine log our requests, and no harmless one of others', async () => {
  const before = setupParts('nginx').find(({ kind }) => kind === 'rules before')?.text ?? '';
  const rulesBefore = [ruleFile('wafproof-before.conf', before.replace(/^SecAuditLog .*$/m, 'SecAuditLog audit.log'))];
  const engine = await startTestEngine({ rulesBefore, audit: 'relevant' });
  onTestFinished(() => engine.close());
  const request = form(['comment', 'hello']);
  const ours = { ...request, headers: [...request.headers, ['X-Wafproof-Id', mine(1)] as const] };
  expect((await engine.evaluate(request, 'other')).entry).toBeUndefined();
  expect(Buffer.from((await engine.evaluate(ours, 'ours')).entry ?? []).toString()).toContain(mine(1));
});
