import type { LogLine } from '../log-line.js';

/** When a line was written, in milliseconds since 1970; as if in UTC where it is not `zoned`. */
export interface LineTime {
  readonly ms: number;
  readonly zoned: boolean;
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** The time of a line, in whatever way its kind writes it; nothing where it has none that can be read. */
export function lineTime({ fields }: LogLine): LineTime | undefined {
  const text = fields['time'];
  if (text === undefined) return undefined;
  if (/^\d{9,11}(\.\d{1,9})?$/.test(text)) return { ms: Number(text) * 1000, zoned: true };
  return byMonthName(text) ?? byWeekday(text) ?? byNumbers(text);
}

// 22/Nov/2026:20:54:03 +0000, 22-Nov-2026 21:04:13
function byMonthName(text: string): LineTime | undefined {
  const found = /^(\d\d)[/-](\w{3})[/-](\d{4})[: ](\d\d):(\d\d):(\d\d)(?:\.\d{1,9})?(?: ([+-]\d{4}))?/.exec(text);
  if (found === null) return undefined;
  const [, day, month = '', year, hour, minute, second, zone] = found;
  return moment([year, months.indexOf(month.toLowerCase()), day, hour, minute, second], zone);
}

// Sun Nov 22 20:54:03.025106 2026
function byWeekday(text: string): LineTime | undefined {
  const found = /^\w{3} (\w{3}) {1,2}(\d{1,2}) (\d\d):(\d\d):(\d\d)(?:\.\d{1,9})? (\d{4})/.exec(text);
  if (found === null) return undefined;
  const [, month = '', day, hour, minute, second, year] = found;
  return moment([year, months.indexOf(month.toLowerCase()), day, hour, minute, second], undefined);
}

// 2026/11/22 20:58:59, 2026-11-22 21:04:12, 2021-11-10T17:49:25.117Z
function byNumbers(text: string): LineTime | undefined {
  const found = /^(\d{4})[/-](\d\d)[/-](\d\d)[ T](\d\d):(\d\d):(\d\d)(?:[.,]\d{1,9})?(Z|[+-]\d\d:?\d\d)?/.exec(text);
  if (found === null) return undefined;
  const [, year, month, day, hour, minute, second, zone] = found;
  return moment([year, Number(month) - 1, day, hour, minute, second], zone?.replace(':', ''));
}

type Part = string | number | undefined;

function moment(
  parts: readonly [Part, number, Part, Part, Part, Part],
  zone: string | undefined,
): LineTime | undefined {
  const [year, month, day, hour, minute, second] = parts;
  if (month < 0) return undefined;
  const ms = Date.UTC(Number(year), month, Number(day), Number(hour), Number(minute), Number(second));
  return Number.isNaN(ms) ? undefined : { ms: ms - offsetOf(zone), zoned: zone !== undefined };
}

function offsetOf(zone: string | undefined): number {
  const [, sign, hours = 0, minutes = 0] = /^([+-])(\d\d)(\d\d)$/.exec(zone ?? '') ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}
