import { existsSync, readdirSync } from 'node:fs';
import { appendFile, chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { startEchoApplication } from '../../../src/lab/echo-application.js';
import { type LabFolder, makeLabFolder } from '../../../src/lab/lab-folder.js';
import { startServerProcess } from '../../../src/lab/server-process.js';
import { findWorkerUser } from '../../../src/lab/worker-user.js';
import { recommendedSettings } from '../../../src/waf/modsecurity/base-config.js';
import { apacheServer } from '../../../src/waf/modsecurity/lab/apache-server.js';
import { findServer } from '../../../src/waf/modsecurity/lab/config-test.js';
import { nginxServer } from '../../../src/waf/modsecurity/lab/nginx-server.js';
import { labFiles, type ServerKind } from '../../../src/waf/modsecurity/lab/server-kind.js';
import { setupParts } from '../../../src/waf/modsecurity/setup-advice.js';
import type { SetupPart } from '../../../src/waf/modsecurity/setup-parts.js';
import { serverPort } from '../../lab/server-port.js';
import type { ServerName } from './lab/server-fixture.js';

const kinds: Readonly<Record<ServerName, ServerKind>> = { apache: apacheServer, nginx: nginxServer };
const rulesFolder = '/usr/share/modsecurity-crs/rules';

/** A server whose configuration is the recommended one, the Core Rule Set, and the lines that are advised. */
export async function serveSetup(server: ServerName): Promise<{ url: string; log: string }> {
  const kind = kinds[server];
  const user = await findWorkerUser();
  const folder = await makeLabFolder(user);
  const application = await startEchoApplication();
  const port = await serverPort();
  const { program, modules } = findServer(kind);
  const plan = { port, upstream: application.url, errorLog: labFiles.errorLog, modules, workers: 1 };
  const configuration = kind.configuration({ ...plan, ...(user !== undefined && { user }) });
  await folder.write(labFiles.server, configuration.replace('http {\n', `http {\n${partOf(server, 'server')}`));
  const log = await writeRules(server, kind, folder);
  const running = startServerProcess([program, ...kind.startArguments(folder.path)], folder.path);
  onTestFinished(async () => {
    await running.stop();
    await application.close();
    await folder.remove();
  });
  const url = `http://localhost:${port}`;
  while (!(await answers(url))) {
    if (running.hasEnded()) throw new Error(running.output());
    await delay(20);
  }
  return { url, log };
}

function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );
}

function partOf(server: ServerName, kind: SetupPart['kind']): string {
  return setupParts(server).find((part) => part.kind === kind)?.text ?? '';
}

/** Only the path of the log is another one than advised. */
async function writeRules(server: ServerName, kind: ServerKind, folder: LabFolder): Promise<string> {
  const log = join(folder.path, 'audit.log');
  await appendFile(log, '');
  await chmod(log, 0o666);
  const crs = readdirSync(rulesFolder).filter((name) => name.endsWith('.conf'));
  const setup = '/etc/modsecurity/crs/crs-setup.conf';
  const files = [...(existsSync(setup) ? [setup] : []), ...crs.sort().map((name) => join(rulesFolder, name))];
  const rules = [
    recommendedSettings({ mode: 'block', unicodeMap: kind.unicodeMap, engine: kind.engine }),
    server === 'apache' ? 'SecDataDir tmp\nSecTmpDir tmp\n' : '',
    partOf(server, 'rules before').replace(/^SecAuditLog .*$/m, `SecAuditLog ${log}`),
    ...files.map((file) => `Include ${file}\n`),
    partOf(server, 'rules after'),
  ];
  await folder.write(labFiles.rules, rules.join('\n'));
  return log;
}
