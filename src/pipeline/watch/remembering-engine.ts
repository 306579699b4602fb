import type { Engine, Evaluation } from '../../contract/engine.js';
import { correlationHeader } from '../../model/correlation.js';
import { hashKey } from '../../util/hash-key.js';

/** An engine that is asked about each request once, however often it comes. */
export interface RememberingEngine extends Engine {
  /** Forgets what was not asked for since the last call. */
  forgetUnused(): void;
}

/** @param engine closed by whoever opened it */
export function rememberingEngine(engine: Engine): RememberingEngine {
  let earlier = new Map<string, Promise<Evaluation>>();
  let used = new Map<string, Promise<Evaluation>>();
  return {
    ...engine,
    async evaluate(request, correlationId, client) {
      const headers = request.headers.filter(([name]) => name !== correlationHeader);
      const key = hashKey([
        request.method,
        request.target,
        headers,
        Buffer.from(request.body).toString('latin1'),
        client,
      ]);
      const known = used.get(key) ?? earlier.get(key) ?? engine.evaluate(request, correlationId, client);
      used.set(key, known);
      const { exchange, evidence } = await known;
      return { exchange: { ...exchange, correlationId }, evidence };
    },
    forgetUnused() {
      earlier = used;
      used = new Map();
    },
  };
}
