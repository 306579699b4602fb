/** A number larger than this counts milliseconds: in seconds it would be the year 5138. */
const latestSeconds = 1e11;

/** Milliseconds or seconds since 1970, or a date, as ISO 8601; nothing for what is no time. */
export function timeOf(value: unknown): string | undefined {
  const time = typeof value === 'string' && value.length < 64 ? ofText(value) : value;
  if (typeof time !== 'number') return undefined;
  const date = new Date(time > latestSeconds ? time : time * 1000);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

function ofText(value: string): number | undefined {
  if (/^\d{1,20}(?:\.\d{1,20})?$/.test(value)) return Number(value);
  const time = Date.parse(value);
  return Number.isNaN(time) ? undefined : time > latestSeconds ? time : time / 1000;
}
