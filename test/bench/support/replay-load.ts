import type { Joiner } from '../../../src/evidence/joiner.js';
import type { WireRequest } from '../../../src/model/request.js';
import { surroundings } from '../../../src/pipeline/open-places.js';
import { startJoiner } from '../../../src/pipeline/start-joiner.js';
import { builtInWafs } from '../../../src/pipeline/wafs.js';
import { createCorrelationIds } from '../../../src/replay/correlation-ids.js';
import { createHttpTransport } from '../../../src/replay/http-transport.js';
import { mapConcurrently } from '../../../src/util/concurrency.js';
import { formBody, type Load, type LoadResult, userAgent } from './load-generator.js';

const timeoutMs = 30_000;
/** As many as in `run`. */
const waitingForLog = 256;

const request: WireRequest = {
  method: 'POST',
  target: '/comments',
  headers: [
    ['User-Agent', userAgent],
    ['Accept', '*/*'],
    ['Content-Type', 'application/x-www-form-urlencoded'],
  ],
  body: Buffer.from(formBody),
};

/**
 * Sends as `run` does, each request with an id of its own, for as long as the load says.
 * @param log the server's audit log, where answers are to be joined with its entries
 */
export async function replayLoad(load: Load, log: string | undefined): Promise<LoadResult> {
  const { url, connections, seconds } = load;
  const ids = createCorrelationIds();
  const joiner = log === undefined ? undefined : await openJoiner(load, log, ids.prefix);
  const transport = createHttpTransport({ url, connections, timeoutMs });
  const cpuBefore = process.cpuUsage();
  const began = performance.now();
  let done = 0;
  try {
    const send = (id: string) => sendAndJoin(id, joiner, () => transport.send(request, id));
    const atOnce = connections + waitingForLog;
    for await (const answered of mapConcurrently(idsFor(seconds, ids.next), atOnce, send)) {
      if (!answered) throw new Error(`${url} left a request without answer or log entry`);
      done++;
    }
    const { user, system } = process.cpuUsage(cpuBefore);
    return { perSecond: done / ((performance.now() - began) / 1000), clientMicros: (user + system) / done };
  } finally {
    await transport.close();
    await joiner?.close();
  }
}

async function openJoiner({ url }: Load, log: string, prefix: string): Promise<Joiner> {
  const session = await builtInWafs[0].open({ url, waf: { kind: 'modsecurity', log } }, surroundings(prefix));
  return startJoiner(session, { logWaitMs: 5000 });
}

function* idsFor(seconds: number, next: () => string): Generator<string> {
  const end = performance.now() + seconds * 1000;
  while (performance.now() < end) yield next();
}

type Sent = ReturnType<ReturnType<typeof createHttpTransport>['send']>;

/** Whether there was an answer and, where the log is read, its entry. */
async function sendAndJoin(id: string, joiner: Joiner | undefined, send: () => Sent): Promise<boolean> {
  const expected = joiner?.expect(id);
  const { outcome } = await send();
  if (outcome.kind === 'failed') return false;
  return expected === undefined || (await expected.arrival()).kind === 'found';
}
