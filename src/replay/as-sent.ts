import type { Pair, WireRequest } from '../model/request.js';
import type { TargetAddress } from './target.js';
import { planWire, utf8OfLatin1 } from './wire-plan.js';

/** The request line as the target gets it: the method, and what is asked for below the base path. */
export function lineAsSent({ method, target }: WireRequest, { basePath }: TargetAddress) {
  return { method, target: `${basePath}${target}` };
}

/**
 * The request as the target gets it, which is where a log counts its offsets: below the base path, with the header by
 * which it is found, and with the fields that undici writes itself, in its order: `host`, `connection`, the request's
 * own, `content-length`.
 */
export function asSent(request: WireRequest, correlationId: string, target: TargetAddress): WireRequest {
  const plan = planWire(request, correlationId, target);
  if (plan.kind === 'unsendable') return request;
  const { method, path, headers, body } = plan.request;
  const fields = headers.map(([name, value]): Pair => [name, utf8OfLatin1(value)]);
  return { method, target: path, body, headers: plan.kind === 'exact' ? fields : pooledFields(fields, request) };
}

function pooledFields(fields: readonly Pair[], { headers }: WireRequest): readonly Pair[] {
  const hosts: Pair[] = [];
  const others: Pair[] = [];
  let connection = 'keep-alive';
  for (const field of fields) {
    const [name, value] = field;
    if (is(name, 'host')) hosts.push(field);
    else if (is(name, 'connection')) connection = value;
    else others.push(field);
  }
  const length = headers.filter(([name]) => is(name, 'content-length'));
  return [...hosts, ['connection', connection], ...others, ...length];
}

function is(name: string, lowerCase: string): boolean {
  return name.length === lowerCase.length && name.toLowerCase() === lowerCase;
}
