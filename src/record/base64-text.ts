import { decodeUtf8 } from '../util/read-file.js';

const longest = 200_000;

/** The text that a value is in Base64; nothing where it is none, or no text. */
export function textOfBase64(value: string): string | undefined {
  if (value.length < 16 || value.length > longest || !/^(?:[\w+/-]{4})*[\w+/-]{0,3}={0,2}$/.test(value))
    return undefined;
  const text = decodeUtf8(Buffer.from(value, value.includes('-') || value.includes('_') ? 'base64url' : 'base64'));
  return text === undefined || /[\p{Cc}\p{Cn}]/u.test(text.replace(/[\r\n\t]/g, '')) ? undefined : text;
}
