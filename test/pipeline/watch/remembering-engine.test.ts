import { expect, test } from 'vitest';
import type { Engine } from '../../../src/contract/engine.js';
import type { WireRequest } from '../../../src/model/request.js';
import { rememberingEngine } from '../../../src/pipeline/watch/remembering-engine.js';
import { correlated } from '../../../src/request/complete-request.js';

function countingEngine() {
  const asked: string[] = [];
  const engine: Engine = {
    info: { kind: 'modsecurity', mode: 'block' },
    workers: 1,
    async evaluate({ target, body }, correlationId, client) {
      asked.push(`${target} ${Buffer.from(body).toString('latin1')} ${client?.ip ?? ''}`.trim());
      return { exchange: { correlationId } as never, evidence: { kind: 'missing', reason: 'none' } };
    },
    close: async () => undefined,
  };
  return { engine, asked };
}

function request(target: string, body = ''): WireRequest {
  return { method: 'POST', target, headers: [['Host', 'a']], body: Buffer.from(body, 'latin1') };
}

test('a request is asked about once, whatever its correlation id, which is in the answer', async () => {
  const { engine, asked } = countingEngine();
  const remembering = rememberingEngine(engine);
  const ids = [];
  for (const id of ['one', 'two']) {
    ids.push((await remembering.evaluate(correlated(request('/a'), id), id)).exchange.correlationId);
  }
  expect([asked, ids]).toEqual([['/a'], ['one', 'two']]);
});

test('a request with another byte, or of another client, is another one', async () => {
  const { engine, asked } = countingEngine();
  const remembering = rememberingEngine(engine);
  await remembering.evaluate(request('/a', '\xff'), 'x');
  await remembering.evaluate(request('/a', '\xfe'), 'x');
  await remembering.evaluate(request('/a', '\xfe'), 'x', { ip: '192.0.2.1' });
  expect(asked).toEqual(['/a \xff', '/a \xfe', '/a \xfe 192.0.2.1']);
});

test('what is not asked for in a turn is forgotten', async () => {
  const { engine, asked } = countingEngine();
  const remembering = rememberingEngine(engine);
  await remembering.evaluate(request('/a'), 'x');
  remembering.forgetUnused();
  await remembering.evaluate(request('/a'), 'x');
  remembering.forgetUnused();
  remembering.forgetUnused();
  await remembering.evaluate(request('/a'), 'x');
  expect(asked).toEqual(['/a', '/a']);
});
