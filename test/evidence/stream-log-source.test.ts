import { PassThrough, Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import type { LogSource } from '../../src/contract/log-source.js';
import { promptDelay } from '../../src/evidence/log-delay.js';
import { createStreamLogSource } from '../../src/evidence/stream-log-source.js';
import { auditLine, auditLineReader, idsIn, indexLine } from './audit-line.js';

function sourceOf(stream: Readable, close = async () => {}): LogSource {
  return createStreamLogSource({ stream, reader: auditLineReader(), whyEnded: () => 'tail ended with code 1', close });
}

/** Lets a stream hand over what it holds. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
}

test('what a stream brings is handed out once', async () => {
  const stream = new PassThrough();
  const source = sourceOf(stream);
  stream.write(`${auditLine('a', 200)}${auditLine('b', 403)}`);
  await settle();
  expect(await idsIn(source)).toEqual(['a', 'b']);
  expect(await idsIn(source)).toEqual([]);
});

test('entries in files of their own are not looked for: they may be on another machine', async () => {
  const stream = new PassThrough();
  const source = sourceOf(stream);
  stream.write(`${indexLine('/1')}${auditLine('a', 200)}`);
  await settle();
  expect(await idsIn(source)).toEqual(['a']);
});

describe('when the stream is over', () => {
  const plain = { read: () => {}, autoDestroy: false };

  test.each<[string, Readable, (stream: Readable) => void]>([
    ['it ended', new Readable(plain), (stream) => stream.push(null)],
    ['it failed', new Readable({ ...plain, emitClose: false }), (stream) => stream.destroy(new Error('reset'))],
    ['it was closed', new Readable(plain), (stream) => stream.destroy()],
  ])('because %s, reading fails with the reason', async (_, stream, end) => {
    const source = sourceOf(stream);
    await settle();
    expect(await idsIn(source)).toEqual([]);
    end(stream);
    await settle();
    await expect(idsIn(source)).rejects.toThrow('tail ended with code 1');
  });

  test('what it brought is handed out first, its last line among it', async () => {
    const stream = new PassThrough();
    const source = sourceOf(stream);
    stream.end(`${auditLine('a', 200)}${auditLine('b', 200).trimEnd()}`);
    await settle();
    const ids: unknown[] = [];
    const reading = (async () => {
      for await (const { correlationId } of source.records()) ids.push(correlationId);
    })();
    await expect(reading).rejects.toThrow('tail ended with code 1');
    expect(ids).toEqual(['a', 'b']);
  });
});

test('a stream that brings more than is taken is paused, and goes on when it is taken', async () => {
  const stream = new PassThrough();
  const source = sourceOf(stream);
  stream.write(auditLine('a', 200).repeat(10_000));
  await settle();
  expect(stream.isPaused()).toBe(false);
  stream.write(auditLine('b', 200));
  await settle();
  expect(stream.isPaused()).toBe(true);
  expect(await idsIn(source)).toHaveLength(10_001);
  expect(stream.isPaused()).toBe(false);
});

test('a stream may show nothing at first, and then as soon as it is written', () => {
  expect(sourceOf(new PassThrough())).toMatchObject({ comesUpMs: 10_000, delay: promptDelay });
});

test('closing lets go of what writes the stream', async () => {
  const closed: string[] = [];
  await sourceOf(new PassThrough(), async () => void closed.push('tail')).close();
  expect(closed).toEqual(['tail']);
});
