/** A path of keys to a value in a record of JSON. */
export type KeyPath = readonly string[];

/** How a collector of logs writes a line of another log as JSON. */
export interface JsonShape {
  readonly wrapper: string;
  /** What each of its records has. */
  readonly needs: readonly string[];
  /** Where the line is; the first that is there. */
  readonly line: readonly KeyPath[];
  /** What tells streams apart. */
  readonly origin: readonly KeyPath[];
  readonly time: readonly KeyPath[];
  /** Whether more of the same line follows. */
  readonly isPart?: (record: unknown) => boolean;
}

/** The value at a path; of no object or list what it inherits. */
export function valueAt(value: unknown, path: KeyPath): unknown {
  let inner = value;
  for (const key of path) {
    if (typeof inner !== 'object' || inner === null || !Object.hasOwn(inner, key)) return undefined;
    inner = Reflect.get(inner, key);
  }
  return inner;
}

function paths(...dotted: readonly string[]): readonly KeyPath[] {
  return dotted.map((path) => path.split('.'));
}

const kubernetes = paths('kubernetes.namespace_name', 'kubernetes.pod_name', 'kubernetes.container_name');
const runtimeParts = (record: unknown) =>
  valueAt(record, ['_p']) === 'P' || valueAt(record, ['logtag']) === 'P' || isDockersPart(record);

/** Docker's drivers say which parts of a line are not its last one. */
function isDockersPart(record: unknown): boolean {
  return (
    String(valueAt(record, ['partial_message'])) === 'true' && String(valueAt(record, ['partial_last'])) !== 'true'
  );
}

/** `{"date":1795413188.332,"stream":"stderr","_p":"F","log":"…","kubernetes":{…}}`, with whatever keys it was told to keep. */
function fluentBit(line: string, ...keys: readonly string[]): readonly JsonShape[] {
  return keys.map((key) => ({
    wrapper: 'Fluent Bit',
    needs: [line, key],
    line: paths(line),
    origin: [...kubernetes, ...paths('container_name', 'container_id', 'source', 'stream', 'tag', 'filePath', 'file')],
    time: paths('time', 'timestamp', '@timestamp', 'date'),
    isPart: runtimeParts,
  }));
}

/** Those that have more keys come first. */
export const jsonShapes: readonly JsonShape[] = [
  ...fluentBit('log', 'date', 'kubernetes', '_p', 'logtag'),
  ...fluentBit('message', 'logtag'),
  // {"log":"…\n","stream":"stderr","time":"2026-11-22T20:59:52.129321194Z"}
  {
    wrapper: 'the docker json-file driver',
    needs: ['log', 'stream', 'time'],
    line: paths('log'),
    origin: [...kubernetes, ...paths('stream', 'attrs.tag')],
    time: paths('time'),
    isPart: (record) => runtimeParts(record) || isWithoutFeed(record),
  },
  // {"__REALTIME_TIMESTAMP":"1795413188332068","MESSAGE":"…" or [50,48,…],"_HOSTNAME":"web1","SYSLOG_IDENTIFIER":"nginx"}
  {
    wrapper: 'the systemd journal',
    needs: ['MESSAGE', '__REALTIME_TIMESTAMP'],
    line: paths('MESSAGE'),
    origin: paths('_HOSTNAME', 'CONTAINER_NAME', '_SYSTEMD_UNIT', 'SYSLOG_IDENTIFIER', '_TRANSPORT'),
    time: paths('__REALTIME_TIMESTAMP'),
    isPart: (record) =>
      valueAt(record, ['CONTAINER_PARTIAL_MESSAGE']) === 'true' &&
      valueAt(record, ['CONTAINER_PARTIAL_LAST']) !== 'true',
  },
  // {"message":"…","nodeName":"…","namespace":"default","podName":"web-1","containerName":"nginx"}
  {
    wrapper: 'stern',
    needs: ['message', 'podName', 'containerName'],
    line: paths('message'),
    origin: paths('namespace', 'podName', 'containerName'),
    time: [],
  },
  {
    wrapper: 'stern',
    needs: ['message', 'pod', 'container'],
    line: paths('message'),
    origin: paths('pod', 'container'),
    time: [],
  },
  // {"labels":{"app":"nginx"},"line":"…","timestamp":"2026-11-22T20:59:52Z"}
  {
    wrapper: 'Loki',
    needs: ['line', 'timestamp'],
    line: paths('line'),
    origin: paths('labels', 'fields'),
    time: paths('timestamp'),
  },
  // {"version":"1.1","host":"web1","short_message":"…","timestamp":1795413188.332}
  {
    wrapper: 'GELF',
    needs: ['short_message', 'host'],
    line: paths('full_message', 'short_message'),
    origin: paths('host', '_container_name', '_container_id'),
    time: paths('timestamp'),
  },
  // {"file":"/var/log/nginx/error.log","host":"web1","message":"…","source_type":"file","timestamp":"…"}
  {
    wrapper: 'Vector',
    needs: ['message', 'source_type'],
    line: paths('message'),
    origin: paths('host', 'file', 'container_name', 'stream', 'kubernetes.pod_name', 'kubernetes.container_name'),
    time: paths('timestamp'),
  },
  // {"@timestamp":"…","message":"…","log":{"file":{"path":"/var/log/nginx/error.log"}},"container":{"id":"…"}}
  {
    wrapper: 'Filebeat',
    needs: ['@timestamp', 'message'],
    line: paths('message'),
    origin: paths(
      'host.name',
      'container.id',
      'kubernetes.pod.name',
      'kubernetes.container.name',
      'log.file.path',
      'stream',
    ),
    time: paths('@timestamp'),
    isPart: (record) => flagsOf(record).includes('partial'),
  },
  {
    wrapper: 'Logstash',
    needs: ['@timestamp', 'event'],
    line: paths('event.original'),
    origin: paths('host.name', 'log.file.path'),
    time: paths('@timestamp'),
  },
  ...fluentBit('log', '@timestamp', 'time', 'timestamp', 'container_id', 'stream'),
  ...fluentBit('message', 'date', 'container_id', 'stream', 'kubernetes'),
  // {"textPayload":"…","timestamp":"…","resource":{…},"logName":"…"}
  {
    wrapper: 'Google Cloud Logging',
    needs: ['textPayload', 'timestamp'],
    line: paths('textPayload'),
    origin: paths(
      'logName',
      'resource.labels.pod_name',
      'resource.labels.container_name',
      'resource.labels.instance_id',
    ),
    time: paths('timestamp'),
  },
  {
    wrapper: 'Azure Monitor',
    needs: ['LogEntry'],
    line: paths('LogEntry'),
    origin: paths('Computer', 'ContainerID', 'LogEntrySource'),
    time: paths('TimeGenerated'),
  },
  {
    wrapper: 'Splunk',
    needs: ['result'],
    line: paths('result._raw'),
    origin: paths('result.host', 'result.source'),
    time: paths('result._time'),
  },
  // A row of a table, as CsvRows rewrites it.
  {
    wrapper: 'a CSV export',
    needs: ['csvLine'],
    line: paths('csvLine'),
    origin: paths('csvOrigin'),
    time: paths('csvTime'),
  },
  // {"_index":"filebeat-8","_id":"…","_source":{"@timestamp":"…","message":"…"}}
  {
    wrapper: 'Elasticsearch',
    needs: ['_source'],
    line: paths('_source.message', '_source.log', '_source.event.original'),
    origin: paths('_source.host.name', '_source.container.id', '_source.log.file.path', '_source.stream'),
    time: paths('_source.@timestamp'),
  },
];

/** Loggers and collectors with keys that nobody knows beforehand: what is inside must be recognised. */
export const anyShape: Omit<JsonShape, 'needs'> = {
  wrapper: 'JSON',
  line: paths(
    'log',
    'message',
    'msg',
    'line',
    'text',
    'body',
    'body.stringValue',
    'event',
    'event.line',
    'raw',
    '_raw',
    'data',
    'content',
    'jsonPayload',
    'log_processed',
  ),
  origin: [...kubernetes, ...paths('host', 'hostname', 'container', 'pod', 'PodName', 'stream', 'source', 'file')],
  time: paths('time', 'timestamp', 'ts', 'date', '@timestamp', 'TimeGenerated'),
};

/** Docker keeps the line feed that ends a line; the parts before it have none. */
function isWithoutFeed(record: unknown): boolean {
  const line = valueAt(record, ['log']);
  // What Fluent Bit read from such a file has the same keys and more, and its lines are put together already.
  return typeof line === 'string' && !line.endsWith('\n') && isDockersOwn(record);
}

function isDockersOwn(record: unknown): boolean {
  const own = ['log', 'stream', 'time', 'attrs'];
  return typeof record === 'object' && record !== null && Object.keys(record).every((key) => own.includes(key));
}

function flagsOf(record: unknown): readonly unknown[] {
  const flags = valueAt(record, ['log', 'flags']);
  return Array.isArray(flags) ? flags : [];
}
