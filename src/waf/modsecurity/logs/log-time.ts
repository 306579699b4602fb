const months = 'JanFebMarAprMayJunJulAugSepOctNovDec';

/** `22/Nov/2026:20:55:15.716465 +0000`, as audit logs have it, to ISO 8601. */
export function auditTime(text: string): string | undefined {
  const parts = /^(\d{2})\/(\w{3})\/(\d{4}):(\d{2}:\d{2}:\d{2})(\.\d+)? ([+-]\d{2})(\d{2})$/.exec(text);
  if (parts === null) return undefined;
  const [, day, month = '', year, time, fraction = '', hours, minutes] = parts;
  return iso(`${year}-${monthNumber(month)}-${day}T${time}${fraction.slice(0, 4)}${hours}:${minutes}`);
}

/** `Sun Nov 22 20:55:15.715456 2026`, as Apache and libmodsecurity's JSON have it, in the time zone of this machine. */
export function cTime(text: string): string | undefined {
  const parts = /^\w{3} (\w{3}) +(\d{1,2}) (\d{2}:\d{2}:\d{2})(\.\d+)? (\d{4})$/.exec(text);
  if (parts === null) return undefined;
  const [, month = '', day = '', time, fraction = '', year] = parts;
  return iso(`${year}-${monthNumber(month)}-${day.padStart(2, '0')}T${time}${fraction.slice(0, 4)}`);
}

/** `2026/11/22 20:59:52`, as nginx and Go have it, in the time zone of this machine. */
export function slashTime(text: string): string | undefined {
  const parts = /^(\d{4})\/(\d{2})\/(\d{2}) (\d{2}:\d{2}:\d{2})/.exec(text);
  return parts === null ? undefined : iso(`${parts[1]}-${parts[2]}-${parts[3]}T${parts[4]}`);
}

function monthNumber(name: string): string {
  return String(months.indexOf(name) / 3 + 1).padStart(2, '0');
}

/** Lines that follow each other tell the same time. */
let last: { readonly text: string; readonly time: string | undefined } = { text: '', time: undefined };

function iso(text: string): string | undefined {
  if (text !== last.text) {
    const time = new Date(text);
    last = { text, time: Number.isNaN(time.getTime()) ? undefined : time.toISOString() };
  }
  return last.time;
}
