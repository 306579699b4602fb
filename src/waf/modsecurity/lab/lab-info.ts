import { open, stat } from 'node:fs/promises';
import { request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { correlationHeader } from '../../../model/correlation.js';
import type { WafInfo, WafMode } from '../../../model/report.js';
import { parseProbe } from '../probe-rules.js';
import { labInfoId } from './lab-rules.js';

/** How long to wait before a server that is not there yet, or a log line, is looked for again. */
export const pauseMs = 20;

/** Where the error log ends now: what a lab says of itself comes after. */
export async function endOf(path: string): Promise<number> {
  const found = await stat(path).catch(() => undefined);
  return found?.size ?? 0;
}

/** Sends one harmless request. False where nobody answers. */
export function knock(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const headers = { [correlationHeader]: labInfoId, 'User-Agent': 'Wafproof', Accept: '*/*' };
    const sent = request({ host: '127.0.0.1', port, method: 'HEAD', path: '/', headers, agent: false, timeout: 5000 });
    sent.once('response', (response) => resolve(response.resume() === response));
    sent.once('timeout', () => sent.destroy());
    sent.once('error', () => resolve(false));
    sent.end();
  });
}

/**
 * What the lines say that the request left in the error log. The engine's build comes last, so all are there when it
 * is. Rules of the user's may have switched the probes off: then less is known.
 */
export async function readInfo(log: string, from: number, mode: WafMode, waitMs: number): Promise<WafInfo> {
  const deadline = performance.now() + waitMs;
  let text = await readFrom(log, from);
  while (!text.includes('wafproof build=') && performance.now() < deadline) {
    await delay(pauseMs);
    text = await readFrom(log, from);
  }
  return parseInfo(text, mode);
}

function parseInfo(text: string, mode: WafMode): WafInfo {
  const version = buildVersion(/wafproof build=(\d+)/.exec(text)?.[1] ?? '');
  const ruleset = /\[ver "(OWASP_CRS\/[^"]+)"\]/.exec(text)?.[1];
  const probe = parseProbe(/wafproof paranoia3=[^"]*/.exec(text)?.[0] ?? '');
  const paranoia = probe['paranoia4'] ?? probe['paranoia3'];
  return {
    kind: 'modsecurity',
    ...(version !== undefined && { version: `ModSecurity ${version}` }),
    ...(ruleset !== undefined && { ruleset }),
    ...(paranoia !== undefined && { paranoia }),
    ...(probe['threshold'] !== undefined && { threshold: probe['threshold'] }),
    mode,
  };
}

/** `020907900` is the build of 2.9.7, two digits a number; the rest tells releases from candidates. */
function buildVersion(build: string): string | undefined {
  const parts = /^(\d\d)(\d\d)(\d\d)/.exec(build)?.slice(1);
  return parts?.map(Number).join('.');
}

async function readFrom(path: string, from: number): Promise<string> {
  const file = await open(path).catch(() => undefined);
  if (file === undefined) return '';
  try {
    const { size } = await file.stat();
    const bytes = Buffer.alloc(Math.max(0, size - from));
    const { bytesRead } = await file.read(bytes, 0, bytes.length, from);
    return bytes.toString('latin1', 0, bytesRead);
  } finally {
    await file.close();
  }
}
