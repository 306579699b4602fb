import { type CodeRow, patternsOf } from '../../code-rows.js';
import { header, json, status } from '../../sign.js';
import type { System } from '../../system.js';

const codes: readonly CodeRow[] = [
  ['DENIED', 'not-authorized', 'the token does not cover this action on the repository'],
  ['UNAUTHORIZED', 'authentication-required', 'the registry asks for a token'],
  ['TOOMANYREQUESTS', 'rate-limited', 'the pull limit or a request limit is reached'],
  ['NAME_UNKNOWN', 'not-found', 'the registry knows no such repository', { or: ['application/not-authorized'] }],
  ['MANIFEST_UNKNOWN', 'not-found', 'the repository has no such tag or digest'],
  ['BLOB_UPLOAD_INVALID', 'malformed-request', 'the upload cannot go on'],
  ['NAME_INVALID', 'malformed-request', 'the name of the repository is not valid'],
  ['DIGEST_INVALID', 'malformed-request', 'the digest does not fit the content'],
  ['SIZE_INVALID', 'malformed-request', 'the length does not fit the content'],
  ['UNSUPPORTED', 'method-not-supported', 'the registry does not support the operation'],
];

/** Registries say so in any answer, or Docker Hub does where it counts. */
const isIts = [header('docker-distribution-api-version'), header('docker-ratelimit-source')];

export const ociRegistrySystem: System = {
  id: 'oci-registry',
  name: 'Container registry (OCI)',
  layer: 'application',
  source: 'https://github.com/opencontainers/distribution-spec/blob/main/spec.md#error-codes',
  rides: [header('docker-distribution-api-version')],
  refusals: isIts.flatMap((its, at) =>
    patternsOf(codes, (code) => ({
      id: at === 0 ? code : `${code}-limited`,
      by: 'code',
      all: [status(400, 401, 403, 404, 405, 429), its, json('errors.0.code', code), json('errors.0.message')],
      grade: 'proved',
    })),
  ),
  fixes: {
    'not-found':
      'compare registry, repository and tag (`docker manifest inspect NAME:TAG`); a private repository is hidden so from those who may not read it: log in first',
    'malformed-request':
      'the code names the part (name, digest, size, upload): send it as the distribution specification has it',
    'method-not-supported': 'the registry does not offer the operation (deletion may be off: `storage.delete.enabled`)',
    'not-authorized':
      'the token has scopes (`repository:NAME:pull,push`): log in with an account that may push there (`docker login`), and send the request again',
    'authentication-required':
      'WWW-Authenticate names realm, service and scope: fetch a token there, and send it as Bearer',
    'rate-limited': 'log in (anonymous pulls count by address), use a mirror, or wait as ratelimit-remaining says',
  },
};
