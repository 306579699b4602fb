import { describe, expect, test } from 'vitest';
import { serveHttp } from '../replay/loopback.js';
import { leaveOut, type ServerName, send, testLab } from '../waf/modsecurity/lab/server-fixture.js';
import { emptyLog } from './doctor-target.js';
import { runAgainst, suiteOfPosts, verdictsOf } from './run-against.js';

const attackPath = '/forged?id=1%27+OR+%271%27%3D%271+UNION+SELECT+password+FROM+users--';

/** An application that sends attacks in the name of each request that it gets, while that is on its way, and of others to come. */
async function serveForger(lab: () => { readonly url: string }) {
  let requests = 0;
  let forging = false;
  return serveHttp(async (request, response) => {
    const id = String(request.headers['x-wafproof-id']);
    request.resume();
    if (!forging && !id.endsWith('-info') && request.url !== attackPath) {
      requests++;
      forging = requests % 7 === 0;
      const { prefix = '' } = /^(?<prefix>w7-[a-z0-9]+-)/.exec(id)?.groups ?? {};
      await send(lab(), { path: attackPath }, id);
      await send(lab(), { path: attackPath }, `${prefix}${requests + 1}`);
      forging = false;
    }
    response.end('fine');
  });
}

describe.each<ServerName>(['apache', 'nginx'])('%s', (server) => {
  test.skipIf(leaveOut(server)).each(['json', 'error'] as const)(
    'in the log of which somebody writes with ids that were seen and that may come: no case is judged by that (%s)',
    async (logFormat) => {
      const log = await emptyLog();
      const running: { url: string }[] = [];
      const upstream = await serveForger(() => running[0] ?? { url: '' });
      const lab = await testLab(server, { auditLog: log, logFormat, upstream });
      running.push(lab);
      const report = await runAgainst({ url: lab.url, log }, suiteOfPosts(30), {
        target: { host: 'app.example.com', logWaitMs: 3000 },
      });
      expect(new Set(verdictsOf(report))).toEqual(new Set(['let-through']));
      expect(report.forged).toBeGreaterThanOrEqual(30);
    },
  );

  test.skipIf(leaveOut(server)).each(['json', 'native', 'error'] as const)(
    'where nobody forges anything, nobody is said to, however a path is spelled (%s)',
    async (logFormat) => {
      const log = await emptyLog();
      const lab = await testLab(server, { auditLog: log, logFormat });
      const paths = [
        '/a/../b',
        '//c//d',
        '/%7euser/%2e',
        '/e?x=a+b&y=%C3%A4%22',
        '/ü',
        '/f;g=1?h',
        '/i?j="k"',
        '/l?',
        '/m/',
        '/?q=%27',
      ];
      const methods = ['GET', 'POST', 'PUT', 'OPTIONS', 'HEAD'];
      const cases = paths.flatMap((path, i) =>
        methods.map((method) => `  - { id: '${i}-${method}', method: ${method}, path: '${path}' }`),
      );
      const report = await runAgainst({ url: lab.url, log }, `suite: S\ncases:\n${cases.join('\n')}\n`, {
        target: { host: 'app.example.com', logWaitMs: 3000 },
      });
      expect(report.forged).toBeUndefined();
      expect(verdictsOf(report)).not.toContain('inconclusive');
    },
  );
});
