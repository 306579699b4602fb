import type { Joiner } from '../evidence/joiner.js';
import { fail } from '../model/error.js';
import type { WafInfo } from '../model/report.js';
import type { CorrelationIds } from '../replay/correlation-ids.js';
import type { HttpTransportOptions } from '../replay/http-transport.js';
import { probeTarget } from '../replay/probe-target.js';
import { infoSuffix } from '../waf/modsecurity/probe-rules.js';
import { assertWafSpeaks } from './assert-waf-speaks.js';

/**
 * Sends one harmless request and waits for its log entry: without it no case could be told from one that the WAF never
 * saw.
 * @throws WafproofError where the target or its log is silent
 */
export async function meetTarget(http: HttpTransportOptions, ids: CorrelationIds, joiner: Joiner): Promise<WafInfo> {
  const id = `${ids.prefix}probe${infoSuffix}`;
  const expected = joiner.expect(id);
  await probeTarget(http, id);
  const joined = await expected.arrival();
  if (joined.kind === 'missing') throw fail('EVIDENCE_NONE', { reason: joined.reason });
  assertWafSpeaks(joined.record);
  return joined.record.waf;
}
