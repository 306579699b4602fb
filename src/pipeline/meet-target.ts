import type { Joined } from '../contract/joined.js';
import type { Joiner } from '../evidence/joiner.js';
import { fail } from '../model/error.js';
import type { WafInfo } from '../model/report.js';
import type { CorrelationIds } from '../replay/correlation-ids.js';
import type { HttpTransportOptions } from '../replay/http-transport.js';
import { probeTarget } from '../replay/probe-target.js';
import { infoSuffix } from '../waf/modsecurity/probe-rules.js';
import { askUntilFound } from './ask-until-found.js';
import { assertWafSpeaks } from './assert-waf-speaks.js';

/** What it takes to ask a target before a run. */
export interface Meeting {
  readonly http: HttpTransportOptions;
  readonly ids: CorrelationIds;
  readonly joiner: Joiner;
  /** For how long a log may take until it shows anything, in milliseconds. */
  readonly patienceMs: number;
  readonly signal: AbortSignal;
}

/**
 * Sends one harmless request and waits for its log entry: without it no case could be told from one that the WAF never
 * saw. Where the log may not be up yet, more are sent.
 * @throws WafproofError where the target or its log is silent
 */
export async function meetTarget({ http, ids, joiner, patienceMs, signal }: Meeting): Promise<WafInfo> {
  const ask = async (number: number, answered: () => void): Promise<{ readonly joined: Joined }> => {
    const id = `${ids.prefix}probe${number}${infoSuffix}`;
    const expected = joiner.expect(id);
    await probeTarget(http, id);
    answered();
    return { joined: await expected.arrival() };
  };
  const { joined } = await askUntilFound(ask, patienceMs, signal);
  if (joined.kind === 'missing') throw fail('EVIDENCE_NONE', { reason: joined.reason });
  assertWafSpeaks(joined.record);
  return joined.record.waf;
}
