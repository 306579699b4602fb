import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startEchoApplication } from '../../src/lab/echo-application.js';
import { freePort } from '../../src/lab/loopback-port.js';
import { startServerProcess } from '../../src/lab/server-process.js';
import { markerRules } from '../../src/waf/modsecurity/marker-rule.js';
import { probeRules } from '../../src/waf/modsecurity/probe-rules.js';
import { setupParts } from '../../src/waf/modsecurity/setup-advice.js';

export interface CorazaServer {
  readonly url: string;
  readonly auditLog: string;
  /** Caddy's own log, one JSON object a line, with a line for each rule that has a severity. */
  readonly errorLog: string;
  close(): Promise<void>;
}

export interface CorazaWish {
  readonly engine?: 'On' | 'DetectionOnly';
  readonly auditParts?: string;
  readonly auditFormat?: 'JSON' | 'Native';
  /** The rules that `wafproof setup` prints instead of the lab's. */
  readonly advised?: boolean;
  /** Rules between crs-setup and the Core Rule Set. */
  readonly rulesBefore?: string;
}

const startTimeoutMs = 60_000;

/** Caddy on a free loopback port, with an echo application behind it. All that it writes is in a folder of its own. */
export async function startCoraza(program: string, wish: CorazaWish = {}): Promise<CorazaServer> {
  const folder = await mkdtemp(join(tmpdir(), 'wafproof-coraza-'));
  const logs = { auditLog: join(folder, 'audit.log'), errorLog: join(folder, 'caddy.log') };
  const application = await startEchoApplication();
  const port = await freePort(0);
  const settings = join(folder, 'caddy.json');
  await writeFile(settings, JSON.stringify(caddySettings(port, application.url, logs, wish)));
  const homes = ['HOME', 'XDG_DATA_HOME', 'XDG_CONFIG_HOME'].map((name) => `${name}=${folder}`);
  const server = startServerProcess(['env', ...homes, program, 'run', '--config', settings], folder);
  const close = async () => {
    await server.stop();
    await application.close();
  };
  try {
    await untilItListens(port, () => server.hasEnded());
  } catch (error) {
    await close();
    throw new Error(`Caddy did not start:\n${server.output()}`, { cause: error });
  }
  return { url: `http://127.0.0.1:${port}`, ...logs, close };
}

type Logs = Pick<CorazaServer, 'auditLog' | 'errorLog'>;

function caddySettings(port: number, upstream: URL, { auditLog, errorLog }: Logs, wish: CorazaWish) {
  const waf = { handler: 'waf', load_owasp_crs: true, directives: directives(auditLog, wish) };
  const proxy = { handler: 'reverse_proxy', upstreams: [{ dial: upstream.host }] };
  const server = {
    listen: [`127.0.0.1:${port}`],
    automatic_https: { disable: true },
    routes: [{ handle: [waf, proxy] }],
  };
  return {
    admin: { disabled: true, config: { persist: false } },
    logging: { logs: { default: { writer: { output: 'file', filename: errorLog } } } },
    apps: { http: { servers: { main: server } } },
  };
}

function directives(auditLog: string, wish: CorazaWish): string {
  const { before, after } = wish.advised === true ? advisedRules(auditLog) : labRules(auditLog, wish);
  return [
    'Include @coraza.conf-recommended',
    `SecRuleEngine ${wish.engine ?? 'On'}`,
    before,
    'Include @crs-setup.conf.example',
    wish.rulesBefore ?? '',
    'Include @owasp_crs/*.conf',
    after,
  ].join('\n');
}

interface OwnRules {
  readonly before: string;
  readonly after: string;
}

function labRules(auditLog: string, { auditParts = 'ABHZ', auditFormat = 'JSON' }: CorazaWish): OwnRules {
  const audit = `SecAuditEngine On
SecAuditLogParts ${auditParts}
SecAuditLogFormat ${auditFormat}
SecAuditLogType Serial
SecAuditLog ${auditLog}
`;
  return { before: audit + markerRules.opening, after: probeRules + markerRules.closing };
}

function advisedRules(auditLog: string): OwnRules {
  const parts = setupParts('nginx');
  const rules = (kind: string) => parts.find((part) => part.kind === kind)?.text ?? '';
  const before = rules('rules before').replace(/^SecAuditLog .*$/m, `SecAuditLog ${auditLog}`);
  return { before, after: rules('rules after') };
}

async function untilItListens(port: number, hasEnded: () => boolean): Promise<void> {
  const deadline = performance.now() + startTimeoutMs;
  while (!(await answers(port))) {
    if (hasEnded() || performance.now() > deadline) throw new Error(`nothing answers on port ${port}`);
    await delay(50);
  }
}

function answers(port: number): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}/`).then(
    () => true,
    () => false,
  );
}
