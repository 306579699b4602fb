import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startEchoApplication } from '../../src/lab/echo-application.js';
import { startServerProcess } from '../../src/lab/server-process.js';
import { markerRules } from '../../src/waf/modsecurity/marker-rule.js';
import { probeRules } from '../../src/waf/modsecurity/probe-rules.js';
import { serverPort } from '../lab/server-port.js';

export interface CorazaServer {
  readonly url: string;
  /** The log; of concurrent entries, its index. */
  readonly auditLog: string;
  /** Below which concurrent entries are. */
  readonly auditFolder: string;
  /** Caddy's own log, with a line for each rule that has a severity. */
  readonly errorLog: string;
  close(): Promise<void>;
}

export interface CorazaWish {
  readonly engine?: 'On' | 'DetectionOnly';
  readonly auditParts?: string;
  readonly auditFormat?: 'JSON' | 'Native';
  readonly auditType?: 'Serial' | 'Concurrent';
  /** How Caddy writes its own log: one JSON object a line, or as on a terminal. */
  readonly errorFormat?: 'json' | 'console';
  /** Gives Wafproof's own rules a severity, without which Caddy's log has no line of theirs. */
  readonly severity?: 'INFO';
  /** Rules between crs-setup and the Core Rule Set. */
  readonly rulesBefore?: string;
  /** All directives, instead of those that follow from the other wishes. */
  readonly directives?: (auditLog: string) => string;
}

const startTimeoutMs = 60_000;

/** Caddy on a free loopback port, with an echo application behind it. All that it writes is in a folder of its own. */
export async function startCoraza(program: string, wish: CorazaWish = {}): Promise<CorazaServer> {
  const folder = await mkdtemp(join(tmpdir(), 'wafproof-coraza-'));
  const logs = {
    auditLog: join(folder, 'audit.log'),
    auditFolder: join(folder, 'audit'),
    errorLog: join(folder, 'caddy.log'),
  };
  await mkdir(logs.auditFolder);
  const application = await startEchoApplication();
  const port = await serverPort();
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

type Logs = Pick<CorazaServer, 'auditLog' | 'auditFolder' | 'errorLog'>;

function caddySettings(port: number, upstream: URL, logs: Logs, wish: CorazaWish) {
  const rules = wish.directives?.(logs.auditLog) ?? directives(logs, wish);
  const waf = { handler: 'waf', load_owasp_crs: true, directives: rules };
  const writer = { output: 'file', filename: logs.errorLog };
  const proxy = { handler: 'reverse_proxy', upstreams: [{ dial: upstream.host }] };
  const server = {
    listen: [`127.0.0.1:${port}`],
    automatic_https: { disable: true },
    routes: [{ handle: [waf, proxy] }],
  };
  return {
    admin: { disabled: true, config: { persist: false } },
    logging: { logs: { default: { writer, encoder: { format: wish.errorFormat ?? 'json' } } } },
    apps: { http: { servers: { main: server } } },
  };
}

/** Everything in the order of servers: recommended settings, crs-setup, own rules, Core Rule Set, probes. */
function directives({ auditLog, auditFolder }: Logs, wish: CorazaWish): string {
  const { engine = 'On', auditParts = 'ABHZ', auditFormat = 'JSON', auditType = 'Serial' } = wish;
  const { rulesBefore = '', severity } = wish;
  const own = (rules: string) =>
    severity === undefined ? rules : rules.replaceAll(',log,', `,log,severity:${severity},`);
  return `Include @coraza.conf-recommended
SecRuleEngine ${engine}
SecAuditEngine On
SecAuditLogParts ${auditParts}
SecAuditLogFormat ${auditFormat}
SecAuditLogType ${auditType}
SecAuditLogStorageDir ${auditFolder}
SecAuditLog ${auditLog}
${own(markerRules.opening)}
Include @crs-setup.conf.example
${rulesBefore}
Include @owasp_crs/*.conf
${own(probeRules)}
${own(markerRules.closing)}
`;
}

async function untilItListens(port: number, hasEnded: () => boolean): Promise<void> {
  const deadline = performance.now() + startTimeoutMs;
  while (!(await listens(port))) {
    if (hasEnded() || performance.now() > deadline) throw new Error(`nothing listens on port ${port}`);
    await delay(20);
  }
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
