import { header, json, status } from '../../sign.js';
import type { System } from '../../system.js';

export const mediawikiSystem: System = {
  id: 'mediawiki',
  name: 'MediaWiki',
  layer: 'application',
  source: 'https://www.mediawiki.org/wiki/API:Errors_and_warnings',
  rides: [header('mediawiki-api-error')],
  refusals: [
    {
      id: 'badtoken',
      by: 'header',
      all: [header('mediawiki-api-error', /^(?:badtoken|notoken|invalidtoken)$/)],
      cause: 'csrf',
      grade: 'proved',
      says: 'the API says that the edit token is missing or wrong',
    },
    {
      id: 'blocked',
      by: 'header',
      all: [header('mediawiki-api-error', /^(?:blocked|autoblocked|globalblocking\S{0,40}|rangeblocked)$/)],
      cause: 'ip-denied',
      grade: 'proved',
      says: 'the API says that the user or the address is blocked',
    },
    {
      id: 'ratelimited',
      by: 'header',
      all: [header('mediawiki-api-error', /^(?:ratelimited|maxlag|actionthrottledtext)$/)],
      cause: 'rate-limited',
      grade: 'proved',
      says: 'the API limits requests',
    },
    {
      id: 'denied',
      by: 'header',
      all: [
        header(
          'mediawiki-api-error',
          /^(?:permissiondenied|readapidenied|writeapidenied|protectedpage|cantcreate|customcssprotected|\S{1,40}-?denied)$/,
        ),
      ],
      cause: 'not-authorized',
      grade: 'proved',
      says: 'the API says that the user may not do this',
    },
    {
      id: 'login',
      by: 'header',
      all: [
        header(
          'mediawiki-api-error',
          /^(?:assertuserfailed|assertbotfailed|assertnameduserfailed|mustbeloggedin\S{0,20}|notloggedin)$/,
        ),
      ],
      cause: 'authentication-required',
      grade: 'proved',
      says: 'the API says that nobody is logged in',
    },
    {
      id: 'readonly',
      by: 'header',
      all: [header('mediawiki-api-error', 'readonly')],
      cause: 'maintenance',
      grade: 'proved',
      says: 'the wiki is read-only for now',
    },
    {
      id: 'spam',
      by: 'header',
      all: [
        header(
          'mediawiki-api-error',
          /^(?:spamblacklist|spamdetected|titleblacklist-forbidden\S{0,20}|abusefilter-\S{1,40}|captcha\S{0,20})$/,
        ),
      ],
      cause: 'content-denied',
      grade: 'proved',
      says: 'a filter of the wiki refuses the content',
    },
    {
      id: 'code-token',
      by: 'code',
      all: [json('error.code', 'badtoken'), json('error.info')],
      cause: 'csrf',
      grade: 'proved',
      says: 'the API says that the edit token is missing or wrong',
    },
    {
      id: 'code-denied',
      by: 'code',
      all: [json('error.code', /^(?:permissiondenied|readapidenied|protectedpage)$/), json('error.info')],
      cause: 'not-authorized',
      grade: 'proved',
      says: 'the API says that the user may not do this',
    },
    {
      id: 'rest',
      by: 'code',
      all: [status(403), json('errorKey', /^rest-/), json('httpCode', '403')],
      cause: 'not-authorized',
      grade: 'proved',
      says: 'the REST API says that the user may not do this',
    },
    {
      id: 'rest-401',
      by: 'code',
      all: [status(401), json('errorKey', /^rest-/), json('httpCode', '401')],
      cause: 'authentication-required',
      grade: 'proved',
      says: 'the REST API says that nobody is logged in',
    },
    {
      id: 'rest-token',
      by: 'code',
      all: [status(400, 403), json('errorKey', /^rest-badtoken/)],
      cause: 'csrf',
      grade: 'proved',
      says: 'the REST API says that the token is missing or wrong',
    },
  ],
  fixes: {
    csrf: 'give the suite a session: GET api.php?action=query&meta=tokens&type=csrf with the cookie of the login, and send its csrftoken in `token` of the POST',
    'ip-denied':
      'Special:BlockList shows reason and end of the block: have the account of the tests exempted from it, or use one with ipblock-exempt',
    'rate-limited':
      'give the account of the tests the noratelimit right ($wgRateLimits), or slow the run down (--rate)',
    'not-authorized':
      'Special:ListGroupRights names the right: give the account a group that has it, and send the request again',
    'authentication-required':
      'log in first by action=login with a bot password (Special:BotPasswords), and keep the cookies',
    maintenance: '$wgReadOnly or a lock of the database: run the suite when it is over',
    'content-denied':
      'Special:AbuseLog or MediaWiki:Spam-blacklist names the filter: choose other content for the case, or except the account from that filter',
  },
};
