import { correlationHeader } from '../model/correlation.js';
import type { RequestSpec, WireRequest } from '../model/request.js';

/** The request with a Host, where its author neither gave nor dropped one. Browsers send it first. */
export function withHost(spec: RequestSpec, host: string): RequestSpec {
  const given = spec.headers.some(([name]) => name.toLowerCase() === 'host') || spec.omittedHeaders.includes('host');
  return given ? spec : { ...spec, headers: [['Host', host], ...spec.headers] };
}

const asking = ['GET', 'HEAD', 'OPTIONS'];

/**
 * The request with an Origin, where it changes something and its author neither says nor drops where it comes from. With a
 * session frameworks look at that, as browsers send it with every form (Fetch standard, section 3.2).
 */
export function withOrigin(spec: RequestSpec, origin: string): RequestSpec {
  const said = [...spec.headers.map(([name]) => name.toLowerCase()), ...spec.omittedHeaders];
  if (asking.includes(spec.method.toUpperCase()) || said.includes('origin') || said.includes('referer')) return spec;
  return { ...spec, headers: [['Origin', origin], ['Referer', `${origin}/`], ...spec.headers] };
}

/** The request with the header by which its log entry is found. */
export function correlated(request: WireRequest, correlationId: string): WireRequest {
  return { ...request, headers: [...request.headers, [correlationHeader, correlationId]] };
}
