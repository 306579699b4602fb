import { onTestFinished } from 'vitest';
import { apacheServer } from '../../src/waf/modsecurity/lab/apache-server.js';
import { nginxServer } from '../../src/waf/modsecurity/lab/nginx-server.js';
import { startServerLab } from '../../src/waf/modsecurity/lab/server-lab.js';
import { serverPort } from '../lab/server-port.js';
import { ruleFile, type ServerName } from '../waf/modsecurity/lab/server-fixture.js';
import { emptyLog } from './doctor-target.js';

export interface RealServer {
  readonly url: string;
  readonly log: string;
}

/** What is different from a server of the lab with the Core Rule Set. */
export interface ServerWish {
  /** Goes into nginx's server block, or to the end of Apache's configuration. */
  readonly server?: string;
  /** Rules that are loaded before the Core Rule Set. */
  readonly before?: string;
  /** Rules that are loaded after it. */
  readonly after?: string;
}

/** Apache or nginx with ModSecurity in front of an application that echoes, until the test ends. */
export async function realServer(name: ServerName, { server = '', before, after }: ServerWish): Promise<RealServer> {
  const log = await emptyLog();
  const own = name === 'apache' ? apacheServer : nginxServer;
  const kind = {
    ...own,
    configuration: (plan: Parameters<typeof own.configuration>[0]) => placed(name, own.configuration(plan), server),
  };
  const rulesBefore = before === undefined ? [] : [await ruleFile(before)];
  const rulesAfter = after === undefined ? [] : [await ruleFile(after, 'after.conf')];
  const rules = { mode: 'block', rulesBefore, rulesAfter } as const;
  const lab = await startServerLab({
    kind,
    rules,
    port: await serverPort(),
    workers: 1,
    log: { format: 'json', file: log },
  });
  onTestFinished(() => lab.close());
  return { url: lab.url, log };
}

function placed(name: ServerName, configuration: string, text: string): string {
  return name === 'apache'
    ? `${configuration}\n${text}\n`
    : configuration.replace(/^ {4}location \/ \{$/m, (first) => `${text}\n${first}`);
}
