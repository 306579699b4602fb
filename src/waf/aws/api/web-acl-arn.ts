import { fail } from '../../../model/error.js';
import { printable } from '../../../util/printable.js';

/** Where a web ACL is: the parts of its ARN. */
export interface WebAclArn {
  readonly arn: string;
  readonly partition: string;
  readonly region: string;
  readonly account: string;
  readonly scope: 'REGIONAL' | 'CLOUDFRONT';
  readonly name: string;
  readonly id: string;
}

const form =
  /^arn:(aws[a-z-]*):wafv2:([a-z0-9-]+):(\d{12}):(regional|global)\/webacl\/([\w-]{1,128})\/([0-9a-f-]{1,36})$/;
/** The region of all that CloudFront has (developer guide). */
const globalRegion = 'us-east-1';

/**
 * Reads the ARN of a web ACL.
 * @param region what the user says of the region, which is in the ARN already
 * @throws WafproofError `AWS_ARN_INVALID`, `AWS_REGION`
 */
export function readWebAclArn(arn: string, region?: string): WebAclArn {
  const [, partition = '', inArn = '', account = '', kind, name = '', id = ''] = form.exec(arn) ?? [];
  if (kind === undefined) throw fail('AWS_ARN_INVALID', { arn: printable(arn.slice(0, 200)) });
  const scope = kind === 'global' ? 'CLOUDFRONT' : 'REGIONAL';
  if (scope === 'CLOUDFRONT' && partition === 'aws' && inArn !== globalRegion)
    throw wrongRegion(`a web ACL for CloudFront is in ${globalRegion}, and this ARN says ${inArn}`, 'correct the ARN');
  if (region !== undefined && region !== inArn) {
    const reason = `the web ACL is in ${inArn}, and "region" says ${region}`;
    throw wrongRegion(reason, `leave "region" away: it is in the ARN`);
  }
  return { arn, partition, region: inArn, account, scope, name, id };
}

function wrongRegion(reason: string, cure: string) {
  return fail('AWS_REGION', { reason, cure });
}
