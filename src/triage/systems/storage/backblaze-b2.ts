import { type CodeRow, patternsOf } from '../../code-rows.js';
import { json, jsonKeys, status } from '../../sign.js';
import type { System } from '../../system.js';

const codes: readonly CodeRow[] = [
  ['expired_auth_token', 'token-expired', 'the authorization token is older than 24 hours'],
  ['bad_auth_token', 'authentication-required', 'the authorization token is not valid'],
  [
    'unauthorized',
    'not-authorized',
    'the application key lacks the capability',
    { or: ['storage/authentication-required'] },
  ],
  ['access_denied', 'storage-policy', 'the key may not see this bucket or file'],
  ['storage_cap_exceeded', 'quota', 'the cap of the account on storage is reached'],
  ['download_cap_exceeded', 'quota', 'the cap of the account on downloads is reached'],
  ['transaction_cap_exceeded', 'quota', 'the cap of the account on transactions is reached'],
  ['cap_exceeded', 'quota', 'a cap of the account is reached'],
];

export const backblazeB2System: System = {
  id: 'backblaze-b2',
  name: 'Backblaze B2',
  layer: 'storage',
  source: 'https://www.backblaze.com/docs/cloud-storage-call-the-native-api',
  rides: [],
  refusals: patternsOf(codes, (code) => ({
    id: code,
    by: 'code',
    all: [status(401, 403), json('code', code), json('status', /^40[13]$/), jsonKeys('code', 'message', 'status')],
    grade: code === 'unauthorized' || code === 'access_denied' ? 'possible' : 'proved',
  })),
  fixes: {
    'token-expired': 'call b2_authorize_account again before each run: a token lives 24 hours',
    'authentication-required':
      'call b2_authorize_account with an application key that exists (`b2 key list`), and send its token',
    'not-authorized':
      '`b2 key list --long` shows capabilities, bucket and prefix of the key: make one that has what the operation needs',
    'storage-policy': '`b2 key list --long` shows the bucket that the key is bound to: make one for this bucket',
    quota: 'Caps & Alerts of the account shows the cap: raise it, and send the request again',
  },
};
