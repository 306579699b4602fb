import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EngineOptions } from '../../config/options.js';
import { encodeRequest } from '../../model/encode-request.js';
import { fail } from '../../model/error.js';
import type { Evidence } from '../../model/evidence.js';
import type { Exclusion } from '../../model/exclusion.js';
import type { RequestSpec } from '../../model/request.js';
import { createCorrelationIds } from '../../replay/correlation-ids.js';
import { modsecurityDialect } from '../../waf/modsecurity/dialects/modsecurity-dialect.js';
import { correlated, withHost } from '../complete-request.js';
import { type StartedEngine, startEngine } from '../start-engine.js';

/** First number of generated rules: the range that the CRS documentation leaves to local rules. */
export const firstRuleId = 10_000;

/** An engine with a set of exclusions loaded, to ask what it says of a request. */
export interface Bench {
  evaluate(request: RequestSpec): Promise<Evidence>;
  readonly engine: string;
  /** The score at which it blocks. */
  readonly threshold: number;
  close(): Promise<void>;
}

/** Starts an engine that reads the exclusions from the very files that the user gets. */
export async function openBench(options: EngineOptions, exclusions: readonly Exclusion[]): Promise<Bench> {
  const folder = await mkdtemp(join(tmpdir(), 'wafproof-tune-'));
  const removeFolder = () => rm(folder, { recursive: true, force: true });
  try {
    const [before, after] = await writeRules(folder, exclusions);
    const rules = {
      rulesBefore: [...options.rulesBefore, before],
      rulesAfter: [after, ...options.rulesAfter],
    };
    const started = await startEngine({ ...options, ...rules, mode: 'block', timeoutMs });
    const close = async () => {
      await started.engine.close();
      await removeFolder();
    };
    const { version = 'ModSecurity', threshold = 5 } = started.engine.info;
    return { evaluate: evaluator(started), engine: version, threshold, close };
  } catch (error) {
    await removeFolder();
    throw error;
  }
}

const timeoutMs = 60_000;

async function writeRules(folder: string, exclusions: readonly Exclusion[]): Promise<readonly [string, string]> {
  const notes = { firstId: firstRuleId, reasons: new Map(), engine: 'trial' };
  await mkdir(folder, { recursive: true });
  const paths: string[] = [];
  for (const { name, content } of modsecurityDialect.write(exclusions, notes)) {
    const path = join(folder, name);
    await writeFile(path, content);
    paths.push(path);
  }
  const [before = '', after = ''] = paths;
  return [before, after];
}

function evaluator({ engine, attribute }: StartedEngine): Bench['evaluate'] {
  const ids = createCorrelationIds('tune');
  return async (spec) => {
    const id = ids.next();
    const request = correlated(encodeRequest(withHost(spec, 'localhost')), id);
    const { record, exchange } = await engine.evaluate(request, id);
    if (record === undefined) {
      const reason = exchange.outcome.kind === 'failed' ? exchange.outcome.message : 'it gave no answer';
      throw fail('ENGINE_START', { reason });
    }
    return attribute(record, request);
  };
}
