import type { PageElement } from '../../html/page.js';
import { sampleText } from '../openapi/sample-text.js';
import { shippedValues } from '../openapi/shipped-values.js';

/** What fits where only one kind of text does. */
const fixed: Readonly<Record<string, string>> = {
  date: '2026-01-02',
  'datetime-local': '2026-01-02T08:00',
  month: '2026-01',
  week: '2026-W02',
  time: '08:00',
  color: '#336699',
};

/** Formats and names by which values are found, by the type of an input (WHATWG HTML, section 4.10.5.1). */
const formats: Readonly<Record<string, string>> = { email: 'email', url: 'uri', password: 'password' };
const names: Readonly<Record<string, string>> = { tel: 'phone', search: 'search' };

/** Fields that a person writes in. */
const written = ['text', 'email', 'url', 'tel', 'search', 'password', 'number', 'range', ...Object.keys(fixed)];

/** Names of fields that hold a few words. */
const shortName = /title|subject|headline|caption|label|topic/i;

/**
 * What somebody might write into a field: by its type, else by what its `autocomplete` and its name say, out of the corpora
 * that ship. Nothing for a field that nobody writes in, or that has a value already and may not be changed.
 */
export async function fieldValue(field: PageElement): Promise<string | undefined> {
  const type = field.tag === 'textarea' ? 'textarea' : (field.attribute('type')?.toLowerCase() ?? 'text');
  const isWritten = field.tag === 'textarea' || (field.tag === 'input' && (written.includes(type) || !known(type)));
  if (!isWritten || field.attribute('readonly') !== undefined) return undefined;
  if (type === 'number' || type === 'range') return numberFor(field);
  return fixed[type] ?? textFor(field, type);
}

function known(type: string): boolean {
  return /^(?:hidden|checkbox|radio|file|submit|image|reset|button)$/.test(type);
}

/** Within its limits, a step from the smallest. */
function numberFor(field: PageElement): string {
  const least = Number(field.attribute('min') ?? Number.NaN);
  return Number.isFinite(least) ? `${least}` : '1';
}

async function textFor(field: PageElement, type: string): Promise<string> {
  const name = [names[type], field.attribute('autocomplete'), field.attribute('name'), field.attribute('id')]
    .flatMap((word) => (word === undefined || /^(?:on|off)$/.test(word) ? [] : [word.replace(/^tel\b.*$/, 'phone')]))
    .join(' ');
  const limits = { maxLength: lengthOf(field, 'maxlength'), minLength: lengthOf(field, 'minlength') };
  const schema = { format: formats[type], pattern: field.attribute('pattern'), ...limits };
  if (type === 'textarea') return sampleText(schema, `${name} text`);
  const title =
    type === 'text' && shortName.test(name) ? (await shippedValues('short-titles'))[name.length] : undefined;
  return title === undefined ? sampleText(schema, name) : title.slice(0, limits.maxLength);
}

function lengthOf(field: PageElement, attribute: string): number | undefined {
  const length = Number(field.attribute(attribute) ?? Number.NaN);
  return Number.isInteger(length) && length >= 0 ? length : undefined;
}
