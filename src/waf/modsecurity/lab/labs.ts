import type { LabServer, RunningLab } from '../../../contract/lab-server.js';
import type { LabOptions } from '../../../model/options.js';
import { summary } from '../facts.js';
import { startEngine } from '../start-engine.js';
import { apacheServer } from './apache-server.js';
import { nginxServer } from './nginx-server.js';
import type { ServerKind } from './server-kind.js';

/** The embedded engine behind a proxy of our own, and servers from the packages of the system. */
export const labs: readonly LabServer[] = [
  { name: 'embedded', logFormats: ['json'], start: startEmbedded },
  { name: 'apache', logFormats: ['json', 'native', 'concurrent', 'error'], start: startOn(apacheServer) },
  { name: 'nginx', logFormats: ['json', 'native', 'concurrent', 'error'], start: startOn(nginxServer) },
];

function startOn(kind: ServerKind): LabServer['start'] {
  return async ({ engine, port, mode, auditLog, logFormat = 'json', ...options }) => {
    const { startServerLab } = await import('./server-lab.js');
    const lab = await startServerLab({
      kind,
      rules: { ...engine, mode },
      port,
      log: { format: logFormat, ...(auditLog !== undefined && { file: auditLog }) },
      ...upstream(options),
      ...(engine.workers !== undefined && { workers: engine.workers }),
    });
    return { ...lab, summary: summary(lab.waf) };
  };
}

async function startEmbedded(options: LabOptions): Promise<RunningLab> {
  const { startEmbeddedLab } = await import('./embedded-lab.js');
  const { engine } = await startEngine({ ...options.engine, mode: options.mode, audit: 'all' });
  try {
    const { port, auditLog } = options;
    const proxy = { engine, port, ...(auditLog !== undefined && { auditLog }), ...upstream(options) };
    const lab = await startEmbeddedLab(proxy);
    const close = async () => {
      await lab.close();
      await engine.close();
    };
    return { url: lab.url, waf: engine.info, summary: summary(engine.info), close };
  } catch (error) {
    await engine.close();
    throw error;
  }
}

function upstream({ upstream: url }: Pick<LabOptions, 'upstream'>): { readonly upstream?: URL } {
  return url === undefined ? {} : { upstream: new URL(url) };
}
