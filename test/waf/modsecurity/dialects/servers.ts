import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startEchoApplication } from '../../../../src/lab/echo-application.js';
import { startServerProcess } from '../../../../src/lab/server-process.js';
import type { EngineName } from '../../../../src/waf/modsecurity/dialects/rule-dialect.js';
import { apacheServer } from '../../../../src/waf/modsecurity/lab/apache-server.js';
import { nginxServer } from '../../../../src/waf/modsecurity/lab/nginx-server.js';
import type { ServerKind } from '../../../../src/waf/modsecurity/lab/server-kind.js';
import { startServerLab } from '../../../../src/waf/modsecurity/lab/server-lab.js';
import { builtCaddy, leaveOutCoraza } from '../../../coraza/caddy-build.js';
import { serverPort } from '../../../lab/server-port.js';
import { leaveOut, type Sent, type ServerName, send } from '../lab/server-fixture.js';

/** A real server with a WAF in it. */
export interface Server {
  readonly url: string;
  /** What it has said on standard error, while it tested its configuration and since. */
  said(): string;
  close(): Promise<void>;
}

export interface ServerRules {
  readonly before?: readonly string[];
  readonly after?: readonly string[];
  /** Instead of the Core Rule Set. */
  readonly rules?: string;
  /** Goes into the server's own configuration: into the server block of nginx, to the end of Apache's. */
  readonly server?: string;
  /** Files beside the server's own configuration, by name. */
  readonly beside?: Readonly<Record<string, string>>;
}

const kinds: Readonly<Record<ServerName, ServerKind>> = { apache: apacheServer, nginx: nginxServer };

/** Apache or nginx, from its package, with such rules around the Core Rule Set. */
export async function startServer(name: ServerName, wish: ServerRules): Promise<Server> {
  const folder = mkdtempSync(join(tmpdir(), 'wafproof-dialect-'));
  const files = (prefix: string, texts: readonly string[] = []) =>
    texts.map((text, i) => writeIn(folder, `${prefix}-${i}.conf`, text));
  const said = join(folder, 'said.txt');
  const program = recorded(kinds[name], folder, said, wish.beside ?? {});
  const kind = { ...kinds[name], programs: [program], configuration: within(name, wish.server ?? '') };
  const crs = wish.rules === undefined ? {} : { crs: ruleFolder(folder, wish.rules) };
  const rules = { rulesBefore: files('before', wish.before), rulesAfter: files('after', wish.after), ...crs };
  const log = { format: 'json' } as const;
  const setup = { kind, port: await serverPort(), workers: 1, log, rules: { mode: 'block', ...rules } } as const;
  try {
    const { url, close } = await startServerLab(setup);
    const closeAll = () => close().then(() => rmSync(folder, { recursive: true }));
    return { url, close: closeAll, said: () => readFileSync(said, 'utf8') };
  } catch (error) {
    throw new Error(`${name} did not start: ${readFileSync(said, 'utf8')}`, { cause: error });
  }
}

/** The server's program, in the folder of its configuration, with all that it says kept: it may complain and start. */
function recorded({ programs }: ServerKind, folder: string, said: string, beside: Readonly<Record<string, string>>) {
  const copies = Object.entries(beside).map(([name, text]) => `cp ${writeIn(folder, name, text)} ./${name}\n`);
  const program = programs.find(existsSync) ?? programs[0];
  writeIn(folder, 'said.txt', '');
  const path = writeIn(folder, 'server.sh', `#!/bin/sh\n${copies.join('')}exec ${program} "$@" 2>>${said}\n`);
  chmodSync(path, 0o755);
  return path;
}

function within(name: ServerName, text: string): ServerKind['configuration'] {
  const { configuration } = kinds[name];
  if (name === 'apache') return (plan) => `${configuration(plan)}\n${text}\n`;
  return (plan) => configuration(plan).replace(/^ {4}location \/ \{$/m, (first) => `${text}\n${first}`);
}

function ruleFolder(folder: string, rules: string): string {
  mkdirSync(join(folder, 'crs', 'rules'), { recursive: true });
  writeIn(join(folder, 'crs', 'rules'), 'rules.conf', rules);
  return join(folder, 'crs');
}

function writeIn(folder: string, name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const startTimeoutMs = 60_000;

/** Caddy with Coraza, for a Caddyfile that is imported and a snippet of it that each site uses. */
export async function startCaddy(program: string, caddyfile: string, snippet: string): Promise<Server> {
  const folder = mkdtempSync(join(tmpdir(), 'wafproof-caddy-'));
  const application = await startEchoApplication();
  const port = await serverPort();
  const imported = writeIn(folder, 'imported', caddyfile);
  const site = `http://:${port} {\n\tbind 127.0.0.1\n\timport ${snippet}\n\treverse_proxy ${application.url.host}\n}\n`;
  const options = '{\n\tadmin off\n\tpersist_config off\n\tauto_https off\n\torder coraza_waf first\n}\n';
  const main = writeIn(folder, 'Caddyfile', `${options}import ${imported}\n${site}`);
  const homes = ['HOME', 'XDG_DATA_HOME', 'XDG_CONFIG_HOME'].map((name) => `${name}=${folder}`);
  const command = ['env', ...homes, program, 'run', '--adapter', 'caddyfile', '--config', main];
  const server = startServerProcess(command, folder);
  const close = async () => {
    await server.stop();
    await application.close();
  };
  const url = `http://127.0.0.1:${port}`;
  const deadline = performance.now() + startTimeoutMs;
  while (!(await answers(url))) {
    if (server.hasEnded() || performance.now() > deadline) {
      await close();
      throw new Error(`Caddy did not start: ${server.output()}`);
    }
    await delay(20);
  }
  return { url, close, said: () => server.output() };
}

function answers(url: string): Promise<boolean> {
  return send({ url }, {}).then(
    () => true,
    () => false,
  );
}

/** A server for an engine with such rules instead of the Core Rule Set; bodies are parsed as is recommended. */
export async function startEngine(
  engine: EngineName,
  { before = [], after = [], rules = '' }: Pick<ServerRules, 'before' | 'after' | 'rules'>,
): Promise<Server> {
  if (engine === 'modsecurity2') return startServer('apache', { before, after, rules });
  if (engine === 'modsecurity3') return startServer('nginx', { before, after, rules });
  const own = 'Include @coraza.conf-recommended\nSecRuleEngine On';
  const directives = [own, ...before, rules, ...after].join('\n');
  const caddyfile = `(waf) {\ncoraza_waf {\nload_owasp_crs\ndirectives \`\n${directives}\n\`\n}\n}\n`;
  return startCaddy(await builtCaddy(), caddyfile, 'waf');
}

/** Whether there is no server for an engine here. */
export function leaveOutEngine(engine: EngineName): boolean {
  if (engine === 'coraza') return leaveOutCoraza();
  return leaveOut(engine === 'modsecurity2' ? 'apache' : 'nginx');
}

/** The status of each request, one after the other. */
export async function statuses(server: Server, requests: readonly Sent[]): Promise<readonly number[]> {
  const answered: number[] = [];
  for (const sent of requests) answered.push((await send(server, sent)).status);
  return answered;
}
