import { header } from '../../sign.js';
import type { System } from '../../system.js';
import { awsApigwCodes } from './aws-apigw-codes.js';

export const awsApigwSystem: System = {
  id: 'aws-apigw',
  name: 'Amazon API Gateway',
  layer: 'gateway',
  source: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html',
  rides: [header('x-amz-apigw-id'), header('apigw-requestid'), header('x-amzn-requestid')],
  refusals: awsApigwCodes,
  fixes: {
    'authentication-required':
      '`aws apigateway get-method` shows authorizationType: sign the request (AWS_IAM, `curl --aws-sigv4`), or send the token in the identity source of the authorizer (`aws apigateway get-authorizers`)',
    'token-expired':
      'fetch a fresh token before each run (a session with `expires`), and compare issuer and audience with jwtConfiguration of the authorizer (`aws apigatewayv2 get-authorizers`)',
    'body-too-large':
      'API Gateway takes 10 MB and no more: upload to S3 by a presigned URL, or send parts; then send it again',
    'content-type-denied':
      'passthroughBehavior of the integration is NEVER or WHEN_NO_TEMPLATES: add a request template for this Content-Type (`aws apigateway put-integration --request-templates`), deploy, and send it again',
    'malformed-request':
      'the request validator of the method (`aws apigateway get-request-validators`) checks body against its model and parameters: send what the model asks for, or correct the model and deploy',
    'upstream-down':
      'execution logs (loglevel INFO of the stage) show the integration for the request id: a Lambda that fails or lacks permission (`aws lambda add-permission`), or takes longer than 29 s; then send the request again',
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
