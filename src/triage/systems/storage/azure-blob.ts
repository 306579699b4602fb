import { type CodeRow, patternsOf } from '../../code-rows.js';
import { header, status, xml } from '../../sign.js';
import type { System } from '../../system.js';

const blobCodes: readonly CodeRow[] = [
  ['AuthorizationFailure', 'storage-policy', 'the firewall of the storage account, or its roles, deny it'],
  ['AuthenticationFailed', 'signed-url', 'the shared access signature or the Authorization header is not valid'],
  ['AuthorizationPermissionMismatch', 'storage-policy', 'the role or the signature does not have this permission'],
  ['AuthorizationServiceMismatch', 'signed-url', 'the signature is for another service'],
  ['AuthorizationProtocolMismatch', 'tls-required', 'the signature allows https only'],
  ['AuthorizationSourceIPMismatch', 'ip-denied', 'the signature does not allow this address'],
  ['AuthorizationResourceTypeMismatch', 'signed-url', 'the signature is for another type of resource'],
  ['PublicAccessNotPermitted', 'storage-policy', 'anonymous access is switched off for the account'],
  ['ResourceNotFound', 'not-found', 'there is no such container, or it is not public'],
  ['InsufficientAccountPermissions', 'storage-policy', 'the account may not do this'],
  ['AccountIsDisabled', 'quota', 'the account is switched off'],
  ['KeyBasedAuthenticationNotPermitted', 'storage-policy', 'keys are switched off for the account'],
  ['BlobNotFound', 'not-found', 'there is no such blob'],
  ['ServerBusy', 'rate-limited', 'there are too many requests'],
];

export const azureBlobSystem: System = {
  id: 'azure-blob',
  name: 'Azure Blob Storage',
  layer: 'storage',
  source: 'https://learn.microsoft.com/en-us/rest/api/storageservices/common-rest-api-error-codes',
  rides: [header('x-ms-version'), header('server', /^Windows-Azure-Blob/)],
  refusals: [
    ...patternsOf(blobCodes, (code) => ({
      id: `header-${code}`,
      by: 'header',
      all: [header('x-ms-error-code', code)],
      grade: 'proved',
      source: 'https://learn.microsoft.com/en-us/rest/api/storageservices/common-rest-api-error-codes',
    })),
    ...patternsOf(blobCodes, (code) => ({
      id: `${code}`,
      by: 'code',
      all: [status(400, 401, 403, 404, 409, 503), xml('Code', code), header('x-ms-request-id')],
      grade: 'proved',
      source: 'https://learn.microsoft.com/en-us/rest/api/storageservices/common-rest-api-error-codes',
    })),
  ],
  fixes: {
    'storage-policy':
      '`az storage account show` shows allowBlobPublicAccess and networkRuleSet: add the network or a role assignment (Storage Blob Data Contributor, `az role assignment create`) for the identity, and request it again',
    'signed-url':
      'make a fresh SAS (`az storage blob generate-sas --permissions … --expiry …`): st and se around now, sp and sr for this call; AuthenticationErrorDetail says what does not fit',
    'tls-required': 'send to https:// : supportsHttpsTrafficOnly of the account is on (or spr=https in the SAS)',
    'ip-denied':
      '`az storage account network-rule add --ip-address ADDRESS` for the test machine, or sip= of the SAS; wait half a minute, and request it again',
    'not-found':
      '`az storage blob exists --container-name C --name N` tells whether it is there; upload it, and request it again',
    quota: '`az storage share show` or the account limits show what is full: raise quota, and send it again',
    'rate-limited':
      'ServerBusy: the account or partition is over its target; spread the names, or lower --rate; then send the request by itself',
  },
  references: [{ header: 'x-ms-request-id', as: 'request id' }],
};
