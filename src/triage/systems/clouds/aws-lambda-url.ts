import { json, status } from '../../sign.js';
import type { System } from '../../system.js';

export const awsLambdaUrlSystem: System = {
  id: 'aws-lambda-url',
  name: 'AWS Lambda function URL',
  layer: 'gateway',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html',
  rides: [],
  refusals: [
    {
      id: 'forbidden',
      by: 'code',
      all: [status(403), json('Message', 'Forbidden')],
      cause: 'not-authorized',
      grade: 'likely',
      says: 'the function URL wants IAM, or its resource policy does not let the public in',
      or: ['gateway/authentication-required'],
      fix: 'add lambda:InvokeFunctionUrl to the resource policy for the caller, or sign the request (SigV4)',
    },
  ],
};
