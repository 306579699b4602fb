import type { LabOptions } from '../config/options.js';
import { type Lab, startEmbeddedLab } from '../lab/embedded-lab.js';
import type { WafInfo } from '../model/report.js';
import { startEngine } from './start-engine.js';

export interface RunningLab extends Lab {
  readonly waf: WafInfo;
}

/** Starts a WAF-protected application on loopback. Its log has an entry of every request. */
export async function startLab(options: LabOptions): Promise<RunningLab> {
  const { engine } = await startEngine({ ...options.engine, mode: options.mode, audit: 'all' });
  try {
    const lab = await startEmbeddedLab({
      engine,
      port: options.port,
      ...(options.auditLog !== undefined && { auditLog: options.auditLog }),
      ...(options.upstream !== undefined && { upstream: new URL(options.upstream) }),
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
