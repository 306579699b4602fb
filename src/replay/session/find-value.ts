import { type Page, type PageElement, select } from '../../html/page.js';
import type { SessionValueSource } from '../../model/session-options.js';
import { parseSelector } from '../../util/css-selector.js';
import { jsonAt } from '../../util/json-path.js';
import { utf8OfLatin1 } from '../wire-plan.js';
import type { PageAnswer, Visitor } from './visitor.js';

/** What a source looks for, in words. */
export function describeSource(source: SessionValueSource): string {
  const { cookie, header, input, meta, json, regex, body, form } = source;
  if (cookie !== undefined) return `a cookie "${cookie}"`;
  if (header !== undefined) return `a header "${header}"`;
  const inForm = form === undefined ? '' : ` in the form ${form}`;
  if (input !== undefined) return `an input or meta "${input}"${inForm}`;
  if (meta !== undefined) return `a meta "${meta}"`;
  if (json !== undefined) return `a JSON value at "${json}"`;
  if (regex !== undefined) return `a text that ${regex} matches`;
  return body === true ? 'a body' : 'a place: its cookie, header, input, meta, json, regex or body is not configured';
}

/** A value in an answer; `undefined` where it is not there. Cookies are looked for in all that the visitor has. */
export function valueIn(answer: PageAnswer, source: SessionValueSource, visitor: Visitor): string | undefined {
  const { cookie, header, input, meta, json, regex, body } = source;
  if (cookie !== undefined) return cookieIn(cookie, visitor);
  if (header !== undefined) return headerOf(answer, header);
  if (input !== undefined) return fieldIn(visitor.pageOf(answer), source);
  if (meta !== undefined) return metaIn(visitor.pageOf(answer), meta);
  if (json !== undefined) return jsonAt(answer.body, json);
  if (regex !== undefined) return matchIn(answer.body, regex);
  return body === true && answer.body.trim() !== '' ? answer.body.trim() : undefined;
}

/** The value of a cookie, as scripts read it. */
export function cookieIn(name: string, visitor: Visitor): string | undefined {
  return percentDecoded(visitor.cookies.named(name));
}

/** Seconds that the value of a source lasts from now on, where the answer tells. */
export function lifetimeIn(answer: PageAnswer, { expires }: SessionValueSource): number | undefined {
  if (expires === undefined || typeof expires === 'number') return expires;
  const seconds = Number(jsonAt(answer.body, expires));
  return Number.isFinite(seconds) && seconds > 0 ? seconds : undefined;
}

function headerOf({ headers }: PageAnswer, name: string): string | undefined {
  const found = headers.find(([given]) => given.toLowerCase() === name.toLowerCase());
  return found && utf8OfLatin1(found[1]);
}

function fieldIn(page: Page, { input = '', form }: SessionValueSource): string | undefined {
  const selector = form === undefined ? undefined : parseSelector(form);
  const holder = selector === undefined ? undefined : select(page, selector);
  if (form !== undefined && holder === undefined) return undefined;
  const found = page.elements.find(
    (element) =>
      ['input', 'textarea'].includes(element.tag) &&
      element.attribute('name') === input &&
      (element.tag === 'textarea' || element.attribute('value') !== undefined) &&
      (holder === undefined || isInside(element, holder)),
  );
  if (found === undefined) return form === undefined ? metaIn(page, input) : undefined;
  return found.tag === 'textarea' ? found.text() : found.attribute('value');
}

function isInside(element: PageElement, holder: PageElement): boolean {
  let outer: PageElement | undefined = element;
  while (outer !== undefined && outer !== holder) outer = outer.parent;
  return outer === holder;
}

function metaIn({ elements }: Page, name: string): string | undefined {
  const isNamed = (element: PageElement) => [element.attribute('name'), element.attribute('property')].includes(name);
  return elements.find((element) => element.tag === 'meta' && isNamed(element))?.attribute('content');
}

function matchIn(body: string, regex: string): string | undefined {
  const found = new RegExp(regex, 'su').exec(body);
  return found?.[1] ?? found?.[0];
}

function percentDecoded(value: string | undefined): string | undefined {
  try {
    return value === undefined ? undefined : decodeURIComponent(value);
  } catch {
    return value;
  }
}
