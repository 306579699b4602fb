import type { PageElement } from './page.js';

/** The value of an input as browsers keep it (WHATWG HTML, section 4.10.5.1, "value sanitization algorithm"). */
export function sanitised(input: PageElement, type: string): string {
  const value = input.attribute('value') ?? '';
  switch (type) {
    case 'number':
      return isNumber(value) ? value : '';
    case 'range':
      return inRange(input, value);
    case 'color':
      return /^#[0-9a-f]{6}$/i.test(value) ? value.toLowerCase() : '#000000';
    case 'url':
    case 'email':
      return onOneLine(value).trim();
    case 'date':
    case 'month':
    case 'week':
    case 'time':
    case 'datetime-local':
      return shapes[type].test(value) ? value : '';
    default:
      return onOneLine(value);
  }
}

const shapes = {
  date: /^\d{4,}-\d\d-\d\d$/,
  month: /^\d{4,}-\d\d$/,
  week: /^\d{4,}-W\d\d$/,
  time: /^\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?$/,
  'datetime-local': /^\d{4,}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?$/,
} as const;

function onOneLine(value: string): string {
  return value.replace(/[\r\n]/g, '');
}

/** As HTML writes floating-point numbers. */
function isNumber(text: string): boolean {
  return /^-?(?:\d+|\d*\.\d+)(?:e[+-]?\d+)?$/i.test(text) && Number.isFinite(Number(text));
}

/** A slider always has a value: the middle, where none is given. */
function inRange(input: PageElement, text: string): string {
  const number = (name: string, usual: number) => {
    const given = input.attribute(name) ?? '';
    return isNumber(given) ? Number(given) : usual;
  };
  const least = number('min', 0);
  const most = Math.max(number('max', 100), least);
  const wanted = isNumber(text) ? Number(text) : least + (most - least) / 2;
  const kept = Math.min(Math.max(wanted, least), most);
  if (input.attribute('step')?.toLowerCase() === 'any') return `${kept}`;
  const step = Math.max(number('step', 1), 0) || 1;
  const base = number('min', number('value', 0));
  const stepped = base + Math.round((kept - base) / step) * step;
  return `${stepped > most ? stepped - step : stepped < least ? stepped + step : stepped}`;
}
