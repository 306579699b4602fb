import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Diagnosis, DoctorCheck } from '../../src/model/diagnosis.js';
import type { LabOptions } from '../../src/model/options.js';
import type { TargetOptions } from '../../src/model/target-options.js';
import { doctor } from '../../src/pipeline/doctor.js';
import { startLab } from '../../src/pipeline/lab.js';
import type { World } from '../../src/pipeline/world.js';
import { serveHttp } from '../replay/loopback.js';

const nothing = () => undefined;

export const world: World = {
  cwd: process.cwd(),
  env: {},
  signal: new AbortController().signal,
  progress: { stage: nothing, start: nothing, done: nothing, warn: nothing, end: nothing },
};

/** An empty folder that is gone when the test ends. */
async function scratchFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'wafproof-doctor-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export async function emptyLog(): Promise<string> {
  const log = join(await scratchFolder(), 'audit.log');
  await writeFile(log, '');
  return log;
}

/** A lab and the path of its log, until the test ends. */
export async function startTestLab(options: Partial<LabOptions> = {}): Promise<{ url: string; log: string }> {
  const log = await emptyLog();
  const engine = { rulesBefore: [], rulesAfter: [], workers: 1 };
  const lab = await startLab({ engine, port: 0, mode: 'block', auditLog: log, ...options });
  onTestFinished(() => lab.close());
  return { url: lab.url, log };
}

/** A proxy before a target that changes header fields on their way. */
export function serveProxy(url: string, change: (headers: Record<string, string | string[] | undefined>) => void) {
  const forward: RequestListener = (request, response) => {
    const headers = { ...request.headers };
    change(headers);
    const passed = httpRequest(new URL(request.url ?? '/', url), { method: request.method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    passed.on('error', () => response.destroy());
    request.pipe(passed);
  };
  return serveHttp(forward);
}

export function targetAt(url: string, log: string | undefined, more: Partial<TargetOptions> = {}): TargetOptions {
  const limits = { connections: 4, timeoutMs: 20_000, logWaitMs: 2000 };
  const waf = { kind: 'modsecurity', ...(log !== undefined && { log }) };
  return { name: 'test', url, waf, ...limits, attacks: true, insecure: false, ...more };
}

export async function diagnose(
  target: TargetOptions,
  { suites = [], canary = false }: { suites?: readonly string[]; canary?: boolean } = {},
): Promise<Diagnosis & { readonly byId: (id: string) => DoctorCheck }> {
  const diagnosis = await doctor({ target, suites, canary }, world);
  const byId = (id: string) => {
    const found = diagnosis.checks.find((check) => check.id === id);
    if (found === undefined) throw new Error(`there is no check ${id}`);
    return found;
  };
  return { ...diagnosis, byId };
}

/** `id: status` of every check. */
export function statuses({ checks }: Diagnosis): Readonly<Record<string, string>> {
  return Object.fromEntries(checks.map(({ id, status }) => [id, status]));
}
