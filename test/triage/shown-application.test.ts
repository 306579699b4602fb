import { describe, expect, test } from 'vitest';
import type { Pair } from '../../src/model/request.js';
import { LogLineReader } from '../../src/triage/logs/read-log.js';
import { triage } from '../../src/triage/triage.js';

const answered = (status: number, body: string, ...headers: readonly Pair[]) =>
  ({
    kind: 'answered',
    status,
    headers: [['content-type', 'application/json'], ...headers],
    bodyExcerpt: body,
  }) as const;

const denied = '{"message":"You lack the permission to approve orders"}';

describe('an error in JSON that names nobody', () => {
  test('leaves open whether an application or a gateway refused', () => {
    expect(triage({ outcome: answered(403, denied) })).toMatchObject({
      layer: 'unknown',
      cause: 'not-authorized',
      alternatives: [{ layer: 'application' }, { layer: 'gateway' }, { layer: 'server' }, {}, {}],
    });
  });

  test.each([
    ['an application shows in it', ['x-powered-by', 'Express']],
    ['a server of applications sends it', ['server', 'gunicorn']],
    ['Envoy had it from behind itself', ['x-envoy-upstream-service-time', '7']],
    ['Kong had it from behind itself', ['x-kong-upstream-latency', '7']],
  ] as const)('is of the application where %s', (_, pair) => {
    expect(triage({ outcome: answered(403, denied, pair) })).toMatchObject({
      layer: 'application',
      cause: 'not-authorized',
    });
  });

  test('is not of the application for a proxy that passes all things on', () => {
    expect(triage({ outcome: answered(403, denied, ['server', 'nginx']) })).toMatchObject({ layer: 'unknown' });
  });
});

describe('a line that says why a process may not', () => {
  const reader = new LogLineReader();
  const lines = [
    '2026/11/30 10:00:01 [error] 31#31: *17 open() "/srv/a.html" failed (13: Permission denied), client: 203.0.113.9, server: a, request: "GET /a.html HTTP/1.1", host: "a"',
    'type=AVC msg=audit(1796032801.122:512): avc:  denied  { read } for  pid=31 comm="nginx" name="a.html" dev="vda1" ino=881 scontext=a tcontext=b tclass=file permissive=0',
  ].flatMap((line) => reader.read(line) ?? []);
  const page = answered(403, '<html><head><title>403 Forbidden</title></head></html>', ['server', 'nginx']);

  test('stands before the line of the process', () => {
    expect(triage({ outcome: page, lines })).toMatchObject({ layer: 'os', cause: 'mandatory-access-control' });
  });

  test('says nothing where it is not there', () => {
    expect(triage({ outcome: page, lines: lines.slice(0, 1) })).toMatchObject({ cause: 'file-permission' });
  });
});
