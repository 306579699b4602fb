import type { Affected, LogFile, LoggedCause, LogsSummary } from '../../model/logs.js';
import { displayWidth, fitWidth, padWidth } from '../../util/display-width.js';
import { groupBy } from '../../util/group-by.js';
import { printable } from '../../util/printable.js';
import { formatCount, plural } from '../run-texts.js';
import { colourStyle, plainStyle, type TerminalCanvas, type TerminalStyle } from './style.js';

const defaultWidth = 100;
const narrowest = 60;
const mostFiles = 6;

/** How the text is to look. */
export interface LogsTextOptions {
  readonly colours: boolean;
  /** Columns of the terminal. */
  readonly width?: number;
}

/** What logs tell, for a person at a terminal. Nothing of a log reaches the terminal unescaped. */
export function renderLogs(summary: LogsSummary, { colours, width = defaultWidth }: LogsTextOptions): string {
  const canvas = { width: Math.max(narrowest, width), style: colours ? colourStyle : plainStyle };
  const sections = [
    fileLines(summary.files, canvas),
    countLines(summary, canvas.style),
    causeLines('What was refused, by rule, field and endpoint', summary.refused, summary.moreRefused, canvas),
    causeLines('What passed though rules matched', summary.passed, summary.morePassed, canvas),
    scoreLines(summary, canvas.style),
    affectedLines(summary, canvas),
    noteLines(summary, canvas.style),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function fileLines(files: readonly LogFile[], canvas: TerminalCanvas): readonly string[] {
  const known = files.filter(({ seen, formats }) => seen === undefined || formats.length > 0);
  const unknown = files.length - known.length;
  const shown = known.slice(0, mostFiles).map((file) => fileLine(file, canvas));
  return [
    ...shown,
    ...(known.length > mostFiles ? [canvas.style.faint(`… and ${plural(known.length - mostFiles, 'more file')}`)] : []),
    ...(unknown > 0
      ? [canvas.style.faint(`${plural(unknown, 'file')} that ${unknown === 1 ? 'is' : 'are'} no log of a WAF`)]
      : []),
  ];
}

function fileLine({ file, formats, bytes, problem }: LogFile, { style, width }: TerminalCanvas): string {
  const name = file === '-' ? 'standard input' : printable(file);
  const told = [`${formatBytes(bytes)}`, ...formats].join(', ');
  const line = `${style.strong(fitWidth(name, Math.max(20, width - displayWidth(told) - 2)))}  ${style.faint(printable(told))}`;
  return problem === undefined ? line : `${line}\n  ${style.bad(printable(`not read to its end: ${problem}`))}`;
}

function formatBytes(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB'];
  const step = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)));
  return `${(bytes / 1000 ** step).toFixed(step === 0 || bytes >= 100 * 1000 ** step ? 0 : 1)} ${units[step]}`;
}

function countLines(summary: LogsSummary, style: TerminalStyle): readonly string[] {
  const { transactions, actions, nearMisses, blockedBy } = summary;
  const kinds = blockedBy
    .map(({ kind, transactions: count }) => `${kindTexts[kind] ?? kind} ${formatCount(count)}`)
    .join(', ');
  const rows: readonly (readonly [number, string, string, (text: string) => string])[] = [
    [actions.blocked, 'blocked', kinds, style.bad],
    [
      actions['would-block'],
      'would be blocked',
      actions.blocked === 0 ? kinds : 'the engine only detects',
      style.doubtful,
    ],
    [
      actions.passed,
      'passed',
      nearMisses === 0 ? '' : `rules matched in ${formatCount(nearMisses)} of them`,
      style.good,
    ],
  ];
  const shown = rows.filter(([count]) => count > 0);
  const digits = Math.max(...shown.map(([count]) => formatCount(count).length));
  const labels = Math.max(...shown.map(([, label]) => label.length));
  return [
    style.strong(`${plural(transactions, 'transaction')}${span(summary)}`),
    ...shown.map(([count, label, note, paint]) => {
      const counted = paint(`${formatCount(count).padStart(digits)}  ${label.padEnd(labels)}`);
      return `  ${counted}  ${style.faint(note)}`.trimEnd();
    }),
  ];
}

/** What refused, in words for people. */
const kindTexts: Readonly<Record<string, string>> = {
  inbound: 'by the score of the request',
  outbound: 'by the score of the answer',
  'body-parser': 'body that could not be read',
  rule: 'by a rule of its own',
  'managed-rule': 'by a managed rule',
  rate: 'by a limit of requests',
  bot: 'taken for a bot',
  ip: 'by the address of the client',
  geo: 'by the country of the client',
  challenge: 'by a challenge',
  captcha: 'by a CAPTCHA',
  'default-action': 'because no rule allowed it',
  unknown: 'the log does not say by what',
};

function span({ firstAt, lastAt }: Pick<LogsSummary, 'firstAt' | 'lastAt'>): string {
  if (firstAt === undefined || lastAt === undefined) return '';
  return firstAt === lastAt ? ` at ${instant(firstAt)} UTC` : ` from ${instant(firstAt)} to ${instant(lastAt)} UTC`;
}

/** `2026-11-22 20:59:52` */
function instant(at: string): string {
  return at.slice(0, 19).replace('T', ' ');
}

function causeLines(
  title: string,
  causes: readonly LoggedCause[],
  more: number,
  canvas: TerminalCanvas,
): readonly string[] {
  if (causes.length === 0) return [];
  const widths = widthsOf(causes, canvas.width);
  return [
    canvas.style.strong(title),
    ...[...groupBy(causes, ({ ruleId, message }) => `${ruleId ?? ''} ${message}`.trim())].flatMap(([rule, group]) => [
      `  ${fitWidth(printable(rule), canvas.width - 2)}`,
      ...group.map((cause) => causeLine(cause, widths, canvas.style)),
    ]),
    ...(more > 0 ? [canvas.style.faint(`  … and ${formatCount(more)} more (--top)`)] : []),
  ];
}

type Widths = Readonly<Record<'variable' | 'endpoint' | 'count' | 'time', number>>;

function widthsOf(causes: readonly LoggedCause[], width: number): Widths {
  const widest = (texts: readonly string[]) => Math.max(...texts.map(displayWidth));
  const count = widest(causes.map(({ transactions }) => formatCount(transactions)));
  const time = widest(causes.map(lastSeen));
  const room = width - 4 - count - time - 6;
  const [variables, endpoints] = [widest(causes.map(variableOf)), widest(causes.map(endpointOf))];
  const variable = Math.min(variables, Math.max(Math.floor(room / 2), room - endpoints));
  return { variable, endpoint: Math.max(1, Math.min(endpoints, room - variable)), count, time };
}

function causeLine(cause: LoggedCause, { variable, endpoint, count, time }: Widths, style: TerminalStyle): string {
  const cells = [
    padWidth(fitWidth(variableOf(cause), variable), variable),
    padWidth(fitWidth(endpointOf(cause), endpoint), endpoint),
    formatCount(cause.transactions).padStart(count),
  ];
  return `    ${cells.join('  ')}  ${style.faint(lastSeen(cause).padEnd(time))}`.trimEnd();
}

function variableOf({ variable }: LoggedCause): string {
  return printable(variable ?? '-');
}

function endpointOf({ method, path }: LoggedCause): string {
  return printable([method, path].filter((part) => part !== undefined).join(' ') || '-');
}

/** First and last time, to the minute. */
function lastSeen({ firstAt, lastAt }: LoggedCause): string {
  if (firstAt === undefined || lastAt === undefined) return '';
  const [first, last] = [instant(firstAt).slice(0, 16), instant(lastAt).slice(0, 16)];
  if (first === last) return last;
  return first.slice(0, 10) === last.slice(0, 10) ? `${first}–${last.slice(11)}` : `${first} – ${last}`;
}

function scoreLines({ scores, threshold }: LogsSummary, style: TerminalStyle): readonly string[] {
  const total = scores.reduce((sum, { transactions }) => sum + transactions, 0);
  const [lowest, highest] = [scores[0], scores.at(-1)];
  if (lowest === undefined || highest === undefined) return [];
  let before = 0;
  const median = scores.find(({ transactions }) => {
    before += transactions;
    return 2 * before >= total;
  });
  const range =
    lowest === highest
      ? `${lowest.score}`
      : `${lowest.score} to ${highest.score}, half of them at most ${median?.score}`;
  const limit = threshold === undefined ? '' : `; the threshold is ${threshold}`;
  return [`${style.strong('Scores of what was refused:')} ${range}${limit}`];
}

function affectedLines({ clients, userAgents }: LogsSummary, canvas: TerminalCanvas): readonly string[] {
  if (clients.count === 0) return [];
  const { style } = canvas;
  const share =
    clients.count === 1 ? '' : `; the one refused most has ${Math.round(100 * clients.largestShare)} % of it`;
  const agents = userAgents.count === 0 ? '' : ` with ${countOf(userAgents, 'user agent')}`;
  const hint = clients.named.length === 0 ? style.faint(' (--clients names them)') : '';
  return [
    `${style.strong('Who was refused:')} ${countOf(clients, 'client')}${agents}${share}${hint}`,
    ...[...clients.named, ...userAgents.named].map(
      ({ name, transactions }) =>
        `  ${formatCount(transactions).padStart(7)}  ${fitWidth(printable(name), canvas.width - 11)}`,
    ),
  ];
}

function countOf({ count, isMore }: Affected, noun: string): string {
  return isMore ? `more than ${plural(count, noun)}` : plural(count, noun);
}

function noteLines({ undated, isRough, isEarly }: LogsSummary, style: TerminalStyle): readonly string[] {
  return [
    ...(undated > 0 ? [`${plural(undated, 'transaction')} without a time`] : []),
    ...(isRough ? ['There are so many different paths, names or clients that rare ones were not counted.'] : []),
    ...(isEarly ? ['Ended before all was read.'] : []),
  ].map(style.doubtful);
}
