import { header, json, status } from '../../sign.js';
import type { System } from '../../system.js';

export const ibmDatapowerSystem: System = {
  id: 'ibm-datapower',
  name: 'IBM DataPower and API Connect',
  layer: 'gateway',
  source: 'https://www.ibm.com/docs/en/api-connect',
  rides: [header('x-backside-transport'), header('x-global-transaction-id')],
  refusals: [
    {
      id: 'unauthorized',
      by: 'code',
      all: [
        status(401),
        json('httpCode', '401'),
        json('moreInformation', /(?:Client id|client id|credentials|Invalid client)/),
      ],
      cause: 'api-key',
      grade: 'proved',
      says: 'the client id is missing, not known, or not subscribed',
      or: ['gateway/subscription'],
    },
    {
      id: 'rate',
      by: 'code',
      all: [status(429), json('httpCode', '429'), json('moreInformation')],
      cause: 'rate-limited',
      grade: 'proved',
      says: 'the rate limit of the plan is reached',
    },
    {
      id: 'forbidden',
      by: 'code',
      all: [status(403), json('httpCode', '403'), json('moreInformation')],
      cause: 'not-authorized',
      grade: 'likely',
      says: 'a policy of the assembly refuses it',
    },
    {
      id: 'not-found',
      by: 'code',
      all: [status(404), json('httpCode', '404'), json('moreInformation', /No resources match/)],
      cause: 'not-found',
      grade: 'proved',
      says: 'no API of the catalog fits this path',
    },
  ],
  fixes: {
    'api-key':
      'send the client id of a subscribed application in X-IBM-Client-Id (API Connect developer portal > Apps > Credentials)',
    'rate-limited':
      'raise the rate limit of the plan or assembly (API Manager > Products > Plans), republish, or lower --rate; X-RateLimit-Limit shows it',
    'not-authorized':
      'subscribe the application to a plan with this API (developer portal > Products), and look at security definitions and scopes of the API; then send the request again',
    'not-found':
      'API Manager > catalog shows base path, version and paths of the published product: request one of them',
  },
  references: [{ header: 'x-global-transaction-id', as: 'transaction' }],
};
