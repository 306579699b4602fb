import type { LabOptions } from '../model/options.js';
import type { WafInfo } from '../model/report.js';
import { apacheServer } from '../waf/modsecurity/lab/apache-server.js';
import { type Lab, startEmbeddedLab } from '../waf/modsecurity/lab/embedded-lab.js';
import { nginxServer } from '../waf/modsecurity/lab/nginx-server.js';
import { startServerLab } from '../waf/modsecurity/lab/server-lab.js';
import { startEngine } from './start-engine.js';

export interface RunningLab extends Lab {
  readonly waf: WafInfo;
}

/** Starts a WAF-protected application on loopback. Its log has an entry of every request. */
export function startLab(options: LabOptions): Promise<RunningLab> {
  return options.waf === undefined || options.waf === 'embedded' ? embedded(options) : onServer(options, options.waf);
}

function onServer({ engine, ...options }: LabOptions, waf: 'apache' | 'nginx'): Promise<RunningLab> {
  const { port, mode, auditLog, logFormat = 'json' } = options;
  return startServerLab({
    kind: waf === 'apache' ? apacheServer : nginxServer,
    rules: { ...engine, mode },
    port,
    log: { format: logFormat, ...(auditLog !== undefined && { file: auditLog }) },
    ...upstream(options),
    ...(engine.workers !== undefined && { workers: engine.workers }),
  });
}

async function embedded(options: LabOptions): Promise<RunningLab> {
  const { engine } = await startEngine({ ...options.engine, mode: options.mode, audit: 'all' });
  try {
    const lab = await startEmbeddedLab({
      engine,
      port: options.port,
      ...(options.auditLog !== undefined && { auditLog: options.auditLog }),
      ...upstream(options),
    });
    const close = async () => {
      await lab.close();
      await engine.close();
    };
    return { url: lab.url, waf: engine.info, close };
  } catch (error) {
    await engine.close();
    throw error;
  }
}

function upstream({ upstream: url }: Pick<LabOptions, 'upstream'>): { readonly upstream?: URL } {
  return url === undefined ? {} : { upstream: new URL(url) };
}
