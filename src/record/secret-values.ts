import { isAuthorization, isKeyHeader, isPasswordName } from '../request/credential-names.js';
import { isRandom, isRandomHex } from '../request/random-text.js';

/** Fields and headers that guard a form: each answer of the application has another one. */
const tokenOfForm =
  /csrf|xsrf|^_?authenticity_token$|requestverificationtoken|nonce$|^_token$|^wp[a-z]*token$|^form_(?:build_id|token)$|^__(?:viewstate|eventvalidation)/i;

/** Names of keys and tokens, whatever they look like. */
const keyName =
  /^(?:.*[-_.])?(?:token|secret|jwt|signature|sid|sessionid|credentials?)$|api[-_]?key|(?:access|auth|bearer|refresh|id|session)_?token$|(?:client|app|private|secret)[-_]?(?:secret|key)$/i;

/** Names that others go by as well: what looks like a key is one. */
const maybeKeyName = /^(?:.*[-_.])?(?:key|code|sig|auth|session|ticket|otp|pin)$/i;

/** What stands for a value in documentation: `{{token}}`, `<key>`, `$TOKEN`, `xxxx`, `YOUR_API_KEY`. */
const stand = /^(?:\{\{.*\}\}|<.*>|\$\{?\w*\}?|x{3,}|\*{3,}|\.{3,}|your[-_ ].*|\[.*\])?$/is;

/** What a box or a choice about passwords says, such as `usable_password=true`. */
const isAnswer = /^(?:true|false|on|off|yes|no|\d)$/i;

/** Whether a field's value has to come from an answer of the application, as tokens against forged requests do. */
export function isFormToken(name: string, value: string): boolean {
  return tokenOfForm.test(name) && !stand.test(value);
}

/** Whether a field's value is a secret: a password, a key or a token. */
export function isSecretField(name: string, value: string): boolean {
  if (stand.test(value) || isAnswer.test(value)) return false;
  if (isPasswordName(name)) return !/secret/i.test(name) || !/\s/.test(value);
  if (/\s/.test(value)) return false;
  return keyName.test(name) || (maybeKeyName.test(name) && looksMade(value));
}

/** Whether the value of a header field is a secret. */
export function isSecretHeader(name: string, value: string): boolean {
  // Who leaves an authorization open has to give it as well.
  return isAuthorization(name) || (isKeyHeader(name, value) && !stand.test(value));
}

/** Whether a machine made a text, so that it means nothing where it came from elsewhere. */
export function looksMade(value: string): boolean {
  return (
    value.length >= 16 && /^[\w.~+/=:|-]+$/.test(value) && (isRandomHex(value) || isRandom(value.replace(/\W/g, '')))
  );
}

/** Whether a text that is neither form nor JSON has a password or key in it that goes by its name. */
export function hasNamedSecret(text: string): boolean {
  return /<(?:\w+:)?(?:password|passwd|pwd|api_?key|access_?token|client_?secret)\b[^>]*>[^<\s]|["'](?:password|passwd|pwd|api_?key|access_?token|client_?secret)["']\s*[:=]\s*["'][^"']/i.test(
    text,
  );
}
