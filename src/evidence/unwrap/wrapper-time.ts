/** Pieces of patterns. */
export const isoDate =
  '\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d:\\d\\d(?:[.,]\\d{1,9})?(?: ?(?:Z|UTC|[+-]\\d\\d:?\\d\\d))?';
export const monthDate = '[A-Z][a-z]{2} [ \\d]\\d (?:\\d{4} )?\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?';

/** A time that a wrapper tells, as ISO 8601; nothing where it tells none. */
export function wrapperTime(value: unknown): string | undefined {
  if (typeof value === 'number') return ofNumber(value);
  if (typeof value !== 'string') return undefined;
  if (/^\d{9,}(?:\.\d+)?$/.test(value)) return ofNumber(Number(value));
  return monthPattern.test(value) ? ofMonth(value, new Date()) : ofIso(value);
}

const monthPattern = new RegExp(`^${monthDate}$`);

/** Seconds, or thousandths, millionths or billionths of one, since 1970. */
function ofNumber(value: number): string | undefined {
  const digits = Math.floor(Math.log10(Math.max(1, value)));
  const toMs = digits < 11 ? 1000 : digits < 14 ? 1 : digits < 17 ? 1e-3 : 1e-6;
  return valid(new Date(Math.floor(value * toMs)));
}

/** `2026-11-22T20:59:52.129321194Z` and what is near to it. */
function ofIso(text: string): string | undefined {
  const [, day = '', time = '', zone = ''] =
    /(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d(?:[.,]\d{1,3})?)\d* ?(Z|UTC|[+-]\d\d:?\d\d)?/.exec(text) ?? [];
  const spelled = zone === 'UTC' ? 'Z' : zone.replace(/^(...)(\d\d)$/, '$1:$2');
  return valid(new Date(`${day}T${time.replace(',', '.')}${spelled}`));
}

/** `Nov 22 20:59:52`, in the time zone of this machine: of the year in which it is not in the future. */
function ofMonth(text: string, now: Date): string | undefined {
  const tomorrow = now.getTime() + 86_400_000;
  const hasYear = /^\w{3} [ \d]\d \d{4} /.test(text);
  const [month = '', day = '', ...rest] = text.replace(/\.\d+$/, '').split(/ +/);
  const year = hasYear ? Number(rest[0]) : now.getFullYear();
  const spelled = (which: number) => new Date(`${month} ${day} ${which} ${rest.at(-1)}`);
  const time = spelled(year);
  return valid(!hasYear && time.getTime() > tomorrow ? spelled(year - 1) : time);
}

function valid(time: Date): string | undefined {
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString();
}
