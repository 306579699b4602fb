import type { Asked, Observations } from '../../contract/check.js';
import type { Joined } from '../../contract/joined.js';
import type { LogRecord } from '../../contract/log-record.js';
import type { Transport } from '../../contract/transport.js';
import type { Surroundings, Waf } from '../../contract/waf.js';
import { fitsOf } from '../../evidence/fit.js';
import type { Joiner } from '../../evidence/joiner.js';
import { comesMinutesLater } from '../../evidence/log-delay.js';
import { readUnwrapped } from '../../evidence/unwrap/read-unwrapped.js';
import { type Problem, WafproofError } from '../../model/error.js';
import type { Exchange } from '../../model/exchange.js';
import type { WireRequest } from '../../model/request.js';
import type { TargetOptions } from '../../model/target-options.js';
import { lineAsSent } from '../../replay/as-sent.js';
import { type CorrelationIds, createCorrelationIds } from '../../replay/correlation-ids.js';
import { createHttpTransport } from '../../replay/http-transport.js';
import { parseTarget, type TargetAddress } from '../../replay/target.js';
import { patienceWith } from '../ask-until-found.js';
import { httpOptions } from '../http-options.js';
import { openPlaces, surroundings } from '../open-places.js';
import { startJoiner } from '../start-joiner.js';
import { type AnswerReader, toldByAnswer } from '../told-by-answer.js';
import type { World } from '../world.js';
import { LogWatch } from './log-watch.js';

/** A target that can be asked, and its log, read from the moment on in which the conversation began. */
export interface Conversation {
  /** Why the log cannot be read. */
  readonly logProblem: Problem | undefined;
  /** What the log was recognised as so far, in words for people. */
  logFormats(): readonly string[];
  /** Log entries that are not joined to any request of ours. */
  strangers(): readonly LogRecord[];
  /** How many log entries bear an id of ours and are of other requests. */
  forged(): number;
  /** How long a log entry is waited for, in milliseconds. */
  readonly logWaitMs: number;
  /** For how long a log may take until it shows anything, in milliseconds. */
  readonly patienceMs: number;
  /** The log comes minutes later: questions are asked without waiting for what it says of those before. */
  readonly isSlow: boolean;
  /** What all our correlation ids begin with. */
  readonly prefix: string;
  /** What stands between; absent where nothing does. */
  readonly proxy?: Observations['proxy'];
  /** Ends the conversation before its time. */
  readonly signal: AbortSignal;
  /** @param answered called when the answer is there, before its log entry is waited for */
  ask(request: WireRequest, name: string, answered?: (exchange: Exchange) => void): Promise<Asked>;
  close(): Promise<void>;
}

/** @throws WafproofError `TARGET_UNREACHABLE` when the target's URL is none that can be sent to, `CA_UNREADABLE`, `PROXY_INVALID` */
export async function openConversation(
  waf: Waf,
  target: TargetOptions,
  world: Pick<World, 'signal' | 'env'>,
): Promise<Conversation> {
  const http = httpOptions(target, world);
  const transport = createHttpTransport({ ...http, connections: 1 });
  const address = parseTarget(http);
  const ids = createCorrelationIds();
  const { prefix } = ids;
  const asked = new Set<string>();
  const watch = new LogWatch(prefix);
  const log = await openJoiner(waf, target, watch, ids);
  return {
    logProblem: 'problem' in log ? log.problem : undefined,
    logFormats: () => watch.formats,
    strangers: () => watch.strangers(asked),
    forged: () => ('problem' in log ? 0 : log.joiner.forged),
    logWaitMs: 'problem' in log ? 0 : log.joiner.waitMs,
    patienceMs: 'problem' in log ? 0 : log.patienceMs,
    isSlow: 'joiner' in log && log.isSlow,
    prefix,
    signal: world.signal,
    ...(http.proxy !== undefined && { proxy: http.proxy }),
    ask: (request, name, answered = nothing) => {
      const id = ids.next(`-${name}`);
      asked.add(id);
      return 'problem' in log
        ? sendOnly({ request, id, transport, answered }, log.problem)
        : ask({ request, id, transport, joiner: log.joiner, answers: log.answers, answered, address });
    },
    close: async () => {
      await transport.close();
      if ('joiner' in log) await log.joiner.close();
    },
  };
}

interface ReadLog {
  readonly joiner: Joiner;
  readonly answers: AnswerReader;
  readonly isSlow: boolean;
  readonly patienceMs: number;
}

type OpenedLog = ReadLog | { readonly problem: Problem };

async function openJoiner(waf: Waf, target: TargetOptions, watch: LogWatch, ids: CorrelationIds): Promise<OpenedLog> {
  try {
    const log = await waf.open(target, watched(surroundings(ids.prefix), watch));
    const joiner = startJoiner(log, target, ids);
    const { source } = log;
    const isSlow = comesMinutesLater(source.delay);
    return { joiner, answers: log, isSlow, patienceMs: patienceWith(source, joiner) };
  } catch (error) {
    if (error instanceof WafproofError) return { problem: error.problems[0] };
    throw error;
  }
}

/** The same with everything in a log read, not only what is of ours. */
function watched(around: Surroundings, watch: LogWatch): Surroundings {
  return {
    ...around,
    openLog: async (log, createReader) => {
      const reader = () => watch.formatsOf(readUnwrapped(() => watch.reader(createReader)));
      return watch.watch(await openPlaces(log, reader));
    },
  };
}

const nothing = () => undefined;

interface Question {
  readonly request: WireRequest;
  readonly id: string;
  readonly transport: Transport;
  readonly joiner: Joiner;
  readonly answers: AnswerReader;
  readonly answered: (exchange: Exchange) => void;
  readonly address: TargetAddress;
}

async function ask(question: Question): Promise<Asked> {
  const { request, id, transport, joiner, answers, answered, address } = question;
  const expected = joiner.expect(id);
  const from = Date.now();
  const exchange = await transport.send(request, id);
  answered(exchange);
  const answeredAt = new Date();
  const began = performance.now();
  const { outcome } = exchange;
  if (outcome.kind === 'failed') expected.forget();
  const sent = { ...lineAsSent(request, address), from, until: answeredAt.getTime() };
  const joined =
    outcome.kind === 'failed'
      ? unanswered
      : await expected.arrival(fitsOf({ ...sent, status: outcome.status }), toldByAnswer(answers, exchange));
  return { exchange, joined, answeredAt, logDelayMs: performance.now() - began };
}

const unanswered: Joined = { kind: 'missing', reason: 'there was no answer' };

async function sendOnly(
  { request, id, transport, answered }: Pick<Question, 'request' | 'id' | 'transport' | 'answered'>,
  problem: Problem,
): Promise<Asked> {
  const exchange = await transport.send(request, id);
  answered(exchange);
  return { exchange, joined: { kind: 'missing', reason: problem.message }, answeredAt: new Date(), logDelayMs: 0 };
}
