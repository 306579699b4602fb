import type { WireRequest } from '../../../src/model/request.js';
import { withHost } from '../../../src/request/complete-request.js';
import { encodeRequest } from '../../../src/request/encode-request.js';
import { loadSuites } from '../../../src/suite/load-suites.js';
import { packageRoot } from '../../../src/util/package-root.js';
import { MarkerReplay } from './marker-replay.js';
import type { RunningServer } from './servers.js';

/** What a client has sent, and what it took. */
export interface Replayed {
  readonly requests: number;
  readonly seconds: number;
  /** Of the client alone, where it is known. */
  readonly cpuSeconds?: number;
}

/** The requests of suites, ready to be sent. */
export async function encodeSuites(patterns: readonly string[], url: string): Promise<readonly WireRequest[]> {
  const { host } = new URL(url);
  const suites = await loadSuites({ patterns, cwd: packageRoot, env: {} });
  const requests: WireRequest[] = [];
  for await (const { request } of suites.cases()) requests.push(encodeRequest(withHost(request, host)));
  return requests;
}

/** Replays requests one after the other, between markers; what takes longer than `limitMs` counts for what it has done. */
export async function replaySerially(
  requests: readonly WireRequest[],
  { url, log = '' }: RunningServer,
  limitMs: number,
): Promise<Replayed> {
  const serial = await MarkerReplay.open(url, log);
  const began = performance.now();
  const before = process.cpuUsage();
  let done = 0;
  try {
    for (const request of requests) {
      if (performance.now() - began > limitMs) break;
      await serial.replay(request);
      done++;
    }
    const { user, system } = process.cpuUsage(before);
    return { requests: done, seconds: (performance.now() - began) / 1000, cpuSeconds: (user + system) / 1e6 };
  } finally {
    await serial.close();
  }
}

export function perSecond({ requests, seconds }: Replayed): number {
  return requests / seconds;
}
