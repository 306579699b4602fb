import { header, status, xml } from '../../sign.js';
import type { System } from '../../system.js';

export const minioSystem: System = {
  id: 'minio',
  name: 'MinIO',
  layer: 'storage',
  source: 'https://min.io/docs',
  rides: [header('server', /^MinIO/)],
  refusals: [
    {
      id: 'denied',
      by: 'code',
      all: [status(403), xml('Code', 'AccessDenied'), header('server', /^MinIO/)],
      cause: 'storage-policy',
      grade: 'proved',
      says: 'a policy denies it',
    },
    {
      id: 'signature',
      by: 'code',
      all: [status(403), xml('Code', 'SignatureDoesNotMatch'), header('server', /^MinIO/)],
      cause: 'signed-url',
      grade: 'proved',
      says: 'the signature does not fit: Host and path have to reach MinIO unchanged',
    },
    {
      id: 'time',
      by: 'code',
      all: [status(403), xml('Code', 'RequestTimeTooSkewed'), header('server', /^MinIO/)],
      cause: 'signed-url',
      grade: 'proved',
      says: 'the clock of the client is off',
    },
  ],
  fixes: {
    'storage-policy':
      '`mc admin policy entities ALIAS --user USER` shows the policies: attach one that allows the action on that bucket and prefix (`mc admin policy attach`), and request it again',
    'signed-url':
      'make a fresh one (`mc share download ALIAS/B/K`): host, region and clock are part of the signature; MINIO_SERVER_URL where a proxy stands before it',
  },
};
