import { parseCorazaMessage } from './coraza-json.js';
import { askedOfNginx, type ErrorDialect, nginxStart, numberOf, uriBefore } from './error-dialects.js';
import { plain } from './escapes.js';
import { logTime, slashTime } from './log-time.js';
import { loggedRequest } from './logged-request.js';

// biome-ignore lint/suspicious/noControlCharactersInRegex: times and levels are coloured
const colour = /(?:\x1b\[[\d;]*m)*/.source;
const date = '\\[?\\d{4}[-/]\\d\\d[-/]\\d\\d[T ][\\d:.,]+(?:Z| ?[+-]\\d\\d:?\\d\\d)?\\]?';
/** zerolog writes `10:42AM` on a terminal, and zap seconds: `1.6687901882256322e+09`. */
const time = `${colour}(?:${date}|\\d{1,2}:\\d\\d(?::\\d\\d)?[AP]M|\\d\\.\\d{1,20}e\\+\\d\\d)${colour}`;
const level = `${colour}\\[?[A-Za-z]{3,8}\\]?${colour}`;
/** Where in the program: `pkg/middlewares/wasm.go:60 > `. */
const caller = `${colour}[\\w./-]{1,200}\\.go:\\d{1,6}${colour} ${colour}>${colour} `;
/** A logger's name: `http.handlers.waf`; Caddy's ends in a tab. */
const logger = '[\\w./-]{1,128}\\t';
/** Of the examples of Coraza: `[logError][warning] `. */
const example = '\\[logError\\]\\[[a-z]{1,16}\\] ';
/** `[26][warning][wasm] [external/envoy/…/context.cc:1151] wasm log root vm: ` of Envoy, with tabs in Istio. */
const envoy = '[^"\\r\\n]{0,300}\\bwasm log\\b[^"\\r\\n]{0,200}: ';

/**
 * Coraza: `[client "127.0.0.1"] Coraza: Warning. … [unique_id "VCvtYYSXPPcWVtClkbf"]`, as it is, or after what the program
 * around it writes: a time, a level (Traefik: `2026-09-02T14:02:51+02:00 ERR [client …`), Caddy on a terminal with tabs and
 * colours: `2026/11/23 08:14:07.019	ESC[34mINFOESC[0m	http.handlers.waf	[client …`, and Envoy with the plugin that is a Wasm
 * module. Other text before it is another program's, and may come from a client.
 */
export const coraza: ErrorDialect = {
  engine: 'coraza',
  start: new RegExp(
    `(?:(?:${time}[ \\t]+)?(?:${level}[ \\t]+)?(?:${caller}|${logger}|${example})?|${envoy})(?=\\[client "[^"]*"\\] Coraza: )`,
    'y',
  ),
  ending: /\[unique_id "[^"\\]*"\]/y,
  at: (start) => slashTime(start) ?? logTime(start),
  connection: () => '',
  read: (words) => parseCorazaMessage(words)[0],
  request: (line, start, idAt) =>
    loggedRequest({
      method: '',
      path: plain(uriBefore(line, idAt)),
      client: clientIn(line, start),
      userAgent: '',
    }),
};

/**
 * The Wasm module in nginx (APISIX, Kong): `2026/11/22 20:59:52 [emerg] 83#83: *831362 [client ""] Coraza: Warning. …
 * [unique_id "VCvtYYSXPPcWVtClkbf"], client: 127.0.0.1, server: _, request: "GET / HTTP/1.1"`.
 */
export const nginxCoraza: ErrorDialect = {
  ...coraza,
  start: new RegExp(`${nginxStart}(?:\\[wasm\\] )?(?=\\[client "[^"]*"\\] Coraza: )`, 'y'),
  ending: /\[unique_id "[^"\\]*"\](?=$|[^"]{0,200}, client: )/y,
  at: slashTime,
  connection: numberOf,
  request: (line, start, idAt) => {
    const { client, path, ...asked } = askedOfNginx(line, idAt);
    return loggedRequest({
      ...asked,
      path: path === '' ? plain(uriBefore(line, idAt)) : path,
      client: client === '' ? clientIn(line, start) : client,
      userAgent: '',
    });
  },
};

function clientIn(line: string, start: string): string {
  return /^\[client "([^"]*)"\]/.exec(line.slice(start.length, start.length + 64))?.[1] ?? '';
}
