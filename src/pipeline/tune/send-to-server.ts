import type { Attributor } from '../../contract/attributor.js';
import type { StartedServer } from '../../contract/prover.js';
import type { Waf } from '../../contract/waf.js';
import type { Case } from '../../model/case.js';
import type { EngineOptions } from '../../model/options.js';
import type { CaseResult } from '../../model/report.js';
import { evaluateAll } from '../../prove/evaluate-all.js';
import { createCorrelationIds } from '../../replay/correlation-ids.js';
import { createHttpTransport } from '../../replay/http-transport.js';
import { Pace } from '../../replay/pace.js';
import { parseTarget } from '../../replay/target.js';
import type { BlockAnswer } from '../../triage/block-answer.js';
import { httpOptions } from '../http-options.js';
import { surroundings } from '../open-places.js';
import { startJoiner } from '../start-joiner.js';
import { witnessCase } from '../witness-case.js';
import type { SendCases } from './prove-on-server.js';

/** Settings of a server that nobody else uses: it may be asked as fast as it answers. */
const own = { connections: 16, timeoutMs: 60_000, logWaitMs: 20_000, attacks: true, insecure: false };

/** Such a server has no pages of its own for what its WAF refuses. */
const blockAnswer: BlockAnswer = { kind: 'status', status: 403 };

/** Sends cases over HTTP and joins the answers with the server's log, as a run does. */
export function sendOverHttp(waf: Waf, engine: EngineOptions, signal: AbortSignal): SendCases {
  return async (server, cases, step) => {
    const ids = createCorrelationIds();
    const log = await waf.open(server.target, surroundings(ids.prefix, engine));
    const attribute: Attributor = (record, request) => log.attribute(record, request);
    const joiner = startJoiner(log, own);
    const witnesses = { ids, joiner, attribute, names: waf.fields };
    try {
      return await sendAll(cases, server, { ...witnesses, step }, signal);
    } finally {
      await joiner.close();
    }
  };
}

type Witnesses = Pick<Parameters<typeof witnessCase>[1], 'ids' | 'joiner' | 'attribute' | 'names'>;

async function sendAll(
  cases: readonly Case[],
  { target: place, engine }: StartedServer,
  { step, ...witnesses }: Witnesses & { readonly step: () => void },
  signal: AbortSignal,
): Promise<readonly CaseResult[]> {
  const target = { name: engine, ...place, ...own };
  const http = httpOptions(target, { signal, env: {} });
  const transport = createHttpTransport({ ...http, pace: new Pace(target) });
  const once = { seed: 1, repeat: 1, blockAnswer, sessions: undefined, announce: () => undefined };
  const sending = { ...witnesses, ...once, address: parseTarget(http), transport };
  try {
    return await evaluateAll(cases, async (one) => (await witnessCase(one, sending)).result, step);
  } finally {
    await transport.close();
  }
}
