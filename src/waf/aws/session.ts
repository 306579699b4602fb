import type { LogSource } from '../../contract/log-source.js';
import type { Surroundings, WafSession } from '../../contract/waf.js';
import { fail } from '../../model/error.js';
import type { TargetOptions, WafOptions } from '../../model/target-options.js';
import { readText } from '../../util/read-file.js';
import type { WebAcl } from './acl/web-acl.js';
import { type AclKnowledge, aclKnowledge } from './acl-knowledge.js';
import { awsRequestId, readAwsAnswer } from './answers/read-answer.js';
import { attributeAws } from './attribute.js';
import type { AwsRecord } from './log-record.js';
import { createAwsReader } from './logs/log-reader.js';
import { awsMerger } from './record-merger.js';

/** In bytes; the largest web ACL has 5,000 capacity units. */
const longestAcl = 16 * 1024 * 1024;

/**
 * What tells of the requests of a run: answers, full logs and samples, with the web ACL where it is a file.
 * @throws WafproofError `LOG_MISSING`, and what can be wrong with a file of a web ACL (`ACL_…`)
 */
export async function openAws(
  { waf }: Pick<TargetOptions, 'waf'>,
  surroundings: Pick<Surroundings, 'openLog'>,
): Promise<WafSession<AwsRecord>> {
  const acl = await aclOf(waf);
  const source = await openSource(waf, surroundings, acl && aclKnowledge(acl));
  return {
    source,
    merger: awsMerger,
    attribute: attributeAws,
    readAnswer: (exchange) => readAwsAnswer(exchange, acl),
    requestIdOf: awsRequestId,
  };
}

async function aclOf({ webAcl }: WafOptions): Promise<WebAcl | undefined> {
  if (webAcl === undefined || webAcl.startsWith('arn:')) return undefined;
  const { readAclFiles } = await import('./source/read-acl-files.js');
  return (await readAclFiles([webAcl], (file) => readText(file, longestAcl))).acl;
}

async function openSource(
  waf: WafOptions,
  { openLog }: Pick<Surroundings, 'openLog'>,
  acl: AclKnowledge | undefined,
): Promise<LogSource<AwsRecord>> {
  if (waf.log === undefined) throw fail('LOG_MISSING', { reason: whyNone(waf) });
  const known = acl === undefined ? {} : { acl };
  return openLog(waf, (prefix) => createAwsReader(prefix === undefined ? known : { ...known, prefix }));
}

function whyNone({ logs }: WafOptions): string {
  if (logs === undefined) return 'the target names no "logs"';
  return 'cloudwatch' in logs
    ? `CloudWatch Logs are read by a command, such as logs: { command: aws logs tail ${logs.cloudwatch} --follow --since 1m }`
    : `logs in S3 are read once they are files here: aws s3 sync ${logs.s3} waf-logs`;
}
