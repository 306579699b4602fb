import { capturing } from './capturing.js';
import { ftwFormat } from './ftw/ftw-format.js';
import type { ImportFormat } from './import-format.js';

/** Every format that can be imported, by the name that the command line has for it. */
export const importFormats: ReadonlyMap<string, ImportFormat> = new Map([
  [
    'curl',
    capturing({
      summary:
        'commands of curl, wget and HTTPie in any text, and what browsers copy "as cURL", "as PowerShell" and "as fetch"',
      wanted: 'command of curl, wget, HTTPie or PowerShell, and no call of fetch',
      isRecorded: false,
      capture: async () => (await import('./curl/capture-curl.js')).captureCurl,
    }),
  ],
  [
    'har',
    capturing({
      summary: 'HTTP archives of browsers, Playwright, mitmproxy and others',
      wanted: 'entry in its log',
      isRecorded: true,
      capture: async () => (await import('./har/capture-har.js')).captureHar,
    }),
  ],
  [
    'http',
    capturing({
      summary: '.http and .rest files of editors',
      wanted: 'request line, such as "POST https://shop.test/a"',
      isRecorded: false,
      capture: async () => (await import('./http/capture-http.js')).captureHttp,
    }),
  ],
  [
    'postman',
    capturing({
      summary: 'collections of Postman, 2.0 and 2.1',
      wanted: 'request in its items',
      isRecorded: false,
      capture: async () => (await import('./postman/capture-postman.js')).capturePostman,
    }),
  ],
  [
    'insomnia',
    capturing({
      summary: 'exports of Insomnia, 4 and 5',
      wanted: 'HTTP request',
      isRecorded: false,
      capture: async () => (await import('./insomnia/capture-insomnia.js')).captureInsomnia,
    }),
  ],
  [
    'openapi',
    capturing({
      summary: 'descriptions of APIs, OpenAPI 2, 3.0 and 3.1',
      wanted: 'operation below "paths"',
      isRecorded: false,
      isMadeUp: true,
      capture: async () => (await import('./openapi/capture-openapi.js')).captureOpenapi,
    }),
  ],
  [
    'access-log',
    capturing({
      summary: 'access logs of servers and load balancers, their queries alone',
      wanted: 'line of an access log',
      isRecorded: true,
      isLog: true,
      capture: async () => (await import('./access-log/capture-access-log.js')).captureAccessLog,
    }),
  ],
  ['ftw', ftwFormat],
]);
