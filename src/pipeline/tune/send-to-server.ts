import type { StartedServer } from '../../contract/prover.js';
import { createJoiner } from '../../evidence/joiner.js';
import type { Case } from '../../model/case.js';
import type { CaseResult } from '../../model/report.js';
import { evaluateAll } from '../../prove/evaluate-all.js';
import { createCorrelationIds } from '../../replay/correlation-ids.js';
import { createHttpTransport } from '../../replay/http-transport.js';
import { Pace } from '../../replay/pace.js';
import { createAttributor } from '../../waf/modsecurity/attribute.js';
import { lazyCatalog } from '../../waf/modsecurity/rule-catalog.js';
import { crsFolder } from '../../waf/modsecurity/rule-plan.js';
import { httpOptions } from '../http-options.js';
import { openLog } from '../open-log.js';
import { witnessCase } from '../witness-case.js';
import type { SendCases } from './prove-on-server.js';

/** Settings of a server that nobody else uses: it may be asked as fast as it answers. */
const own = { connections: 16, timeoutMs: 60_000, logWaitMs: 20_000, attacks: true, insecure: false };

/** Sends cases over HTTP and joins the answers with the server's log, as a run does. */
export function sendOverHttp(crs: { readonly crs?: string }, signal: AbortSignal): SendCases {
  return ({ url, log, engine }: StartedServer, cases: readonly Case[]) =>
    sendAll(cases, { name: engine, url, log, ...own }, crs, signal);
}

async function sendAll(
  cases: readonly Case[],
  target: { readonly name: string; readonly url: string; readonly log: string } & typeof own,
  crs: { readonly crs?: string },
  signal: AbortSignal,
): Promise<readonly CaseResult[]> {
  const ids = createCorrelationIds();
  const http = httpOptions(target, signal);
  const joiner = createJoiner({ source: await openLog(target, ids.prefix), waitMs: target.logWaitMs });
  const transport = createHttpTransport({ ...http, pace: new Pace(target) });
  const sending = {
    target,
    http,
    ids,
    joiner,
    session: undefined,
    transport,
    attribute: createAttributor(lazyCatalog(crsFolder(crs))),
    seed: 1,
    repeat: 1,
    announce: async () => undefined,
  };
  try {
    return await evaluateAll(cases, async (one) => (await witnessCase(one, sending)).result);
  } finally {
    await Promise.all([joiner.close(), transport.close()]);
  }
}
