import { json, jsonKeys, status } from '../../sign.js';
import type { System } from '../../system.js';

export const vaultSystem: System = {
  id: 'vault',
  name: 'HashiCorp Vault',
  layer: 'application',
  source: 'https://developer.hashicorp.com/vault/api-docs',
  rides: [],
  refusals: [
    {
      id: 'denied',
      by: 'code',
      all: [status(403), jsonKeys('errors'), json('errors.*', /(?:^|\s)permission denied\s*$/)],
      cause: 'not-authorized',
      grade: 'proved',
      says: 'no policy of the token allows this path',
      or: ['application/token-expired'],
    },
    {
      id: 'missing',
      by: 'code',
      all: [status(400, 403), jsonKeys('errors'), json('errors.*', 'missing client token')],
      cause: 'authentication-required',
      grade: 'proved',
      says: 'there is no token',
    },
    {
      id: 'sealed',
      by: 'code',
      all: [
        status(503),
        jsonKeys('errors'),
        json('errors.*', /^(?:Vault is sealed|error performing token check: Vault is sealed)/),
      ],
      cause: 'maintenance',
      grade: 'proved',
      says: 'the vault is sealed',
    },
  ],
  fixes: {
    'not-authorized':
      '`vault token capabilities PATH` with the same token shows what it may do there; add the capability (create, update) for that path to its policy (`vault policy write`), and send the request again',
    'authentication-required': 'send a token in X-Vault-Token (and X-Vault-Namespace, where there are namespaces)',
    maintenance: '`vault status` shows the seal; `vault operator unseal` opens it',
  },
};
