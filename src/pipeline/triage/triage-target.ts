import type { Outcome } from '../../model/exchange.js';
import type { RequestSpec } from '../../model/request.js';
import type { Destination } from '../../model/target-options.js';
import type { Triage } from '../../model/triage.js';
import { createCorrelationIds } from '../../replay/correlation-ids.js';
import { createHttpTransport } from '../../replay/http-transport.js';
import { parseTarget } from '../../replay/target.js';
import { encodeRequest } from '../../request/encode-request.js';
import type { TriageMaterial } from '../../triage/material.js';
import type { AnsweredRequest } from '../../triage/probing/compare-answers.js';
import { conclude } from '../../triage/probing/conclude.js';
import { withFindings } from '../../triage/probing/with-findings.js';
import { triage } from '../../triage/triage.js';
import { monotonicClock } from '../../util/clock.js';
import { withoutCredentials } from '../credentials.js';
import { httpOptions } from '../http-options.js';
import type { World } from '../world.js';
import { type AskingMeans, askTarget, send } from './ask-target.js';
import { probeMaterial } from './probe-material.js';
import { redactTriage } from './redact-triage.js';
import type { TargetQuestion } from './target-question.js';

/** So much of an answer is looked at, in bytes. */
const excerptBytes = 64 * 1024;

/**
 * Sends a request and, where it is refused, up to six others that tell why.
 * @throws WafproofError `TARGET_UNREACHABLE`, `PROXY_INVALID`, `CA_UNREADABLE`: the URL is none that can be sent to
 */
export async function triageTarget(
  question: TargetQuestion,
  world: Pick<World, 'env' | 'signal' | 'progress'>,
): Promise<Triage> {
  const { request, destination, timeoutMs, rate, from } = question;
  const http = {
    ...httpOptions({ ...destination, connections: 1, timeoutMs, rate, insecure: destination.insecure === true }, world),
    excerptBytes,
  };
  const { host } = parseTarget(http);
  const transport = createHttpTransport(http);
  const otherTransport = from === undefined ? undefined : createHttpTransport({ ...http, localAddress: from });
  const ids = createCorrelationIds();
  try {
    const outcome = await send(request, transport, { ids, host });
    const told = withFindings(triage(materialOf(request, outcome, destination)), request, outcome, Date.now());
    const baseline = { request, outcome };
    const requests = [request, { ...request, headers: question.credentials, cookies: [], query: [] }];
    if (isDecided(told, outcome)) return redactTriage(told, requests);
    const asking: AskingMeans = {
      transport,
      ...(otherTransport !== undefined && { otherTransport }),
      ids,
      host,
      probe: probeMaterial(question, host),
      waitMs: question.waitMs ?? 0,
      clock: monotonicClock,
      signal: world.signal,
      permit: question.permit,
      sending: ({ probe }) => world.progress.stage(`sending ${probe.sends}`),
    };
    const asked = await askTarget(baseline, asking);
    return redactTriage(conclude(told, { baseline, ...asked, credentials: question.credentials, show }), requests);
  } finally {
    world.progress.end();
    await transport.close();
    await otherTransport?.close();
  }
}

function materialOf(request: RequestSpec, outcome: Outcome, { url }: Destination): TriageMaterial {
  const { method, target, headers, body } = encodeRequest(request);
  return {
    sent: {
      method,
      url: `${url}${target}`,
      headers,
      body: Buffer.from(body).toString('utf8'),
      bodyBytes: body.length,
    },
    outcome,
  };
}

/** Statuses of refusals that say by themselves what is missing, or that nothing is there, or that something failed. */
const telling: readonly number[] = [401, 404, 405, 407, 410, 411, 413, 414, 421, 426, 429, 431, 500, 501, 502, 504];

/** Nothing that could be sent would tell more. */
function isDecided({ cause, confidence }: Triage, outcome: Outcome): boolean {
  if (confidence === 'proved' && cause !== 'unknown') return true;
  if (cause === 'token-expired' || cause === 'signed-url') return true;
  if (outcome.kind === 'failed') return !['connection-reset', 'timeout', 'other'].includes(outcome.reason);
  return outcome.status < 400 ? cause === 'not-refused' : telling.includes(outcome.status);
}

/** `POST /comments: 403` */
function show({ request, outcome }: AnsweredRequest): string {
  const { method, target } = encodeRequest(withoutCredentials(request).request);
  return `${method} ${target}: ${outcome.kind === 'answered' ? outcome.status : outcome.message}`;
}
