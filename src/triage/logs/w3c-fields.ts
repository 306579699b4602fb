import type { LogKind, LogLine } from '../log-line.js';

/** The fields of IIS 7 and later, where a file has lost its head (Microsoft, "Select W3C fields to log"). */
const usualFields =
  'date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status time-taken'.split(
    ' ',
  );

/** What our names of fields are called there. */
const names: Readonly<Record<string, readonly string[]>> = {
  method: ['cs-method'],
  path: ['cs-uri-stem', 'cs-uri'],
  status: ['sc-status'],
  substatus: ['sc-substatus'],
  win32: ['sc-win32-status'],
  client: ['c-ip'],
  agent: ['cs(User-Agent)'],
  referer: ['cs(Referer)'],
  reason: ['s-reason'],
  result: ['x-edge-result-type'],
  details: ['x-edge-detailed-result-type'],
  id: ['x-edge-request-id'],
};

const mostFields = 60;

/** Reads lines in the W3C extended format, whose fields a line of the file names. */
export class W3cReader {
  #fields: readonly string[] | undefined;

  /** The line, or nothing where it is of another format, or names the fields of those that follow. */
  read(text: string): LogLine | undefined {
    if (text.startsWith('#Fields:')) {
      this.#fields = text.slice('#Fields:'.length).trim().split(/\s+/).slice(0, mostFields);
      return undefined;
    }
    if (!/^\d{4}-\d\d-\d\d[ \t]\d\d:\d\d:\d\d[ \t]/.test(text)) return undefined;
    const values = text.split(text.includes('\t') ? '\t' : ' ').slice(0, mostFields);
    const fields = this.#fields ?? (isUsual(values) ? usualFields : undefined);
    return fields === undefined || values.length < fields.length ? undefined : lineOf(text, fields, values);
  }
}

/** Whether values can be those of the usual fields: a message may have as many words. */
function isUsual(values: readonly string[]): boolean {
  const value = (name: string) => values[usualFields.indexOf(name)] ?? '';
  const isRequest = /^[A-Z]{3,20}$/.test(value('cs-method')) && value('cs-uri-stem').startsWith('/');
  return values.length === usualFields.length && isRequest && /^\d{3}$/.test(value('sc-status'));
}

function lineOf(text: string, fields: readonly string[], values: readonly string[]): LogLine | undefined {
  const value = (name: string) => values[fields.indexOf(name)];
  const known = Object.entries(names).flatMap(([ours, theirs]) => {
    const found = theirs.map(value).find((one) => one !== undefined && one !== '-');
    return found === undefined ? [] : [[ours, found] as const];
  });
  const time = `${value('date') ?? ''} ${value('time') ?? ''}`;
  return { kind: kindOf(fields), text, fields: { ...Object.fromEntries(known), time } };
}

function kindOf(fields: readonly string[]): LogKind {
  if (fields.includes('x-edge-result-type')) return 'cloudfront';
  return fields.includes('s-reason') ? 'http.sys' : 'iis';
}
