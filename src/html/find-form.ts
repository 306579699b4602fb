import { parseSelector } from '../util/css-selector.js';
import { type PageForm, readForm } from './form-controls.js';
import { type Page, select } from './page.js';

/** The form that a selector means: the element itself, or the form around it. */
export function formIn(page: Page, selector: string): PageForm | undefined {
  const chosen = parseSelector(selector);
  let found = chosen && select(page, chosen);
  while (found !== undefined && found.tag !== 'form') found = found.parent;
  return found && readForm(found, page);
}

/** The form that a selector means; without one the first that posts, else the first. */
export function formFor(page: Page, selector: string | undefined): PageForm | undefined {
  if (selector !== undefined) return formIn(page, selector);
  const all = page.elements.filter(({ tag }) => tag === 'form');
  const found = all.find((form) => form.attribute('method')?.trim().toLowerCase() === 'post') ?? all[0];
  return found && readForm(found, page);
}
