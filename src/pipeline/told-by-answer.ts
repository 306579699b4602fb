import type { LogRecord } from '../contract/log-record.js';
import type { WafSession } from '../contract/waf.js';
import type { ToldByAnswer } from '../evidence/joiner.js';
import type { Exchange } from '../model/exchange.js';

/** What of a WAF reads answers. */
export type AnswerReader<R extends LogRecord = LogRecord> = Pick<WafSession<R>, 'readAnswer' | 'requestIdOf'>;

/** What an answer brings to the search for its record: a record of its own, and the WAF's id of the request. */
export function toldByAnswer<R extends LogRecord>(
  { readAnswer, requestIdOf }: AnswerReader<R>,
  exchange: Exchange,
): ToldByAnswer<R> {
  const answer = readAnswer?.(exchange);
  return { record: answer?.kind === 'own' ? answer.record : undefined, requestId: requestIdOf?.(exchange) };
}
