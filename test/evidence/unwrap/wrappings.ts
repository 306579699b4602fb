/** Ways in which collectors of logs wrap lines, as their documentation and their output show them. */
export interface Wrapping {
  readonly name: string;
  /** What the log is recognised as. */
  readonly said: string;
  /** Lines of one stream, without line feeds, wrapped. */
  wrap(lines: readonly Buffer[], stream?: string): Buffer;
  /** It holds text only: bytes that are none are lost. */
  readonly isText?: true;
}

const time = '2026-11-22T20:59:52.129321194Z';
const feed = Buffer.from('\n');

function prefixed(before: (stream: string) => string): Wrapping['wrap'] {
  return (lines, stream = 'waf-1') => Buffer.concat(lines.flatMap((line) => [Buffer.from(before(stream)), line, feed]));
}

function written(around: (line: string, stream: string) => string): Wrapping['wrap'] {
  return (lines, stream = 'waf-1') =>
    Buffer.concat(lines.map((line) => Buffer.from(`${around(line.toString(), stream)}\n`)));
}

function json(record: (line: string, stream: string) => object): Wrapping['wrap'] {
  return written((line, stream) => JSON.stringify(record(line, stream)));
}

const partBytes = 16_384;

function partsOf(line: Buffer): readonly Buffer[] {
  const parts: Buffer[] = [];
  for (let at = 0; at === 0 || at < line.length; at += partBytes) parts.push(line.subarray(at, at + partBytes));
  return parts;
}

/** Each part of a line, and whether it is its last one. */
function inParts(lines: readonly Buffer[], write: (part: Buffer, isLast: boolean) => string | Buffer): Buffer {
  return Buffer.concat(
    lines.flatMap((line) => {
      const parts = partsOf(line);
      return parts.map((part, i) => Buffer.from(write(part, i === parts.length - 1)));
    }),
  );
}

function exported(fields: Readonly<Record<string, string>>, message: Buffer): Buffer {
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(message.length));
  const lines = Object.entries(fields).map(([name, value]) => `${name}=${value}\n`);
  return Buffer.concat([Buffer.from(`${lines.join('')}MESSAGE\n`), length, message, Buffer.from('\n\n')]);
}

const journal = (stream: string) => ({
  __REALTIME_TIMESTAMP: '1795413188332068',
  _HOSTNAME: 'web1',
  _SYSTEMD_UNIT: `${stream}.service`,
  SYSLOG_IDENTIFIER: 'nginx',
});

export const wrappings: readonly Wrapping[] = [
  { name: 'docker compose', said: 'lines of docker compose', wrap: prefixed((stream) => `${stream}  | `) },
  {
    name: 'docker compose in colours',
    said: 'lines of docker compose',
    wrap: prefixed((stream) => `\x1b[36m${stream}  | \x1b[0m`),
  },
  {
    name: 'docker compose with time stamps',
    said: 'lines of docker compose, lines of a log with time stamps before its lines',
    wrap: prefixed((stream) => `${stream}  | ${time} `),
  },
  {
    name: 'docker logs -t',
    said: 'lines of a log with time stamps before its lines',
    wrap: prefixed(() => `${time} `),
  },
  { name: 'stern', said: 'lines of stern', wrap: prefixed((stream) => `ingress-nginx-686476758-w5978 ${stream} `) },
  {
    name: 'stern with namespaces',
    said: 'lines of stern',
    wrap: prefixed((stream) => `shop ingress-nginx-686476758-w5978 ${stream} `),
  },
  {
    name: 'stern in colours',
    said: 'lines of stern',
    wrap: prefixed((stream) => `\x1b[32mingress-nginx-686476758-w5978\x1b[0m \x1b[92m${stream}\x1b[0m `),
  },
  {
    name: 'kubetail',
    said: 'lines of stern',
    wrap: prefixed((stream) => `[ingress-nginx-686476758-w5978 ${stream}] `),
  },
  { name: 'kail', said: 'lines of stern', wrap: prefixed((stream) => `shop/web-686476758-w5978[${stream}]: `) },
  {
    name: 'stern -o json',
    said: 'lines of stern',
    isText: true,
    wrap: json((message, containerName) => ({
      message,
      nodeName: 'n1',
      namespace: 'shop',
      podName: 'web-1',
      containerName,
    })),
  },
  {
    name: 'kubectl logs --prefix',
    said: 'lines of kubectl logs --prefix',
    wrap: prefixed((stream) => `[pod/ingress-nginx-686476758-w5978/${stream}] `),
  },
  {
    name: 'kubectl logs --prefix --timestamps',
    said: 'lines of kubectl logs --prefix, lines of a log with time stamps before its lines',
    wrap: prefixed((stream) => `[pod/ingress-nginx-686476758-w5978/${stream}] ${time} `),
  },
  {
    name: 'docker json-file',
    said: 'lines of the docker json-file driver',
    isText: true,
    wrap: (lines, stream = 'stderr') =>
      inParts(lines, (part, isLast) => `${JSON.stringify({ log: `${part}${isLast ? '\n' : ''}`, stream, time })}\n`),
  },
  {
    name: 'CRI',
    said: 'lines of the container runtime (CRI)',
    wrap: (lines, stream = 'stderr') =>
      inParts(lines, (part, isLast) =>
        Buffer.concat([
          Buffer.from(`${time} ${stream === 'stdout' ? 'stdout' : 'stderr'} ${isLast ? 'F' : 'P'} `),
          part,
          feed,
        ]),
      ),
  },
  {
    name: 'journalctl -o json',
    said: 'lines of the systemd journal',
    isText: true,
    wrap: json((MESSAGE, stream) => ({ ...journal(stream), MESSAGE })),
  },
  {
    name: 'journalctl -o json with bytes',
    said: 'lines of the systemd journal',
    wrap: (lines, stream = 'waf') =>
      Buffer.concat(
        lines.map((line) => Buffer.from(`${JSON.stringify({ ...journal(stream), MESSAGE: [...line] })}\n`)),
      ),
  },
  {
    name: "docker's journald driver",
    said: 'lines of the systemd journal',
    isText: true,
    wrap: (lines, stream = 'waf-1') =>
      inParts(lines, (part, isLast) => {
        const more = isLast ? {} : { CONTAINER_PARTIAL_MESSAGE: 'true' };
        return `${JSON.stringify({ ...journal(stream), CONTAINER_NAME: stream, MESSAGE: `${part}`, ...more })}\n`;
      }),
  },
  {
    name: 'journalctl -o export',
    said: 'lines of the systemd journal',
    wrap: (lines, stream = 'waf') =>
      Buffer.concat(lines.map((line) => exported({ __CURSOR: 's=1;i=2', ...journal(stream) }, line))),
  },
  {
    name: 'journalctl',
    said: 'lines of syslog',
    wrap: prefixed((stream) => `Nov 22 20:59:52 web1 ${stream}[812]: `),
  },
  {
    name: 'journalctl -o short-iso',
    said: 'lines of syslog',
    wrap: prefixed((stream) => `2026-11-22T20:59:52+0000 web1 ${stream}[812]: `),
  },
  {
    name: 'rsyslog',
    said: 'lines of syslog',
    wrap: prefixed((stream) => `2026-11-22T20:59:52.129321+00:00 web1 ${stream}: `),
  },
  {
    name: "nginx's syslog",
    said: 'lines of syslog',
    wrap: prefixed((stream) => `<187>Nov 22 20:59:52 web1 ${stream}: `),
  },
  {
    name: "nginx's syslog without host",
    said: 'lines of syslog',
    wrap: prefixed((stream) => `<187>Nov  2 20:59:52 ${stream}: `),
  },
  {
    name: 'syslog (RFC 5424)',
    said: 'lines of syslog (RFC 5424)',
    wrap: prefixed(
      (stream) => `<165>1 2026-11-22T20:59:52.003Z web1 ${stream} 8710 - [a@32473 b="c \\"]" d="e"][x@1] `,
    ),
  },
  {
    name: 'Filebeat',
    said: 'lines of Filebeat',
    isText: true,
    wrap: json((message, stream) => ({
      '@timestamp': '2026-11-22T20:59:52.129Z',
      '@metadata': { beat: 'filebeat' },
      host: { name: 'web1' },
      log: { offset: 7, file: { path: `/var/log/${stream}.log` } },
      message,
    })),
  },
  {
    name: 'Fluent Bit',
    said: 'lines of Fluent Bit',
    isText: true,
    wrap: json((log, stream) => ({
      date: 1795413188.332,
      stream: 'stderr',
      _p: 'F',
      log,
      kubernetes: { pod_name: stream },
    })),
  },
  {
    name: 'Fluent Bit with parts',
    said: 'lines of Fluent Bit',
    isText: true,
    wrap: (lines, stream = 'waf-1') =>
      inParts(
        lines,
        (part, isLast) =>
          `${JSON.stringify({ date: 1, time, logtag: isLast ? 'F' : 'P', stream: 'stdout', log: `${part}`, container_name: stream })}\n`,
      ),
  },
  {
    name: 'Fluent Bit to a file',
    said: 'lines of Fluent Bit',
    isText: true,
    wrap: written(
      (log, stream) => `kube.var.log.${stream}: [1795413188.332, ${JSON.stringify({ stream: 'stderr', log })}]`,
    ),
  },
  {
    name: 'Fluent Bit, time and record',
    said: 'lines of Fluent Bit',
    isText: true,
    wrap: json((log, tag) => [1795413188.332, { stream: 'stderr', tag, log }]),
  },
  {
    name: 'Fluentd',
    said: 'lines of Fluent Bit',
    isText: true,
    wrap: written(
      (log, stream) =>
        `2026-11-22 20:59:52.129000000 +0000 docker.${stream}: ${JSON.stringify({ container_id: '7f3c', source: 'stderr', log })}`,
    ),
  },
  {
    name: 'logcli -o jsonl',
    said: 'lines of Loki',
    isText: true,
    wrap: json((line, app) => ({ labels: { app }, line, timestamp: time })),
  },
  {
    name: 'logcli',
    said: 'lines of logcli',
    wrap: prefixed((stream) => `2026-11-22T20:59:52Z {app="${stream}"} `),
  },
  {
    name: "Loki's API",
    said: 'lines of Loki',
    isText: true,
    wrap: (lines, app = 'waf') => {
      const values = lines.map((line, i) => [`${1795413188332068102n + BigInt(i)}`, `${line}`]);
      return Buffer.from(
        JSON.stringify({
          status: 'success',
          data: { resultType: 'streams', result: [{ stream: { app }, values: values.toReversed() }] },
        }),
      );
    },
  },
  {
    name: 'Vector',
    said: 'lines of Vector',
    isText: true,
    wrap: json((message, stream) => ({
      file: `/var/log/${stream}`,
      host: 'web1',
      message,
      source_type: 'file',
      timestamp: time,
    })),
  },
  {
    name: 'exported from CloudWatch Logs',
    said: 'lines of a log with time stamps before its lines',
    wrap: prefixed(() => '2026-11-22T20:59:52.129Z '),
  },
  {
    name: 'aws logs filter-log-events',
    said: 'lines of CloudWatch Logs',
    isText: true,
    wrap: (lines, logStreamName = 'waf') => {
      const events = lines.map((line, i) => ({ logStreamName, timestamp: 1795413188332 + i, message: `${line}` }));
      return Buffer.from(`${JSON.stringify({ events, searchedLogStreams: [] }, undefined, 4)}\n`);
    },
  },
  {
    name: 'GELF',
    said: 'lines of GELF',
    isText: true,
    wrap: json((short_message, host) => ({ version: '1.1', host, short_message, timestamp: 1795413188.332, level: 3 })),
  },
  {
    name: 'docker service logs',
    said: 'lines with a prefix of their own',
    wrap: prefixed((stream) => `shop_${stream}.1.w9kq3j2hl0x1@node-1    | `),
  },
  {
    name: 'syslog with a facility',
    said: 'lines with a prefix of their own',
    wrap: prefixed((stream) => `Nov 22 20:59:52 web1 local7.err ${stream}: `),
  },
  {
    name: 'multilog in colours',
    said: 'lines with a prefix of their own',
    wrap: (lines, stream = 'waf-1') =>
      Buffer.concat(
        lines.flatMap((line) => [
          Buffer.from(`\x1b[31m@4000000056a3e1c31b0e5a04 ${stream}: `),
          line,
          Buffer.from('\x1b[0m\n'),
        ]),
      ),
  },
  {
    name: 'the OpenTelemetry collector',
    said: 'lines of JSON',
    isText: true,
    wrap: json((stringValue) => ({
      resourceLogs: [{ resource: {}, scopeLogs: [{ scope: {}, logRecords: [{ body: { stringValue } }] }] }],
    })),
  },
  {
    name: 'gcloud logging read',
    said: 'lines of JSON',
    isText: true,
    wrap: (lines) =>
      Buffer.from(
        JSON.stringify(
          lines.map((line) => ({ logName: 'l', jsonPayload: { log: `${line}` } })),
          undefined,
          2,
        ),
      ),
  },
  {
    name: 'CloudWatch Logs Insights',
    said: 'lines of CloudWatch Logs',
    isText: true,
    wrap: (lines) => {
      const row = (line: Buffer) => [
        { field: '@timestamp', value: '2026-11-22 20:59:52.129' },
        { field: '@message', value: `${line}` },
      ];
      return Buffer.from(JSON.stringify({ results: lines.map(row), status: 'Complete' }));
    },
  },
  {
    name: "Kibana's table",
    said: 'lines of a CSV export',
    isText: true,
    wrap: (lines, stream = 'waf-1') => {
      const rows = lines.map((line) => `"Nov 22, 2026 @ 20:59:52.129",${stream},"${`${line}`.replaceAll('"', '""')}"`);
      return Buffer.from(`${['"@timestamp","host.name",message', ...rows].join('\r\n')}\r\n`);
    },
  },
  {
    name: 'PowerShell, of docker compose',
    said: 'lines of docker compose',
    isText: true,
    wrap: (lines, stream = 'waf-1') =>
      Buffer.from(`\ufeff${lines.map((line) => `${stream}  | ${line}\r\n`).join('')}`, 'utf16le'),
  },
  {
    name: 'a logger with keys of its own',
    said: 'lines of JSON',
    isText: true,
    wrap: json((raw, host) => ({ severity: 'ERROR', host, raw })),
  },
];

export function wrappingOf(name: string): Wrapping {
  const found = wrappings.find((wrapping) => wrapping.name === name);
  if (found === undefined) throw new Error(`no wrapping is called ${name}`);
  return found;
}

/** The lines of a log. */
export function linesOf(log: Buffer): readonly Buffer[] {
  const lines = log.toString('latin1').split('\n');
  return (lines.at(-1) === '' ? lines.slice(0, -1) : lines).map((line) => Buffer.from(line, 'latin1'));
}
