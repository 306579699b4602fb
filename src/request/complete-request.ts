import { correlationHeader } from '../model/correlation.js';
import type { RequestSpec, WireRequest } from '../model/request.js';

/** The request with a Host, where its author neither gave nor dropped one. Browsers send it first. */
export function withHost(spec: RequestSpec, host: string): RequestSpec {
  const given = spec.headers.some(([name]) => name.toLowerCase() === 'host') || spec.omittedHeaders.includes('host');
  return given ? spec : { ...spec, headers: [['Host', host], ...spec.headers] };
}

/** The request with the header by which its log entry is found. */
export function correlated(request: WireRequest, correlationId: string): WireRequest {
  return { ...request, headers: [...request.headers, [correlationHeader, correlationId]] };
}
