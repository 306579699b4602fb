import { asBuffer } from '../../util/split-lines.js';

const quote = 0x22;
const feed = 0x0a;
const longestRow = 64 * 1024 * 1024;
const lineFeed = Buffer.from('\n');

/** How exports of Kibana, Grafana, CloudWatch Logs Insights, Splunk, Datadog and Azure call the column with the line. */
const lineColumns =
  /^(?:message|@message|_raw|raw|line|log|logentry|logmessage|textpayload|jsonpayload\.message|event\.original|msg|content|body)$/i;
const timeColumns = /^(?:@timestamp|_time|time|tsns|timestamp|date|timegenerated(?: \[utc\])?)$/i;
/** What tells streams apart. */
const originColumns = /host|pod|container|stream|source|service/i;
const header = /^(?:"[^",]{1,200}"|[^",{}[\]=]{1,200})(?:,(?:"[^",]{1,200}"|[^",{}[\]=]{1,200}))+\r?$/;

/** Whether a line is the first one of a table of log lines: names of columns with commas between them. */
export function isCsvHeader(line: string): boolean {
  return header.test(line) && fieldsOf(line).some((name) => lineColumns.test(name));
}

interface Columns {
  readonly line: number;
  readonly time: number;
  readonly origin: readonly number[];
}

/** Rewrites a table of log lines, with the names of its columns in the first row, as a JSON object a row. */
export class CsvRows {
  #rest: Buffer = Buffer.alloc(0);
  #at = 0;
  #isQuoted = false;
  #columns: Columns | undefined;

  /** The rows that these bytes complete, a line each. */
  push(bytes: Uint8Array): Buffer {
    this.#rest = Buffer.concat([this.#rest, asBuffer(bytes)]);
    const lines: Buffer[] = [];
    let start = 0;
    for (; this.#at < this.#rest.length; this.#at++) {
      const byte = this.#rest[this.#at];
      if (byte === quote) this.#isQuoted = !this.#isQuoted;
      if (byte !== feed || this.#isQuoted) continue;
      lines.push(this.#rowOf(this.#rest.toString('utf8', start, this.#at)));
      start = this.#at + 1;
    }
    this.#keep(start);
    return Buffer.concat(lines);
  }

  #keep(start: number): void {
    const isTooLong = this.#rest.length - start > longestRow;
    this.#rest = isTooLong ? Buffer.alloc(0) : Buffer.from(this.#rest.subarray(start));
    this.#at = this.#rest.length;
    this.#isQuoted &&= !isTooLong;
  }

  #rowOf(row: string): Buffer {
    const fields = fieldsOf(row);
    if (this.#columns === undefined) {
      this.#columns = columnsOf(fields);
      return Buffer.alloc(0);
    }
    const { line, time, origin } = this.#columns;
    const record = {
      csvLine: fields[line] ?? '',
      csvTime: fields[time],
      csvOrigin: origin.map((i) => fields[i] ?? ''),
    };
    return Buffer.concat([Buffer.from(JSON.stringify(record)), lineFeed]);
  }
}

function columnsOf(names: readonly string[]): Columns {
  const line = names.findIndex((name) => lineColumns.test(name));
  const origin = names.flatMap((name, i) => (i !== line && originColumns.test(name) ? [i] : []));
  return { line, time: names.findIndex((name) => timeColumns.test(name)), origin };
}

/** `a,"b ""c"", d",e` */
function fieldsOf(row: string): readonly string[] {
  const text = row.endsWith('\r') ? row.slice(0, -1) : row;
  return [...text.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
    ([, quoted, bare = '']) => quoted?.replaceAll('""', '"') ?? bare,
  );
}
