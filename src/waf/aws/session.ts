import type { Surroundings, WafSession } from '../../contract/waf.js';
import type { TargetOptions } from '../../model/target-options.js';
import { awsRequestId, readAwsAnswer } from './answers/read-answer.js';
import { attributeAws } from './attribute.js';
import type { AwsRecord } from './log-record.js';
import { openTarget } from './open-target.js';
import { awsMerger } from './record-merger.js';

/**
 * What tells of the requests of a run: answers, full logs and samples, with the web ACL where it is a file or AWS gives it.
 * @throws WafproofError `LOG_MISSING`, what can be wrong with a file of a web ACL (`ACL_…`), and what AWS refuses (`AWS_…`)
 */
export async function openAws(
  { waf }: Pick<TargetOptions, 'waf'>,
  surroundings: Omit<Surroundings, 'engine'>,
): Promise<WafSession<AwsRecord>> {
  const { acl, source } = await openTarget(waf, surroundings);
  return {
    source,
    merger: awsMerger,
    attribute: attributeAws,
    readAnswer: (exchange) => readAwsAnswer(exchange, acl),
    requestIdOf: awsRequestId,
  };
}
