import { header } from '../../sign.js';
import type { System } from '../../system.js';
import { awsApigwCodes } from './aws-apigw-codes.js';
import { awsApigwCodes2 } from './aws-apigw-codes-2.js';

export const awsApigwSystem: System = {
  id: 'aws-apigw',
  name: 'Amazon API Gateway',
  layer: 'gateway',
  source: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html',
  rides: [header('x-amz-apigw-id'), header('apigw-requestid'), header('x-amzn-requestid')],
  refusals: [...awsApigwCodes, ...awsApigwCodes2],
  fixes: {
    'not-found':
      'check stage, path and method against the deployed API (`aws apigateway get-resources`), and deploy it again: an unknown route is told as a missing token',
    'api-key':
      'send x-api-key with a key that is in a usage plan, and the stage of this API in that plan (`aws apigateway get-usage-plans`)',
    'not-authorized':
      'look at the policy that the authorizer returns (its resource has to cover this method and path, cached ones too) and at the resource policy of the API',
    'rate-limited':
      'raise the throttling of the stage or usage plan for the key of the tests, or slow the run down (--rate)',
  },
  references: [
    { header: 'x-amzn-requestid', as: 'request id' },
    { header: 'apigw-requestid', as: 'request id' },
  ],
};
