const months = 'JanFebMarAprMayJunJulAugSepOctNovDec';

/** `22/Nov/2026:20:55:15.716465 +0000`, as audit logs have it, to ISO 8601. */
export function auditTime(text: string): string | undefined {
  const parts = /^(\d{2}\/\w{3}\/\d{4}:\d{2}:\d{2}):(\d{2})(\.\d+)? ([+-]\d{4})$/.exec(text);
  if (parts === null) return undefined;
  const [, minute = '', seconds = '', fraction = '', zone = ''] = parts;
  return iso(seconds, fraction, minute, zone, () => {
    const [, day = '', month = '', year, time] = /^(..)\/(...)\/(....):(.*)$/.exec(minute) ?? [];
    return `${year}-${monthNumber(month)}-${day}T${time}${zone.slice(0, 3)}:${zone.slice(3)}`;
  });
}

/** `Sun Nov 22 20:55:15.715456 2026`, as Apache and libmodsecurity's JSON have it, in the time zone of this machine. */
export function cTime(text: string): string | undefined {
  const parts = /^\w{3} (\w{3} +\d{1,2} \d{2}:\d{2}):(\d{2})(\.\d+)? (\d{4})$/.exec(text);
  if (parts === null) return undefined;
  const [, minute = '', seconds = '', fraction = '', year = ''] = parts;
  return iso(seconds, fraction, minute, year, () => {
    const [month = '', day = '', time] = minute.split(/ +/);
    return `${year}-${monthNumber(month)}-${day.padStart(2, '0')}T${time}`;
  });
}

/** `2026/11/22 20:59:52`, as nginx and Go have it, in the time zone of this machine. */
export function slashTime(text: string): string | undefined {
  const parts = /^(\d{4}\/\d{2}\/\d{2} \d{2}:\d{2}):(\d{2})/.exec(text);
  if (parts === null) return undefined;
  const [, minute = '', seconds = ''] = parts;
  return iso(seconds, '', minute, '', () => minute.replaceAll('/', '-').replace(' ', 'T'));
}

/**
 * `2026-11-22 20:59:52.165`, `2026-11-22T20:59:52.165Z` or with another zone, as most programs begin their lines; without a
 * zone it is that of this machine. Brackets and colours before it are passed over.
 */
export function logTime(text: string): string | undefined {
  const parts = isoPattern.exec(text);
  if (parts === null) return undefined;
  const [, day = '', time = '', seconds = '', fraction = '', zone = ''] = parts;
  const spelled = zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone;
  return iso(seconds, fraction.replace(',', '.'), `${day} ${time}`, zone, () => `${day}T${time}${spelled}`);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with ESC
const isoPattern = /^(?:\x1b\[[\d;]*m|\[)*(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d):(\d\d)([.,]\d+)? ?(Z|[+-]\d\d:?\d\d)?/;

/** Seconds since 1970, as many loggers write the time. */
export function epochTime(seconds: number): string | undefined {
  const time = new Date(seconds * 1000);
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString();
}

function monthNumber(name: string): string {
  return String(months.indexOf(name) / 3 + 1).padStart(2, '0');
}

/** Lines that follow each other tell the same minute: as a log spells it, its zone or year, and its begin in ISO 8601. */
let last: { readonly minute: string; readonly zone: string; readonly begin: string | undefined } = {
  minute: '',
  zone: '',
  begin: undefined,
};

/** @param spell gives the minute as ISO 8601 has it, with its zone unless that is the machine's */
function iso(seconds: string, fraction: string, minute: string, zone: string, spell: () => string): string | undefined {
  if (minute !== last.minute || zone !== last.zone) {
    const time = new Date(spell());
    const begin = Number.isNaN(time.getTime()) ? undefined : time.toISOString().slice(0, -'15.716Z'.length);
    last = { minute, zone, begin };
  }
  if (last.begin === undefined || seconds > '59') return undefined;
  return `${last.begin}${seconds}.${fraction.slice(1, 4).padEnd(3, '0')}Z`;
}
