import { type KeyPath, valueAt } from './json-shapes.js';

/** A line that stood in a list of one JSON value, with what tells of it. */
export interface ListedLine {
  readonly line: unknown;
  readonly origin: unknown;
  readonly time: unknown;
}

/** Lines that one JSON value has, and whose value it is. */
export interface ListedLines {
  readonly wrapper: string;
  readonly lines: readonly ListedLine[];
}

/** How an answer of an API lists lines. */
interface ListShape {
  readonly wrapper: string;
  readonly list: KeyPath;
  read(item: unknown, whole: unknown): readonly ListedLine[];
}

/** `{"stream":{"app":"nginx"},"values":[["1795413188332068102","…"],…]}`; the newest come first, unless it is said. */
function lokiStream(item: unknown): readonly ListedLine[] {
  const values = valueAt(item, ['values']);
  if (!Array.isArray(values)) return [];
  const lines = values.flatMap((value: unknown) =>
    Array.isArray(value) ? [{ line: value[1], origin: valueAt(item, ['stream']), time: value[0] }] : [],
  );
  return isBackwards(lines) ? lines.toReversed() : lines;
}

function isBackwards(lines: readonly ListedLine[]): boolean {
  const [first, last] = [lines[0]?.time, lines.at(-1)?.time];
  return typeof first === 'string' && typeof last === 'string' && first.length === last.length && first > last;
}

/** `{"events":[{"timestamp":1795413188332,"message":"…","logStreamName":"…"}]}` */
function cloudwatchEvent(item: unknown, whole: unknown): readonly ListedLine[] {
  const origin = valueAt(item, ['logStreamName']) ?? valueAt(whole, ['logStream']);
  return [{ line: valueAt(item, ['message']), origin, time: valueAt(item, ['timestamp']) }];
}

/** `{"results":[[{"field":"@timestamp","value":"…"},{"field":"@message","value":"…"}]]}` of CloudWatch Logs Insights. */
function insightsRow(item: unknown): readonly ListedLine[] {
  const fields = new Map(
    (Array.isArray(item) ? item : []).map((one: unknown) => [valueAt(one, ['field']), valueAt(one, ['value'])]),
  );
  return [{ line: fields.get('@message'), origin: fields.get('@logStream'), time: fields.get('@timestamp') }];
}

/** `{"hits":{"hits":[{"_source":{"@timestamp":"…","message":"…"}}]}}` */
function elasticHit(item: unknown): readonly ListedLine[] {
  const source = valueAt(item, ['_source']);
  const origin = [
    valueAt(source, ['host', 'name']),
    valueAt(source, ['log', 'file', 'path']),
    valueAt(source, ['kubernetes']),
  ];
  const line = valueAt(source, ['message']) ?? valueAt(source, ['log']) ?? valueAt(source, ['event', 'original']);
  return [{ line, origin, time: valueAt(source, ['@timestamp']) }];
}

const shapes: readonly ListShape[] = [
  { wrapper: 'Loki', list: ['data', 'result'], read: lokiStream },
  { wrapper: 'Loki', list: ['streams'], read: lokiStream },
  { wrapper: 'CloudWatch Logs', list: ['events'], read: cloudwatchEvent },
  { wrapper: 'CloudWatch Logs', list: ['logEvents'], read: cloudwatchEvent },
  { wrapper: 'CloudWatch Logs', list: ['results'], read: insightsRow },
  { wrapper: 'Elasticsearch', list: ['hits', 'hits'], read: elasticHit },
];

/** The lines in an answer of an API; nothing for any other value. */
export function listedLines(value: unknown): ListedLines | undefined {
  for (const { wrapper, list, read } of shapes) {
    const items = valueAt(value, list);
    if (!Array.isArray(items)) continue;
    const lines = items.flatMap((item: unknown) => read(item, value)).filter(({ line }) => typeof line === 'string');
    if (lines.length > 0) return { wrapper, lines };
  }
  return undefined;
}
