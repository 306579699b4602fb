import type { Content } from '../model/request.js';
import { decodeUtf8 } from '../util/read-file.js';

/** Content as text where it is UTF-8, else as base64. */
export function contentOf(bytes: Uint8Array): Content {
  const text = decodeUtf8(bytes);
  return text === undefined ? { base64: Buffer.from(bytes).toString('base64') } : { text };
}
