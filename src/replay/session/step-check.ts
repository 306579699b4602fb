import { formIn } from '../../html/find-form.js';
import type { Page } from '../../html/page.js';
import type { StepExpectation } from '../../model/session-options.js';
import { fitsCookie } from './cookie-jar.js';
import { type Came, isAnswered, type PageAnswer, type Visitor } from './visitor.js';

/** What a step got, and how to see more of it. */
export interface StepAnswers {
  readonly answers: readonly Came[];
  /** What the last of them redirects to. */
  readonly follow: () => Promise<readonly Came[]>;
}

/** What is expected of a step and did not come; `undefined` where all is well. */
export async function missingIn(
  { status, cookie, text }: StepExpectation,
  { answers, follow }: StepAnswers,
  visitor: Visitor,
): Promise<string | undefined> {
  const allowed = typeof status === 'number' ? [status] : status;
  if (allowed === undefined && (statusOf(answers.at(-1)) ?? 0) >= 400) return 'a status below 400';
  if (allowed !== undefined && !(await fits(answers, follow, (came) => allowed.includes(came.status))))
    return `status ${allowed.join(' or ')}`;
  if (cookie !== undefined && !visitor.cookies.has(cookie)) return missingCookie(cookie, answers);
  if (text !== undefined && !(await fits(answers, follow, (came) => came.body.includes(text))))
    return `the text ${JSON.stringify(text)}`;
  return undefined;
}

/** Where it came, and is not kept, that is what to tell. */
function missingCookie(cookie: string, answers: readonly Came[]): string {
  const set = answers.filter(isAnswered).flatMap(({ headers }) => headers);
  const came = set.some(
    ([name, value]) => name.toLowerCase() === 'set-cookie' && fitsCookie(value.split('=')[0] ?? '', cookie),
  );
  return `a cookie "${cookie}"${came ? ' that is kept (it came for another host, or with Secure over http)' : ''}`;
}

/** Whether one of the answers fits or, where none does, one that they lead to. */
async function fits(
  answers: readonly Came[],
  follow: () => Promise<readonly Came[]>,
  isRight: (came: PageAnswer) => boolean,
): Promise<boolean> {
  const test = (came: Came) => isAnswered(came) && isRight(came);
  return answers.some(test) || (await follow()).some(test);
}

function statusOf(came: Came | undefined): number | undefined {
  return came !== undefined && isAnswered(came) ? came.status : undefined;
}

/** Whether a page asks for a password in the form that was just submitted: how a login that failed looks, whatever its status. */
export function asksAgain(page: Page, selector: string): boolean {
  return formIn(page, selector)?.controls.some(({ kind }) => kind === 'password') === true;
}
