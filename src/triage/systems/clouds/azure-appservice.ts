import { body, header, heading, markup, phrase, status, title } from '../../sign.js';
import type { System } from '../../system.js';

export const azureAppserviceSystem: System = {
  id: 'azure-appservice',
  name: 'Azure App Service',
  layer: 'gateway',
  source: 'https://github.com/microsoft/clarity/issues/1133',
  rides: [header('set-cookie', /^ARRAffinity/), header('x-ms-forbidden-ip')],
  refusals: [
    {
      id: 'ip',
      by: 'header',
      all: [status(403), header('x-ms-forbidden-ip')],
      cause: 'ip-denied',
      grade: 'proved',
      says: 'the access restrictions of the app refuse it; the header echoes the address of whoever asks, so it need not be this one address',
      next: 'the access restrictions of the app: is there any rule that lets the public in?',
    },
    {
      id: 'ip-phrase',
      by: 'header',
      all: [status(403), phrase('Ip Forbidden')],
      cause: 'ip-denied',
      grade: 'proved',
      says: 'the access restrictions of the app refuse it',
    },
    {
      id: 'stopped',
      by: 'page',
      all: [
        status(403),
        title(/Web App - Unavailable|Microsoft Azure/),
        heading(/^Error 403 - This web app is stopped\.$/),
      ],
      cause: 'maintenance',
      grade: 'proved',
      says: 'the app is stopped, or over its quota',
      or: ['gateway/quota'],
      fix: 'start the app (`az webapp start`), or raise the quota of its plan',
    },
    {
      id: 'blocked-page',
      by: 'page',
      all: [
        status(403),
        heading(/^Error 403 - Forbidden$/),
        markup('The web app you have attempted to reach has blocked your access.'),
      ],
      cause: 'ip-denied',
      grade: 'proved',
      says: 'the access restrictions of the app refuse it',
    },
    {
      id: 'auth',
      by: 'status',
      all: [status(401), header('www-authenticate', /^Bearer realm=".{1,200}azurewebsites\.net"/)],
      cause: 'authentication-required',
      grade: 'likely',
      says: 'the built-in authentication of App Service asks for a token',
    },
    {
      id: 'unavailable',
      by: 'page',
      all: [
        status(503),
        title(/Service Unavailable|Web App - Unavailable/),
        markup('azure'),
        header('x-ms-request-id'),
      ],
      cause: 'upstream-down',
      grade: 'likely',
      says: 'the app is not running',
    },
    {
      id: 'easyauth',
      by: 'header',
      all: [status(401, 403), header('x-ms-middleware-request-id')],
      cause: 'authentication-required',
      layer: 'gateway',
      grade: 'proved',
      says: 'the authentication of App Service (Easy Auth) stands before the application',
      or: ['gateway/not-authorized'],
    },
    {
      id: 'easyauth-bearer',
      by: 'header',
      all: [
        status(401),
        header('www-authenticate', /authorization_uri="https:\/\/login\.(?:windows\.net|microsoftonline\.com)\//),
      ],
      cause: 'authentication-required',
      layer: 'gateway',
      grade: 'proved',
      says: 'the authentication of App Service asks for a token of Microsoft Entra',
    },
    {
      id: 'functions-key',
      by: 'status',
      all: [status(401), header('request-context', /^appId=cid-v1:/), header('server', /^Kestrel/), body('')],
      cause: 'api-key',
      layer: 'application',
      grade: 'likely',
      says: 'an Azure function wants its key (code or x-functions-key)',
      or: ['application/authentication-required'],
    },
  ],
  fixes: {
    'api-key':
      '`az functionapp function keys list` shows the keys: send one as ?code= or x-functions-key, or set authLevel anonymous for this function',
    'authentication-required':
      'App Service > Authentication (`az webapp auth show`): send a token of the provider in Authorization or X-ZUMO-AUTH, or exclude this path (excludedPaths); then send the request again',
    'upstream-down':
      '`az webapp log tail` shows why the site does not start (WEBSITES_PORT, a crash, stopped): mend it, `az webapp restart`, and send the request again',
    'ip-denied':
      'add the address that Azure sees to the access restrictions of the app, or of its SCM site (`az webapp config access-restriction show`): the header only echoes the caller, so look at the whole list and not at one address',
  },
};
