import type { Secret } from '../../model/case.js';
import { fail, type WafproofError } from '../../model/error.js';
import type { Place } from '../../model/place.js';
import type { SessionStep } from '../../model/session-options.js';
import { printable } from '../../util/printable.js';
import { type Came, isAnswered, type Visitor } from './visitor.js';

/** A step in the words of the config: `get /login`, `submit form#login`. */
export function describeStep(step: SessionStep): string {
  if ('get' in step) return `get ${step.get}`;
  return 'post' in step ? `post ${step.post}` : `submit ${step.submit}`;
}

/** What an answer was, as far as it may be told. */
export function describeCame(came: Came | undefined, visitor: Visitor): string {
  if (came === undefined) return 'no page is open';
  if (!isAnswered(came)) return `no answer came: ${came.reason}`;
  const location = came.headers.find(([name]) => name.toLowerCase() === 'location')?.[1];
  const title = location === undefined ? visitor.pageOf(came).title : '';
  const to = location === undefined ? '' : ` to ${location.replace(/[?#].*$/s, '')}`;
  const of = new URL(came.url).pathname;
  return `status ${came.status}${to} came from ${of}${title === '' ? '' : `, titled "${title}"`} (request ${came.id})`;
}

/** A text of an answer, without what must not be told. */
export function withoutSecrets(text: string, secrets: readonly Secret[]): string {
  const hidden = secrets.filter(({ value }) => value !== '');
  return printable(hidden.reduce((shown, { name, value }) => shown.replaceAll(value, `[${name}]`), text));
}

export function sessionFailed(reason: string, place?: Place): WafproofError {
  return fail('SESSION_FAILED', { reason }, place === undefined ? {} : { place });
}
