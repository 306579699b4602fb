import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Pair, RequestBody, WireRequest } from '../../../src/model/request.js';
import { encodeRequest } from '../../../src/request/encode-request.js';
import {
  type EmbeddedEngine,
  type EmbeddedEngineOptions,
  startEmbeddedEngine,
} from '../../../src/waf/modsecurity/embedded-engine.js';

/** Header fields as a browser sends them, so that no protocol rule fires. */
export const browserHeaders: readonly Pair[] = [
  ['Host', 'app.example.com'],
  ['User-Agent', 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'],
  ['Accept', '*/*'],
];

export function post(
  body: RequestBody,
  more: { path?: string; headers?: readonly Pair[]; query?: readonly Pair[] } = {},
) {
  return encodeRequest({
    method: 'POST',
    path: more.path ?? '/api/comments',
    query: more.query ?? [],
    headers: [...browserHeaders, ...(more.headers ?? [])],
    cookies: [],
    body,
    omittedHeaders: [],
  });
}

export function form(...fields: Pair[]): WireRequest {
  return post({ kind: 'form', fields });
}

/** A rule set of one file, in a folder of its own. */
export function ruleFolder(rules: string): string {
  const crs = mkdtempSync(join(tmpdir(), 'wafproof-rules-'));
  mkdirSync(join(crs, 'rules'));
  writeFileSync(join(crs, 'rules', 'test.conf'), rules);
  return crs;
}

export function ruleFile(name: string, text: string): string {
  const path = join(mkdtempSync(join(tmpdir(), 'wafproof-rules-')), name);
  writeFileSync(path, text);
  return path;
}

export function startTestEngine(options: Partial<EmbeddedEngineOptions> = {}): Promise<EmbeddedEngine> {
  return startEmbeddedEngine({ mode: 'block', workers: 1, rulesBefore: [], rulesAfter: [], ...options });
}
