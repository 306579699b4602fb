import { isVisible } from '../../../util/printable.js';
import { decodeUtf8 } from '../../../util/read-file.js';
import { isSourceList, isSourceObject, type SourceValue } from './source-value.js';

/** How `SearchString` is written: as the API and its SDKs send it, or as the console and templates do. */
export type SearchEncoding = 'base64' | 'plain';

/** The bytes that a search string stands for. */
export function searchBytes(text: string, encoding: SearchEncoding): Uint8Array {
  return encoding === 'base64' ? (decodeBase64(text) ?? Buffer.from(text)) : Buffer.from(text);
}

/**
 * How the search strings of a document of the API are written, which nothing in it says. They are all written one way.
 * Text that is not base64 in its only spelling (RFC 4648 with padding) shows that they are plain. Where all of them could
 * be base64, they are, in what is a whole web ACL or group of rules: the API writes those. A rule by itself comes from the
 * editor of the console as well, which writes plain text, and a word such as `POST` can be base64: there they are base64
 * only where all of them stand for UTF-8 text without control characters.
 */
export function searchEncoding(document: SourceValue, isWhole: boolean): SearchEncoding {
  const bytes = searchStrings(document).map(decodeBase64);
  if (bytes.some((it) => it === undefined)) return 'plain';
  return isWhole || bytes.every((it) => it !== undefined && isText(it)) ? 'base64' : 'plain';
}

function decodeBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : undefined;
}

function isText(bytes: Uint8Array): boolean {
  const text = decodeUtf8(bytes);
  return text !== undefined && isVisible(text);
}

function searchStrings(document: SourceValue): readonly string[] {
  const found: string[] = [];
  const waiting: SourceValue[] = [document];
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    if (isSourceList(value)) for (const item of value) waiting.push(item);
    if (!isSourceObject(value)) continue;
    for (const [key, item] of Object.entries(value)) {
      if (key === 'SearchString' && typeof item === 'string') found.push(item);
      else waiting.push(item);
    }
  }
  return found;
}
