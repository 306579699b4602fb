import { header, status } from '../../sign.js';
import type { RefusalPattern } from '../../system.js';

/** Of Amazon API Gateway: codes and headers. */
export const awsApigwCodes2: readonly RefusalPattern[] = [
  {
    id: 'internal',
    by: 'header',
    all: [
      status(500, 502, 504),
      header('x-amzn-errortype', /^InternalServerErrorException|ServiceUnavailableException|GatewayTimeoutException/),
    ],
    cause: 'upstream-down',
    grade: 'likely',
    says: 'the integration behind the gateway failed or took too long',
  },
];
