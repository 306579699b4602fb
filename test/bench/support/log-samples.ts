import { type FileHandle, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageRoot } from '../../../src/util/package-root.js';

/** A log that real servers wrote, and what plain programs look for in it. */
export interface LogSample {
  readonly name: string;
  /** Below `test/fixtures/logs`. */
  readonly fixture: string;
  /** Cuts the log into entries, each of one transaction. */
  readonly entries: RegExp;
  /** The engine's own id of an entry's transaction. */
  readonly transactionId: RegExp;
  /** Finds the lines of rules, with their ids: an extended regular expression for `grep`. */
  readonly rules: string;
}

const apacheId = /\[unique_id "([\w@-]+)"\]/;
const jsonRules = '\\[id \\\\"[0-9]+\\\\"\\]|"ruleId":"[0-9]+"';

export const logSamples: readonly LogSample[] = [
  {
    name: 'v3 JSON',
    fixture: 'v3/audit-json.log',
    entries: /^\{.*\n/gm,
    transactionId: /"unique_id":"([^"]+)"/,
    rules: jsonRules,
  },
  {
    name: 'v3 native',
    fixture: 'v3/audit-native.log',
    entries: /^---(\w{8})---A--\n[\s\S]*?\n---\1---Z--\n+/gm,
    transactionId: /^\[[^\]]+\] (\S+) /m,
    rules: '^ModSecurity: .*\\[id "[0-9]+"\\]',
  },
  {
    name: 'v2 JSON',
    fixture: 'v2/audit-json.log',
    entries: /^\{.*\n/gm,
    transactionId: /"transaction_id":"([^"]+)"/,
    rules: jsonRules,
  },
  {
    name: 'v2 native',
    fixture: 'v2/audit-native.log',
    entries: /^--([0-9a-f]{8})-A--\n[\s\S]*?\n--\1-Z--\n+/gm,
    transactionId: /^\[[^\]]+\] (\S+) /m,
    rules: '^Message: .*\\[id "[0-9]+"\\]',
  },
  {
    name: 'Apache error log',
    fixture: 'v2/error-native.log',
    entries: /^.*(\[unique_id "[\w@-]+"\])(?:, referer: .*)?\n(?:.*\1(?:, referer: .*)?\n)*/gm,
    transactionId: apacheId,
    rules: 'ModSecurity: .*\\[id "[0-9]+"\\]',
  },
  {
    name: 'nginx error log',
    fixture: 'v3/error-native.log',
    entries: /^.*(\[unique_id "[\d.]+"\]) \[ref .*\n(?:.*\1 \[ref .*\n)*/gm,
    transactionId: /\[unique_id "([\d.]+)"\] \[ref/,
    rules: 'ModSecurity: .*\\[id "[0-9]+"\\]',
  },
];

/** What the correlation ids of the entries that a reader is to find begin with. */
export const marker = 'w7-k3x9q2mt-';
/** What all correlation ids begin with. */
export const anyMarker = 'w7-';
/** One entry in so many has the marker. */
const entriesToMarked = 100;

/** Text of an entry between its ids. */
type Template = readonly string[];

const chunkBytes = 4 * 2 ** 20;

/**
 * Writes a log of at least `bytes`: the sample's entries over and over, each time with other ids and values.
 * @returns how many entries have the marker
 */
export async function writeLog(sample: LogSample, path: string, bytes: number): Promise<number> {
  const text = await readFile(join(packageRoot, 'test/fixtures/logs', sample.fixture), 'latin1');
  const templates = [...text.matchAll(sample.entries)].map(([entry]) => templateOf(entry, sample));
  const file = await open(path, 'w');
  try {
    return await repeat(templates, file, bytes);
  } finally {
    await file.close();
  }
}

async function repeat(templates: readonly Template[], file: FileHandle, bytes: number): Promise<number> {
  let [count, written] = [0, 0];
  while (written < bytes) {
    let chunk = '';
    while (chunk.length < chunkBytes) chunk += entryOf(templates[count % templates.length] ?? [], count++);
    await file.write(Buffer.from(chunk, 'latin1'));
    written += chunk.length;
  }
  return Math.ceil(count / entriesToMarked);
}

/** Ids are replaced by a number at their end, and a word of most payloads as a whole, so the text is split there. */
function templateOf(entry: string, { transactionId }: LogSample): Template {
  const id = transactionId.exec(entry)?.[1] ?? '';
  const boundary = /^---?(\w{8})-+A--/.exec(entry)?.[1];
  const marked = entry.replaceAll(/w7-fix-[a-z0-9-]*/g, `${stranger}\0`);
  const ids = id === '' || id.startsWith('w7-') ? marked : marked.replaceAll(id, `${id.slice(0, -8)}\0`);
  const numbered = ids.replaceAll(payloadWord, '\0');
  return (boundary === undefined ? numbered : numbered.replaceAll(`-${boundary}-`, '-\0-')).split('\0');
}

/** As long as a number: `UNION SELECT password FROM users`. */
const payloadWord = 'password';

/** As long as the marker. */
const stranger = 'w7-d8wq1zr4-';

function entryOf(template: Template, count: number): string {
  const text = template.join(String(count).padStart(8, '0'));
  return count % entriesToMarked === 0 ? text.replaceAll(stranger, marker) : text;
}
