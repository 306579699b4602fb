import type { Secret } from '../../model/case.js';
import { fail, type WafproofError } from '../../model/error.js';
import type { Place } from '../../model/place.js';
import type { SessionStep } from '../../model/session-options.js';
import { printable } from '../../util/printable.js';
import { pageBytes } from './site.js';
import { type Came, isAnswered, type Visitor } from './visitor.js';

/** A step in the words of the config: `get /login`, `submit form#login`. */
export function describeStep(step: SessionStep): string {
  if ('get' in step) return `get ${step.get}`;
  return 'post' in step ? `post ${step.post}` : `submit ${step.submit}`;
}

/** What an answer was, as far as it may be told. */
export function describeCame(came: Came | undefined, visitor: Visitor): string {
  if (came === undefined) return 'no page is open';
  if (!isAnswered(came)) return `no answer came from ${new URL(came.url).pathname}: ${came.reason}`;
  const location = came.headers.find(([name]) => name.toLowerCase() === 'location')?.[1];
  const title = location === undefined ? visitor.pageOf(came).title : '';
  const to = location === undefined ? '' : ` to ${location.replace(/[?#].*$/s, '')}`;
  const of = new URL(came.url).pathname;
  const cut = came.isCut ? `; only the start of its body was looked at, at most ${pageBytes / 1024 / 1024} MiB` : '';
  return `status ${came.status}${to} came from ${of}${title === '' ? '' : `, titled "${title}"`} (request ${came.id})${cut}`;
}

/** A text of an answer, without what must not be told. */
export function withoutSecrets(text: string, secrets: readonly Secret[]): string {
  return printable(
    secrets.reduce(
      (shown, secret) => spellings(secret).reduce((told, one) => without(told, one, secret.name), shown),
      text,
    ),
  );
}

/** As it is, and as it stands in an address. */
function spellings({ value }: Secret): readonly string[] {
  const inForm = new URLSearchParams([['', value]]).toString().slice(1);
  return [...new Set([value, encodeURIComponent(value.toWellFormed()), inForm])].filter((one) => one !== '');
}

/** A text that ends in a quote may have been cut there: the start of a secret tells on it, too. */
const shortestStart = 5;

function without(text: string, secret: string, name: string): string {
  let shown = text.replaceAll(secret, `[${name}]`);
  for (
    let length = secret.length - 1;
    length >= shortestStart && shown.includes(secret.slice(0, shortestStart));
    length--
  )
    shown = shown.replaceAll(`${secret.slice(0, length)}"`, `[${name}]"`);
  return shown;
}

export function sessionFailed(reason: string, place?: Place): WafproofError {
  return fail('SESSION_FAILED', { reason }, place === undefined ? {} : { place });
}
