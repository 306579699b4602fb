import type { RuleHit } from '../../model/evidence.js';
import type { EngineOptions } from '../../model/options.js';
import type { RequestSpec } from '../../model/request.js';
import { createCorrelationIds } from '../../replay/correlation-ids.js';
import { correlated, withHost } from '../../request/complete-request.js';
import { encodeRequest } from '../../request/encode-request.js';
import { startEngine } from '../start-engine.js';

/** An engine to ask which rules fire. */
export interface ProbeEngine {
  /** None where the engine could not answer. */
  hits(request: RequestSpec): Promise<readonly RuleHit[]>;
  close(): Promise<void>;
}

const timeoutMs = 20_000;

/** @param onlyRules of the files that detect something, only those that hold one of these rules are loaded */
export async function openProbeEngine(options: EngineOptions, onlyRules?: readonly number[]): Promise<ProbeEngine> {
  const wanted = onlyRules === undefined ? {} : { onlyRules };
  const { engine, attribute } = await startEngine({ ...options, ...wanted, mode: 'block', timeoutMs });
  const ids = createCorrelationIds('minimize');
  return {
    async hits(spec) {
      const id = ids.next();
      const request = correlated(encodeRequest(withHost(spec, 'localhost')), id);
      const { record } = await engine.evaluate(request, id);
      return record === undefined ? [] : attribute(record, request).hits;
    },
    close: () => engine.close(),
  };
}
