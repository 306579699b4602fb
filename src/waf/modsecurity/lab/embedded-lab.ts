import { randomUUID } from 'node:crypto';
import { type AppendEntry, openAppendLog } from '../../../lab/append-log.js';
import { errorPage, type ProxyDecision, type RunningProxy, startReverseProxy } from '../../../lab/reverse-proxy.js';
import { correlationHeader } from '../../../model/correlation.js';
import type { WireRequest } from '../../../model/request.js';
import type { EmbeddedEngine } from '../embedded-engine.js';

/** As much as the engine takes (`SecRequestBodyLimit` of the recommended configuration). */
const bodyLimit = 13_107_200;

export interface LabSetup {
  readonly engine: EmbeddedEngine;
  /** Port on 127.0.0.1; 0 lets the system choose. */
  readonly port: number;
  /** File that receives the engine's audit log, one JSON entry a line. */
  readonly auditLog?: string;
  /** Where requests go that pass; an echo application by default. */
  readonly upstream?: URL;
}

/**
 * A reverse proxy on loopback that refuses what the engine refuses, and writes the engine's own audit log entries. The
 * engine sees requests; answers of the application are not inspected.
 * @throws WafproofError `LAB_PORT`, `OUTPUT_UNWRITABLE`
 */
export async function startEmbeddedLab({ engine, auditLog, ...setup }: LabSetup): Promise<RunningProxy> {
  const append = await openAppendLog(auditLog);
  const decide = (request: WireRequest) => decideBy(engine, append, request);
  const proxy = await startReverseProxy({ ...setup, bodyLimit, decide });
  const close = async () => {
    await proxy.close();
    await append('');
  };
  return { url: proxy.url, close };
}

async function decideBy(engine: EmbeddedEngine, append: AppendEntry, request: WireRequest): Promise<ProxyDecision> {
  const wanted = correlationHeader.toLowerCase();
  const id = request.headers.find(([name]) => name.toLowerCase() === wanted)?.[1] ?? randomUUID();
  const { exchange, entry } = await engine.evaluate(request, id);
  if (entry !== undefined) await append(entry);
  const { outcome } = exchange;
  if (outcome.kind === 'failed') return errorPage(502, 'the engine gave no answer');
  return outcome.status === 200 ? { kind: 'pass' } : errorPage(outcome.status, statusText(outcome.status));
}

function statusText(status: number): string {
  const texts = new Map([
    [400, 'Bad Request'],
    [403, 'Forbidden'],
    [406, 'Not Acceptable'],
  ]);
  return texts.get(status) ?? 'Refused';
}
