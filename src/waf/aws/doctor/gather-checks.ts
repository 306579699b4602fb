import type { Check, CheckOutcome } from '../../../contract/check.js';
import { openWafApi, type WafApi } from '../api/waf-api.js';
import type { WebAclArn } from '../api/web-acl-arn.js';
import type { AwsRecord } from '../log-record.js';
import { checkAcl, checkAttached, checkBodyLimit, checkGroups, checkRates, checkSampling } from './acl-checks.js';
import { type AwsFacts, askForFacts } from './aws-facts.js';
import { broken, fine } from './findings.js';
import { checkLogging, checkRedaction } from './logging-checks.js';

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
  ];
  return checks.map((check) => ({ ...check, independent: true }));
}

/** Which permissions are missing, all at once. */
function checkPermissions({ acl, attached, logging, groups }: AwsFacts): CheckOutcome {
  const problems = [acl, attached, logging, ...groups].flatMap((one) => ('problem' in one ? [one.problem] : []));
  const denied = problems
    .filter(({ code }) => code === 'AWS_ACCESS_DENIED')
    .map(({ message }) => message.split(';')[0]);
  if (denied.length === 0) return fine('no permission is missing');
  return broken([...new Set(denied)].join('; '), 'allow what "wafproof doctor --print-setup aws-policy" prints');
}
