import type { Check, CheckOutcome } from '../../../contract/check.js';
import { formatProblem, WafproofError } from '../../../model/error.js';
import type { TargetOptions } from '../../../model/target-options.js';
import { readText } from '../../../util/read-file.js';
import { openWafApi, type WafApi } from '../api/waf-api.js';
import { readWebAclArn, type WebAclArn } from '../api/web-acl-arn.js';
import type { AwsRecord } from '../log-record.js';
import { readAclFiles } from '../source/read-acl-files.js';
import { checkAcl, checkAttached, checkBodyLimit, checkGroups, checkRates, checkSampling } from './acl-checks.js';
import { type AwsFacts, askForFacts } from './aws-facts.js';
import { broken, fine, unknownAcl } from './findings.js';
import { lintChecks, lintChecksOfFile } from './lint-checks.js';
import { checkLogging, checkRedaction } from './logging-checks.js';

/**
 * Asks AWS once for what the preflight looks at, where the target names a web ACL by its ARN, and looks at a web ACL in a
 * file by itself.
 */
export async function gatherTargetChecks({
  waf: { webAcl, region },
}: Pick<TargetOptions, 'waf'>): Promise<readonly Check<AwsRecord>[]> {
  if (webAcl === undefined) return [];
  try {
    if (webAcl.startsWith('arn:')) return await gatherAwsChecks(readWebAclArn(webAcl, region));
    return lintChecksOfFile(await readAclFiles([webAcl], (file) => readText(file, longestAcl))).map(independent);
  } catch (error) {
    if (error instanceof WafproofError) return [unreadable(error)].map(independent);
    throw error;
  }
}

/** In bytes; a state of Terraform's with a web ACL in it may be large. */
const longestAcl = 200_000_000;

function unreadable({ problems: [problem] }: WafproofError): Check<AwsRecord> {
  const outcome = { status: 'failed' as const, detail: formatProblem(problem) };
  return { id: 'web-acl', title: 'The web ACL is there', examine: () => outcome };
}

function independent(check: Check<AwsRecord>): Check<AwsRecord> {
  return { ...check, independent: true };
}

/** Asks AWS once for what the preflight looks at, and makes its checks. */
export async function gatherAwsChecks(
  arn: WebAclArn,
  open: (region: string) => Promise<WafApi> = (region) => openWafApi({ region }),
): Promise<readonly Check<AwsRecord>[]> {
  const api = await open(arn.region);
  try {
    return checksOf(await askForFacts(api, arn));
  } finally {
    api.close();
  }
}

/** What the doctor looks at of a web ACL. */
function checksOf(facts: AwsFacts): readonly Check<AwsRecord>[] {
  const checks: readonly Check<AwsRecord>[] = [
    { id: 'web-acl', title: 'The web ACL is there', examine: () => checkAcl(facts) },
    { id: 'web-acl-permissions', title: 'AWS tells what is asked', examine: () => checkPermissions(facts) },
    { id: 'web-acl-attached', title: 'It protects something', examine: () => checkAttached(facts) },
    { id: 'web-acl-logging', title: 'Full logs have our requests', examine: () => checkLogging(facts) },
    { id: 'web-acl-redaction', title: 'Our header is not hidden', examine: () => checkRedaction(facts) },
    { id: 'web-acl-sampling', title: 'Each rule is sampled', examine: () => checkSampling(facts) },
    { id: 'web-acl-body', title: 'Bodies are inspected whole', examine: (seen) => checkBodyLimit(facts, seen) },
    { id: 'web-acl-groups', title: 'Managed groups are known', examine: () => checkGroups(facts) },
    { id: 'web-acl-rates', title: 'No rate rule stops the run', examine: ({ target }) => checkRates(facts, target) },
    ...lintChecks(facts),
  ];
  return checks.map(independent);
}

/** Which permissions are missing, all at once. */
function checkPermissions({ acl, attached, logging, groups }: AwsFacts): CheckOutcome {
  if ('problem' in acl && acl === attached) return unknownAcl;
  const problems = [acl, attached, logging, ...groups].flatMap((one) => ('problem' in one ? [one.problem] : []));
  const denied = problems
    .filter(({ code }) => code === 'AWS_ACCESS_DENIED')
    .map(({ message }) => message.split(';')[0]);
  if (denied.length === 0) return fine('no permission is missing');
  return broken([...new Set(denied)].join('; '), 'allow what "wafproof doctor --print-setup aws-policy" prints');
}
