import { header, json, status } from '../../sign.js';
import type { System } from '../../system.js';

export const sharepointSystem: System = {
  id: 'sharepoint',
  name: 'SharePoint and Dataverse',
  layer: 'application',
  source: 'https://learn.microsoft.com/sharepoint/dev/',
  rides: [header('microsoftsharepointteamservices'), header('sprequestguid')],
  refusals: [
    {
      id: 'digest',
      by: 'code',
      all: [status(403), json('error.code', /^-2130575251\b/)],
      cause: 'csrf',
      grade: 'proved',
      says: 'X-RequestDigest is missing or has expired',
    },
    {
      id: 'digest-text',
      by: 'code',
      all: [status(403), json('error.message.value', /^The security validation for this page is invalid/)],
      cause: 'csrf',
      grade: 'proved',
      says: 'X-RequestDigest is missing or has expired',
    },
    {
      id: 'denied',
      by: 'code',
      all: [status(403, 401), json('error.code', /^-2147024891\b/)],
      cause: 'not-authorized',
      grade: 'proved',
      says: 'access is denied to the user or the app',
    },
    {
      id: 'privilege',
      by: 'code',
      all: [status(403), json('error.code', /^0x80040220$|^0x80048306$/)],
      cause: 'not-authorized',
      grade: 'proved',
      says: 'the user lacks a privilege of Dataverse',
    },
    {
      id: 'forms',
      by: 'header',
      all: [status(403), header('x-forms_based_auth_required')],
      cause: 'authentication-required',
      grade: 'proved',
      says: 'SharePoint wants a login: the header names its page',
    },
    {
      id: 'throttled',
      by: 'header',
      all: [status(429, 503), header('sprequestguid'), header('retry-after')],
      cause: 'rate-limited',
      grade: 'likely',
      says: 'SharePoint throttles the app',
    },
  ],
  fixes: {
    csrf: 'POST /_api/contextinfo first, and send its FormDigestValue in X-RequestDigest; a bearer token needs none',
    'not-authorized':
      'give the user or the app the permission (Sites.Selected, a security role in Dataverse) for this site or table, and fetch a token afresh',
    'authentication-required': 'send a bearer token of Microsoft Entra for the host of the site',
    'rate-limited': 'honour Retry-After, and lower --rate',
  },
};
