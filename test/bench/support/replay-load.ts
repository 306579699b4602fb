import { noJournal, startJournal } from '../../../src/journal/journal.js';
import type { Case } from '../../../src/model/case.js';
import type { RequestSpec } from '../../../src/model/request.js';
import { Backlog, mostWaiting } from '../../../src/pipeline/backlog.js';
import { surroundings } from '../../../src/pipeline/open-places.js';
import type { Sending } from '../../../src/pipeline/sending.js';
import { startJoiner } from '../../../src/pipeline/start-joiner.js';
import { builtInWafs } from '../../../src/pipeline/wafs.js';
import { witnessCase } from '../../../src/pipeline/witness-case.js';
import { createCorrelationIds } from '../../../src/replay/correlation-ids.js';
import { createHttpTransport } from '../../../src/replay/http-transport.js';
import { parseTarget } from '../../../src/replay/target.js';
import { encodeRequest } from '../../../src/request/encode-request.js';
import { mapConcurrently } from '../../../src/util/concurrency.js';
import { formFields, type Load, type LoadResult, userAgent } from './load-generator.js';

const timeoutMs = 30_000;

const request: RequestSpec = {
  method: 'POST',
  path: '/comments',
  query: [],
  headers: [
    ['User-Agent', userAgent],
    ['Accept', '*/*'],
  ],
  cookies: [],
  body: { kind: 'form', fields: formFields },
  omittedHeaders: [],
};

const [waf] = builtInWafs;

/** Sends as `run` does, each request with an id of its own, for as long as the load says; nothing is joined. */
export async function sendLoad({ url, connections, seconds }: Load): Promise<LoadResult> {
  const ids = createCorrelationIds();
  const transport = createHttpTransport({ url, connections, timeoutMs });
  const wire = encodeRequest(request);
  try {
    return await measure(seconds, connections, async () => {
      const { outcome } = await transport.send(wire, ids.next());
      return outcome.kind === 'answered';
    });
  } finally {
    await transport.close();
  }
}

/**
 * The same as the whole of `run` between reading suites and the report: each answer is joined with its log entry, judged, and
 * stands in a journal.
 * @param log the server's audit log
 * @param journalPath a file to write to; default: none
 */
export async function replayLoad(load: Load, log: string, journalPath?: string): Promise<LoadResult> {
  const { url, connections, seconds } = load;
  const ids = createCorrelationIds();
  const session = await waf.open({ url, waf: { kind: 'modsecurity', log } }, surroundings(ids.prefix));
  const joiner = startJoiner(session, { logWaitMs: 5000 });
  const journal = journalPath === undefined ? noJournal() : startJournal(journalPath, {});
  const transport = createHttpTransport({ url, connections, timeoutMs });
  const most = mostWaiting(session.source.delay);
  const sending: Sending = {
    address: parseTarget({ url }),
    ids,
    joiner,
    transport,
    backlog: new Backlog(most),
    sessions: undefined,
    attribute: (record, sent) => session.attribute(record, sent),
    names: waf.fields,
    blockAnswer: { kind: 'status', status: 403 },
    seed: 1,
    repeat: 1,
    announce: journal.announce,
  };
  let count = 0;
  try {
    return await measure(seconds, connections + most, async () => {
      const finished = await witnessCase(caseOf(++count), sending);
      journal.record(finished);
      return finished.result.verdict.kind === 'let-through';
    });
  } finally {
    await transport.close();
    await joiner.close();
    journal.close();
  }
}

function caseOf(count: number): Case {
  return {
    id: `bench/${count}`,
    suite: 'bench',
    intent: 'legitimate',
    tags: [],
    at: { file: 'bench.yaml', line: count, column: 1 },
    request,
    expect: {},
    secrets: [],
    sessionValues: [],
  };
}

/** @param send whether the request came to what it ought to */
async function measure(seconds: number, atOnce: number, send: () => Promise<boolean>): Promise<LoadResult> {
  const cpuBefore = process.cpuUsage();
  const began = performance.now();
  let done = 0;
  for await (const isRight of mapConcurrently(turnsFor(seconds), atOnce, send)) {
    if (!isRight) throw new Error('a request was left without an answer, a log entry, or the right verdict');
    done++;
  }
  const { user, system } = process.cpuUsage(cpuBefore);
  return { perSecond: done / ((performance.now() - began) / 1000), clientMicros: (user + system) / done };
}

function* turnsFor(seconds: number): Generator<void> {
  const end = performance.now() + seconds * 1000;
  while (performance.now() < end) yield;
}
