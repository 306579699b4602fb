import type { Page } from 'playwright-core';
import type { Part } from '../../model/request.js';
import { fillForm } from './fill-form.js';

/** How long an answer is waited for, in milliseconds. */
const patience = 30_000;

/**
 * Fills in a form of the page that is open and presses its button, as a user would.
 * @returns why it could not be, if so
 */
export async function submitFormOf(page: Page, index: number, fields: readonly Part[]): Promise<string | undefined> {
  try {
    const form = await page.locator('form').nth(index).elementHandle({ timeout: patience });
    if (form === null) return 'it is gone from the page';
    const filled = await fillForm(form, { fields, without: [] }, 'the form');
    if (filled.kind === 'not-done') return `${filled.expected} is missing: ${filled.came}`;
    const answered = page.waitForResponse((answer) => answer.request().method() === 'POST', { timeout: patience });
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
