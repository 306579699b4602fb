import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WafproofError } from '../../../../src/model/error.js';
import { isVisible } from '../../../../src/util/printable.js';
import { readWebAclArn } from '../../../../src/waf/aws/api/web-acl-arn.js';
import { aclArn } from '../sample-web-acl.js';

const cloudfront = 'arn:aws:wafv2:us-east-1:111122223333:global/webacl/edge/11111111-2222-4333-8444-555555555555';

describe('the ARN of a web ACL', () => {
  it('tells scope, region, account and name', () => {
    expect(readWebAclArn(aclArn)).toMatchObject({
      scope: 'REGIONAL',
      region: 'eu-west-1',
      account: '111122223333',
      name: 'staging',
    });
    expect(readWebAclArn(cloudfront, 'us-east-1')).toMatchObject({ scope: 'CLOUDFRONT', region: 'us-east-1' });
    expect(readWebAclArn(aclArn.replace('arn:aws:', 'arn:aws-cn:'))).toMatchObject({ partition: 'aws-cn' });
  });

  it.each([
    ['no ARN', 'staging', undefined, 'AWS_ARN_INVALID', '"staging" is not the ARN of a web ACL'],
    ['that of another resource', aclArn.replace('webacl', 'ipset'), undefined, 'AWS_ARN_INVALID', 'webacl/NAME/ID'],
    [
      'one for CloudFront elsewhere',
      cloudfront.replace('us-east-1', 'eu-west-1'),
      undefined,
      'AWS_REGION',
      'is in us-east-1',
    ],
    ['another region beside it', aclArn, 'us-east-1', 'AWS_REGION', 'is in eu-west-1, and "region" says us-east-1'],
  ])('is refused where it is %s', (_, arn, region, code, says) => {
    const reading = () => readWebAclArn(arn, region);
    expect(reading).toThrow(says);
    expect(reading).toThrow(expect.objectContaining({ code }));
  });

  it('is read or refused, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        try {
          return readWebAclArn(text).arn === text;
        } catch (error) {
          return error instanceof WafproofError && isVisible(error.message);
        }
      }),
    );
  });
});
