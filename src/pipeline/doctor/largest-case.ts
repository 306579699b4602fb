import type { LargestCase } from '../../contract/check.js';
import type { Case } from '../../model/case.js';
import type { Part, RequestBody, RequestSpec } from '../../model/request.js';
import { contentBytes, encodeRequest } from '../../request/encode-request.js';
import { probeHeaders, probeParameter } from '../../request/probe-request.js';

/**
 * Nothing where no case has a body.
 * @param attacks whether attack cases count: they do where they are sent
 */
export async function findLargest(cases: AsyncIterable<Case>, attacks: boolean): Promise<LargestCase | undefined> {
  let largest: LargestCase | undefined;
  for await (const { id, request, intent } of cases) {
    if (intent === 'attack' && !attacks) continue;
    const bytes = request.body.kind === 'none' ? 0 : encodeRequest(request).body.length;
    if (bytes > (largest?.bytes ?? 0)) largest = { id, request, bytes };
  }
  return largest;
}

/** A request to the same endpoint with a body of the same kind and length, in which there is nothing but one letter. */
export function harmlessTwin({ request, bytes }: LargestCase): RequestSpec {
  const type = request.headers.filter(([name]) => name.toLowerCase() === 'content-type');
  return {
    method: request.method,
    path: request.path,
    query: [],
    headers: [...probeHeaders, ...type],
    cookies: [],
    body: harmlessBody(request.body, bytes),
    omittedHeaders: [],
  };
}

/** Limits differ for uploads and for the rest of a body, so both parts of a multipart body keep their sizes. */
function harmlessBody(body: RequestBody, bytes: number): RequestBody {
  switch (body.kind) {
    case 'form':
      return { kind: 'form', fields: [[probeParameter, letters(bytes - `${probeParameter}=`.length)]] };
    case 'json':
      return { kind: 'json', value: { [probeParameter]: letters(bytes - `{"${probeParameter}":""}`.length) } };
    case 'multipart':
      return { ...body, parts: body.parts.map(harmlessPart) };
    case 'raw':
      return { kind: 'raw', content: { text: letters(bytes) } };
    case 'none':
      return body;
  }
}

function harmlessPart({ content, filename }: Part): Part {
  const part = { name: probeParameter, content: { text: letters(contentBytes(content).length) } };
  return filename === undefined ? part : { ...part, filename: `${probeParameter}.txt`, type: 'text/plain' };
}

function letters(count: number): string {
  return 'a'.repeat(Math.max(0, count));
}
