import type { ElementHandle, Page } from 'playwright-core';
import type { Part } from '../../model/request.js';
import { fillForm } from './fill-form.js';

/** How long an answer is waited for, in milliseconds. */
const patience = 30_000;

/** What tells a form from the others of its page. */
export interface FormMark {
  /** Its attribute, as it is written. */
  readonly action: string;
  /** Of its fields, in their order. */
  readonly names: readonly string[];
}

/**
 * Fills in a form of the page that is open and presses its button, as a user would.
 * @returns why it could not be, if so
 */
export async function submitFormOf(page: Page, mark: FormMark, fields: readonly Part[]): Promise<string | undefined> {
  try {
    const form = await findMarked(page, mark);
    if (form === undefined) return 'it is gone from the page';
    const filled = await fillForm(form, { fields, without: [] }, 'the form');
    if (filled.kind === 'not-done') return `${filled.expected} is missing: ${filled.came}`;
    const answered = page.waitForResponse((answer) => answer.request().method() === 'POST', { timeout: patience });
    answered.catch(() => undefined);
    const pressed = filled.button?.click({ timeout: patience }) ?? form.evaluate(submit);
    await Promise.all([answered, pressed]);
    await page.waitForLoadState('domcontentloaded', { timeout: patience });
    return undefined;
  } catch {
    return 'it could not be filled in and sent';
  }
}

function submit(form: unknown): void {
  (form as { requestSubmit(): void }).requestSubmit();
}

/** The very form that was looked at: a page may have others by now, and some that its text does not show. */
async function findMarked(page: Page, { action, names }: FormMark): Promise<ElementHandle | undefined> {
  const found = await page.evaluateHandle(`((action, names) => {
    const attribute = (element, name) => (Element.prototype.getAttribute.call(element, name) || '').trim();
    const elements = Object.getOwnPropertyDescriptor(HTMLFormElement.prototype, 'elements').get;
    const isIt = (form) => {
      const own = [...elements.call(form)].map((field) => attribute(field, 'name')).filter((name) => name !== '');
      return attribute(form, 'action') === action && own.join('\\n') === names;
    };
    const look = (root) => {
      for (const element of root.querySelectorAll('*')) {
        const found = element instanceof HTMLFormElement && isIt(element) ? element : element.shadowRoot && look(element.shadowRoot);
        if (found) return found;
      }
      return null;
    };
    return look(document);
  })(${JSON.stringify(action)}, ${JSON.stringify(names.join('\n'))})`);
  return found.asElement() ?? undefined;
}
