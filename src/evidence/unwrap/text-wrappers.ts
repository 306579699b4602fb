import { colours, withoutColours } from './colours.js';
import type { InnerLine, Unwrapped, Wrapper } from './wrapper.js';
import { isoDate, monthDate, wrapperTime } from './wrapper-time.js';

/** So much of a line is looked at for what stands before the inner one. */
const longestPrefix = 512;

/** A wrapper that writes text before each line. */
interface Prefix {
  readonly wrapper: string;
  readonly certainty: Wrapper['certainty'];
  /** What stands before the line; groups: `origin`, `time`, `part`. */
  readonly pattern: RegExp;
  /** What may stand after it. */
  readonly after?: RegExp;
}

/** A name of Kubernetes: `ingress-nginx-controller-686476758-w5978`; a time is none. */
const name = '(?=[\\w.-]{0,253}[a-z])[a-z0-9][\\w.-]{0,252}';
/** A program as syslog names it, perhaps with its process: `apache2[9]`. */
const tag = '[\\w./@()-]{1,128}(?:\\[\\d+\\])?';
const host = '[\\w.:/@-]{0,254}[\\w/-]';
const structuredData = '(?:-|(?:\\[[^ \\]="]{1,64}(?: [^ =\\]"]{1,64}="(?:[^"\\\\]|\\\\.)*")*\\])+)';

/** Those that are told apart by the beginning of a line, the more telling ones first. */
const prefixes: readonly Prefix[] = [
  // [pod/ingress-nginx-controller-686476758-w5978/controller] …
  { wrapper: 'kubectl logs --prefix', certainty: 'sure', pattern: /^\[(?<origin>pod\/[^\s\]/]+\/[^\s\]]+)\] ?/ },
  // 2016-10-06T00:17:09.669794202Z stdout P …
  {
    wrapper: 'the container runtime (CRI)',
    certainty: 'sure',
    pattern: new RegExp(`^(?<time>${isoDate}) (?<origin>stdout|stderr) (?:F|(?<part>P))(?::[^ ]*)?(?: |$)`),
  },
  // <165>1 2026-11-22T20:59:52.003Z web1 nginx 8710 - [a@1 b="c"] …
  {
    wrapper: 'syslog (RFC 5424)',
    certainty: 'sure',
    pattern: new RegExp(
      `^(?:(?:\\d{1,6} )?<\\d{1,3}>)?1 (?<time>-|${isoDate}) (?<origin>\\S{1,255} \\S{1,48}) \\S{1,128} \\S{1,32} ${structuredData}(?: (?:\\xef\\xbb\\xbf)?|$)`,
    ),
  },
  // <187>Nov 22 20:59:52 web1 nginx: … · 2026-11-22T20:59:52.129+00:00 web1 apache2[9]: … · journalctl's short formats
  {
    wrapper: 'syslog',
    certainty: 'sure',
    pattern: new RegExp(
      `^(?:<\\d{1,3}>)?(?<time>${monthDate}|(?:[A-Z][a-z]{2} )?${isoDate}(?: [A-Z]{2,5}(?= ))?|\\d{9,10}\\.\\d{3,6}|\\[ *\\d{1,9}\\.\\d{6}\\]) (?<origin>(?:${host} )?${tag}):(?: |$)`,
    ),
  },
  // [2026-11-22 20:59:52.003][26][info][wasm] [source/context.cc:1151] wasm log coraza vm: … · the same with tabs, and thread=26 behind
  {
    wrapper: 'Envoy',
    certainty: 'sure',
    pattern: new RegExp(
      `^(?:(?:\\[?(?<time>${isoDate})[\\]\\t ]|\\[)[^"{]{0,300})?\\bwasm log\\b[^"{]{0,200}: (?=\\{"|\\[client ")`,
    ),
    after: /\tthread=\d{1,9}$/,
  },
  // 2026-11-22T20:59:52Z {app="nginx", pod="web-1"} …
  {
    wrapper: 'logcli',
    certainty: 'sure',
    pattern: new RegExp(`^(?<time>${isoDate}) (?<origin>\\{(?:[^"}]|"(?:[^"\\\\]|\\\\.){0,200}"){0,300}\\}) +`),
  },
  // EVENTS	1795413188332	…	1795413188300
  {
    wrapper: 'aws logs --output text',
    certainty: 'sure',
    pattern: /^EVENTS\t(?:\d{13}\t|\d{30,60}\t\d{13}\t(?<origin>[^\t]{1,400})\t)/,
    after: /\t\d{13}$/,
  },
  // 2026-11-22T20:59:52.129321194Z …
  {
    wrapper: 'a log with time stamps before its lines',
    certainty: 'sure',
    pattern: /^(?<time>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3,9}(?:Z|[+-]\d\d:?\d\d)) /,
  },
  // journalctl -o verbose
  { wrapper: 'journalctl -o verbose', certainty: 'unsure', pattern: /^ {4}MESSAGE=/ },
  // web-1  | … · 10:15:04 web.1 | …
  {
    wrapper: 'docker compose',
    certainty: 'unsure',
    pattern: new RegExp(
      `^${colours}(?:\\d\\d:\\d\\d:\\d\\d )?(?<origin>[\\w.-]{1,255}) *${colours}\\|${colours} ${colours}`,
    ),
  },
  // pod container … · pod › container … · [pod container] … · namespace pod container …
  ...[
    `(?<origin>${name}${colours} ${colours}${name}${colours} ${colours}${name})`,
    `(?<origin>${name}${colours} ${colours}(?:\\xe2\\x80\\xba )?${name})`,
    `\\[(?<origin>${name}[ /]${name})\\]`,
    `\\[?(?<origin>${name})\\]?`,
    `(?<origin>${name}/${name}\\[${name}\\]):`,
    `(?<origin>${name}/${name}):?`,
  ].map(
    (names): Prefix => ({
      wrapper: 'stern',
      certainty: 'unsure',
      pattern: new RegExp(`^${colours}${names}${colours} ${colours}`),
    }),
  ),
  // 2026-11-22T20:59:52+00:00 …
  {
    wrapper: 'a log with time stamps before its lines',
    certainty: 'unsure',
    pattern: new RegExp(`^(?<time>${isoDate})[ \\t]`),
  },
  // 2026-11-22T20:59:52.129000+00:00 app/nginx/7f3c2e …
  {
    wrapper: 'aws logs tail',
    certainty: 'unsure',
    pattern: new RegExp(`^${colours}(?<time>${isoDate})${colours} ${colours}(?<origin>\\S{1,255})${colours} `),
  },
];

/** Wrappers of which each line is text, and then a line of another log. */
export const textWrappers: readonly Wrapper[] = prefixes.map(({ wrapper, certainty, pattern, after }) => ({
  certainty,
  unwrap: (bytes, start, end) => {
    const head = bytes.toString('latin1', start, Math.min(end, start + longestPrefix));
    const found = pattern.exec(head);
    const till = found === null || after === undefined ? end : withoutEnd(bytes, start, end, after);
    return found === null ? undefined : unwrapped(wrapper, found, bytes.subarray(start + found[0].length, till));
  },
}));

const longestEnd = 64;

function withoutEnd(bytes: Buffer, start: number, end: number, after: RegExp): number {
  const tail = bytes.toString('latin1', Math.max(start, end - longestEnd), end);
  return end - (after.exec(tail)?.[0].length ?? 0);
}

function unwrapped(wrapper: string, { 0: prefix, groups = {} }: RegExpExecArray, rest: Buffer): Unwrapped {
  const { origin = '', time, part } = groups;
  const bytes = prefix.includes('\x1b') ? withoutColours(rest) : rest;
  const line: InnerLine = {
    origin,
    bytes: time === undefined ? bytes : withoutTimes(bytes),
    isPart: part !== undefined,
    at: () => wrapperTime(time),
  };
  return { wrapper: `lines of ${wrapper}`, lines: [line] };
}

/** Docker cuts what it takes from a container after so many bytes, and writes a time before each part. */
const partLength = 16_384;
const timeBetween = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z /;

function withoutTimes(bytes: Buffer): Buffer {
  if (bytes.length <= partLength) return bytes;
  const parts: Buffer[] = [];
  let from = 0;
  for (let end = partLength; end < bytes.length; end = from + partLength) {
    const time = timeBetween.exec(bytes.toString('latin1', end, end + 40));
    if (time === null) break;
    parts.push(bytes.subarray(from, end));
    from = end + time[0].length;
  }
  return parts.length === 0 ? bytes : Buffer.concat([...parts, bytes.subarray(from)]);
}
