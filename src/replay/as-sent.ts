import type { Pair, WireRequest } from '../model/request.js';
import type { TargetAddress } from './target.js';
import { planWire } from './wire-plan.js';

/**
 * The request as the target gets it, which is where a log counts its offsets: below the base path, with the header by
 * which it is found, and with the fields that undici writes itself, in its order: `host`, `connection`, the request's
 * own, `content-length`.
 */
export function asSent(request: WireRequest, correlationId: string, target: TargetAddress): WireRequest {
  const plan = planWire(request, correlationId, target);
  if (plan.kind === 'unsendable') return request;
  const { method, path, headers, body } = plan.request;
  const fields = headers.map(([name, value]): Pair => [name, Buffer.from(value, 'latin1').toString('utf8')]);
  return { method, target: path, body, headers: plan.kind === 'exact' ? fields : pooledFields(fields, request) };
}

function pooledFields(fields: readonly Pair[], { headers }: WireRequest): readonly Pair[] {
  const host = fields.filter(([name]) => is(name, 'host'));
  const connection = fields.find(([name]) => is(name, 'connection'))?.[1] ?? 'keep-alive';
  const length = headers.filter(([name]) => is(name, 'content-length'));
  const others = fields.filter(([name]) => !is(name, 'host') && !is(name, 'connection'));
  return [...host, ['connection', connection], ...others, ...length];
}

function is(name: string, lowerCase: string): boolean {
  return name.toLowerCase() === lowerCase;
}
