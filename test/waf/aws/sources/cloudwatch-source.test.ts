import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { afterEach, describe, expect, it } from 'vitest';
import { openLogsApi } from '../../../../src/waf/aws/api/logs-api.js';
import { createAwsReader } from '../../../../src/waf/aws/logs/log-reader.js';
import { createCloudWatchSource } from '../../../../src/waf/aws/sources/cloudwatch-source.js';
import { exception, type Scripted, startAnswering } from '../api/answering.js';
import { withAwsEnvironment } from '../credentials.js';
import { isWithoutMoto, startMoto } from '../moto.js';
import { idsFrom, logLine } from './wire-record.js';

withAwsEnvironment();

const group = 'aws-waf-logs-staging';
const prefix = 'w7-bcdfghjk-';
const start = Date.parse('2026-03-01T12:00:00Z');
const closing: (() => unknown)[] = [];

afterEach(async () => {
  delete process.env['AWS_ENDPOINT_URL_CLOUDWATCH_LOGS'];
  for (const close of closing.splice(0).reverse()) await close();
});

async function sourceAt(url: string, now = () => start) {
  process.env['AWS_ENDPOINT_URL_CLOUDWATCH_LOGS'] = url;
  const api = await openLogsApi('eu-west-1');
  const reader = createAwsReader({ prefix });
  const source = createCloudWatchSource({ api, group, prefix, from: start, reader, now });
  closing.push(() => source.close());
  return source;
}

async function scripted(...answers: readonly [Scripted, ...Scripted[]]) {
  const server = await startAnswering(...answers);
  closing.push(server.close);
  return server;
}

const event = (eventId: string, id: string) => ({ eventId, timestamp: start, message: logLine(id, start) });
const page = (events: readonly unknown[], nextToken?: string) => ({ body: JSON.stringify({ events, nextToken }) });

describe('CloudWatch Logs, with a server that stands in for AWS', () => {
  it('are asked for the prefix of the run as a quoted phrase, from before it began', async () => {
    const server = await scripted(page([]));
    await idsFrom(await sourceAt(server.url));
    expect(server.asked.map(({ target, body }) => [target, JSON.parse(body)])).toEqual([
      [
        'Logs_20140328.FilterLogEvents',
        { logGroupName: group, filterPattern: '"w7-bcdfghjk-"', startTime: start - 60_000 },
      ],
    ]);
  });

  it('are read page by page, through empty ones', async () => {
    const pages = [page([event('1', `${prefix}a`)], 'x'), page([], 'y'), page([event('2', `${prefix}b`)])] as const;
    const server = await scripted(...pages);
    expect(await idsFrom(await sourceAt(server.url))).toEqual([`${prefix}a`, `${prefix}b`]);
    expect(server.asked.map(({ body }) => JSON.parse(body).nextToken)).toEqual([undefined, 'x', 'y']);
  });

  it('tell each entry once, however often it comes, and late ones too', async () => {
    const first = [event('1', `${prefix}a`)];
    const server = await scripted(page(first), page([...first, event('0', `${prefix}late`)]));
    const times = [start + 600_000, start + 602_000];
    const source = await sourceAt(server.url, () => times.shift() ?? start);
    expect([await idsFrom(source), await idsFrom(source)]).toEqual([[`${prefix}a`], [`${prefix}late`]]);
    expect(JSON.parse(server.asked[1]?.body ?? '').startTime).toBe(start + 600_000 - 5 * 60_000 - 60_000);
  });

  it('lose nothing of a page that came before AWS refused the next one', async () => {
    const server = await scripted(
      page([event('1', `${prefix}a`)], 'x'),
      exception('InvalidParameterException', 'no'),
      page([event('1', `${prefix}a`), event('2', `${prefix}b`)]),
    );
    const source = await sourceAt(server.url);
    const ids: unknown[] = [];
    const reading = async () => {
      for await (const { correlationId } of source.records()) ids.push(correlationId);
    };
    await expect(reading()).rejects.toMatchObject({ code: 'AWS_FAILED' });
    await reading();
    expect(ids).toEqual([`${prefix}a`, `${prefix}b`]);
  });

  it.each([
    [
      'is not there',
      exception('ResourceNotFoundException', 'no'),
      'AWS_NOT_FOUND',
      `no log group ${group} in eu-west-1`,
    ],
    ['may not be read', exception('AccessDeniedException', ''), 'AWS_ACCESS_DENIED', 'may not do logs:FilterLogEvents'],
    ['is a page of HTML', { body: '<html></html>' }, 'AWS_NOT_AN_API', 'answered logs:FilterLogEvents'],
  ])('a group that %s ends the reading with one clear message', async (_, answer, code, says) => {
    const source = await sourceAt((await scripted(answer)).url);
    await expect(idsFrom(source)).rejects.toMatchObject({ code, message: expect.stringContaining(says) });
  });
});

describe.skipIf(isWithoutMoto)('CloudWatch Logs of moto, which stands in for AWS', () => {
  it('tell the entries of the run, and none of others', async () => {
    const moto = await startMoto();
    closing.push(moto.close);
    const ids = [`${prefix}a`, 'w7-another-x', `${prefix}b`];
    const now = Date.now();
    await putEvents(moto.url, ids, now);
    process.env['AWS_ENDPOINT_URL_CLOUDWATCH_LOGS'] = moto.url;
    const api = await openLogsApi('eu-west-1');
    const source = createCloudWatchSource({ api, group, prefix, from: now, reader: createAwsReader() });
    closing.push(() => source.close());
    expect(await idsFrom(source)).toEqual([`${prefix}a`, `${prefix}b`]);
    await putEvents(moto.url, [`${prefix}c`], now);
    expect(await idsFrom(source)).toEqual([`${prefix}c`]);
  });
});

const streamed = { logGroupName: group, logStreamName: 'eu-west-1_staging_0' };

async function putEvents(endpoint: string, ids: readonly string[], at: number): Promise<void> {
  const client = new CloudWatchLogsClient({ region: 'eu-west-1', endpoint });
  await client.send(new CreateLogGroupCommand({ logGroupName: group })).catch(() => undefined);
  await client.send(new CreateLogStreamCommand(streamed)).catch(() => undefined);
  const logEvents = ids.map((id) => ({ timestamp: at, message: logLine(id, at) }));
  await client.send(new PutLogEventsCommand({ ...streamed, logEvents }));
  client.destroy();
}
