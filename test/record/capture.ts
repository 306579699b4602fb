import type { WireRequest } from '../../src/model/request.js';
import type { CapturedRequest } from '../../src/record/captured-request.js';
import type { Imported } from '../../src/record/import-format.js';
import { type SuiteSettings, toSuite } from '../../src/record/to-suite.js';
import { writeSuite } from '../../src/record/write-suite.js';
import { encodeRequest } from '../../src/request/encode-request.js';
import { casesOf } from '../suite/suite-folder.js';

const utf8 = new TextEncoder();

/** What a test says of a request; a text as its body is UTF-8. */
export interface Told extends Partial<Omit<CapturedRequest, 'body'>> {
  readonly body?: string | Uint8Array | CapturedRequest['body'];
}

/** A request of somebody's traffic. */
export function captured({ body, ...request }: Told): CapturedRequest {
  return {
    method: 'POST',
    url: 'https://shop.test/',
    headers: [],
    place: { file: 'shop.har', line: 1 },
    ...request,
    body: bodyOf(body),
  };
}

function bodyOf(body: string | Uint8Array | CapturedRequest['body'] | undefined): CapturedRequest['body'] {
  if (body === undefined) return { kind: 'none' };
  if (typeof body === 'string') return { kind: 'bytes', bytes: utf8.encode(body) };
  return body instanceof Uint8Array ? { kind: 'bytes', bytes: body } : body;
}

export function capturedAll(...told: readonly Told[]): readonly CapturedRequest[] {
  return told.map(captured);
}

export function suiteOfRequests(requests: readonly CapturedRequest[], settings: Partial<SuiteSettings> = {}): Imported {
  return toSuite(requests, { source: 'shop.har', stem: 'shop', isRecorded: true, ...settings });
}

/** The text of the only suite. */
export function textOf({ suites }: Imported): string {
  return suites.map(writeSuite).join('');
}

/** What goes over the wire once the suite is loaded again. */
export async function wireOf(
  imported: Imported,
  env: Readonly<Record<string, string>> = {},
): Promise<readonly WireRequest[]> {
  const cases = await casesOf({ 's.yaml': textOf(imported) }, { env });
  return cases.map(({ request }) => encodeRequest(request));
}

/** The fields of a form as a browser encodes them. */
export const form = [['Content-Type', 'application/x-www-form-urlencoded']] as const;
export const json = [['Content-Type', 'application/json']] as const;
