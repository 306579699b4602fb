import type { Asked, CheckOutcome, Observations } from '../../contract/check.js';
import type { FailureReason, Outcome } from '../../model/exchange.js';
import { certificateCure } from '../../replay/trust.js';
import { failed, ok, skipped, warning } from './outcomes.js';

const fixes: Readonly<Partial<Record<FailureReason, string>>> = {
  'connection-refused': 'start the server, or correct host and port of the URL',
  'connection-reset': 'check that the URL has the right scheme and port, and that no firewall closes the connection',
  'name-not-found': 'correct the host of the URL, or make its name known to this machine',
  timeout: 'check that this machine may reach the server, or raise --timeout',
};

/** Whether there is an answer to a plain GET, and not one that leads elsewhere. */
export function checkReachable({ target, benign, proxy }: Observations): CheckOutcome {
  const { outcome, durationMs } = benign.exchange;
  if (outcome.kind === 'failed') {
    return failed(`${target.url}${through(proxy)} gives no answer: ${outcome.message}`, fixFor(outcome, proxy));
  }
  const elsewhere = redirection(outcome, target.url);
  const answered = `${target.url}${through(proxy)} answered ${outcome.status} in ${Math.round(durationMs)} ms`;
  if (proxy !== undefined && outcome.status === 407)
    return failed(answered, `put user and password into ${proxy.variable} (http://user:password@host:port)`);
  return elsewhere === undefined
    ? ok(answered)
    : warning(`${answered} and leads to ${elsewhere}, where cases would not follow`, `use ${elsewhere} as the target`);
}

/** A proxy changes requests and answers on their way, and may refuse them itself. */
function through(proxy: Observations['proxy']): string {
  return proxy === undefined ? '' : `, through the proxy ${proxy.origin} that ${proxy.variable} names,`;
}

function fixFor({ reason, message }: Extract<Outcome, { kind: 'failed' }>, proxy: Observations['proxy']): string {
  if (reason === 'tls') return certificateCure(message);
  const fix = fixes[reason] ?? 'check the URL, and that the server is up';
  return proxy === undefined ? fix : `check the proxy, or put the host of the target into NO_PROXY; else ${fix}`;
}

/** The origin to which an answer leads, if it is not the one that was asked. */
function redirection({ status, headers }: Answer, url: string): string | undefined {
  const location = headerOf(headers, 'location');
  if (status < 300 || status > 399 || location === undefined || !URL.canParse(location, url)) return undefined;
  const { origin } = new URL(location, url);
  return origin === new URL(url).origin ? undefined : origin;
}

type Answer = Extract<Outcome, { kind: 'answered' }>;

/** `Date` has whole seconds, and an answer takes its time. */
const toleratedSeconds = 5;

/** How far the clocks of the target are from ours: of its server, and of what writes its log. */
export function checkClock({ benign }: Observations): CheckOutcome {
  const clocks = [
    { whose: "the target's clock", seconds: serverSkew(benign) },
    { whose: "the log's clock", seconds: logSkew(benign) },
  ].filter(({ seconds }) => !Number.isNaN(seconds));
  if (clocks.length === 0) return skipped('neither answer nor log tells the time');
  const wrong = clocks.filter(({ seconds }) => Math.abs(seconds) > toleratedSeconds);
  if (wrong.length === 0)
    return ok(`${clocks.map(({ whose }) => whose).join(' and ')}: within ${toleratedSeconds} s of this one`);
  const skews = wrong.map(
    ({ whose, seconds }) => `${whose} is ${Math.abs(seconds)} s ${seconds > 0 ? 'ahead of' : 'behind'} this one`,
  );
  return warning(
    `${skews.join('; ')}: entries are joined by id, so verdicts hold, but times in report and log differ, and sessions and tokens may expire`,
    'set the clocks by NTP, and the same time zone where only the log is off by hours',
  );
}

/** By the header field `Date` (RFC 9110 section 6.6.1); a cache gives the origin's, and the `Age` since then. */
function serverSkew({ exchange, answeredAt }: Asked): number {
  const headers = exchange.outcome.kind === 'answered' ? exchange.outcome.headers : [];
  const age = Number(headerOf(headers, 'age') ?? 0) || 0;
  return secondsAhead(Date.parse(headerOf(headers, 'date') ?? '') + age * 1000, answeredAt);
}

function logSkew({ joined, answeredAt }: Asked): number {
  return secondsAhead(joined.kind === 'found' ? Date.parse(joined.record.at ?? '') : Number.NaN, answeredAt);
}

function secondsAhead(time: number, answeredAt: Date): number {
  return Math.round((time - answeredAt.getTime()) / 1000);
}

function headerOf(headers: Answer['headers'], name: string): string | undefined {
  return headers.find(([given]) => given.toLowerCase() === name)?.[1];
}
