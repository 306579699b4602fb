import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fail } from '../../model/error.js';
import type { Evidence } from '../../model/evidence.js';
import type { EngineOptions } from '../../model/options.js';
import type { RequestSpec } from '../../model/request.js';
import { createCorrelationIds } from '../../replay/correlation-ids.js';
import { correlated, withHost } from '../../request/complete-request.js';
import { encodeRequest } from '../../request/encode-request.js';
import type { TrialRules } from '../../waf/modsecurity/dialects/trial.js';
import { type StartedEngine, startEngine } from '../start-engine.js';

/** An engine with a set of exclusions loaded, to ask what it says of a request. */
export interface Bench {
  evaluate(request: RequestSpec): Promise<Evidence>;
  readonly engine: string;
  /** The score at which it blocks. */
  readonly threshold: number;
  close(): Promise<void>;
}

const timeoutMs = 60_000;

/** Starts an engine that reads such rules around the Core Rule Set, beside the user's own. */
export async function openBench(options: EngineOptions, { before, after }: TrialRules): Promise<Bench> {
  const folder = await mkdtemp(join(tmpdir(), 'wafproof-tune-'));
  const removeFolder = () => rm(folder, { recursive: true, force: true });
  try {
    const files = { before: join(folder, 'before.conf'), after: join(folder, 'after.conf') };
    await Promise.all([writeFile(files.before, before), writeFile(files.after, after)]);
    const rules = {
      rulesBefore: [...options.rulesBefore, files.before],
      rulesAfter: [files.after, ...options.rulesAfter],
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
