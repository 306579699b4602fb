import type { StreamedReport } from '../model/report.js';

/**
 * Says that the exclusions were proved on version 3 of the engine while the target has version 2, and how to prove them
 * there; nothing where they are of one version, and where servers were asked.
 */
export function otherEngineText({ target, verification }: StreamedReport): string | undefined {
  const { version = '' } = target.waf;
  if (verification === undefined || (verification.servers ?? []).length > 0) return undefined;
  if (!/\b2\.\d/.test(version) || !/\b3\.\d/.test(verification.engine)) return undefined;
  return `The target has ${version}, and this is proved on ${verification.engine}: "wafproof tune" with --on apache proves it on version 2, on a real server of this machine`;
}
