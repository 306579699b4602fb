import { isAuthorization, isKeyHeader, isPasswordName } from '../request/credential-names.js';
import { isRandom, isRandomHex } from '../request/random-text.js';
import { textOfBase64 } from './base64-text.js';
import { isPersonalNumber } from './personal-numbers.js';
import { hasKey, holdsSecret } from './secret-shapes.js';

/** Fields and headers that guard a form: each answer of the application has another one. */
const tokenOfForm =
  /csrf|xsrf|^_?authenticity_token$|requestverificationtoken|nonce$|^_(?:wp|ajax_)nonce[-_]|^_token$|^wp[a-z]*token$|^form_(?:build_id|token)$|^__(?:viewstate|eventvalidation)/i;

/** What MediaWiki guards edits with, whatever the field is called. */
const tokenOfWiki = /^[0-9a-f]{32,64}\+\\$/;

/** Names of passwords besides those that `isPasswordName` knows. */
const ownPassword =
  /pass(?:phrase|code)|kennwort|contrase|mot[-_]?de[-_]?passe|(?:^|[-_.])(?:pass|pwd)\d?$|(?:^|[-_.])pass[-_]?(?:confirm\w*|repeat|again|new|old)$|security[-_]?answer$|(?:recovery|backup)[-_]?(?:codes?|keys?|phrase|words)$|^(?:mnemonic|seed[-_]?phrase)$|^SAML(?:Response|Request)$/i;
const camelPassword = /[a-z](?:Pass|Pwd)\d?$/;

/** Names of keys and tokens, whatever they look like. */
const keyName =
  /^(?:.*[-_.])?(?:token|secret|jwt|signature|sid|credentials?|assertion)$|api[-_]?key|app[-_]?id$|(?:access|auth|bearer|refresh|id|session)_?tokens?$|^tokens$|(?:client|app|private|secret|signing|encryption)[-_]?(?:secret|key)$|code[-_]?verifier$|^(?:php|j|cf|aspx?)?(?:.*[-_.])?sess(?:ion)?[-_]?id$/i;
const camelKey = /[a-z](?:Token|Secret|Jwt|Signature|Credentials?|Assertion|SessionId)$/;

/** Numbers that are asked for to prove who somebody is, and those of cards. */
const codeName =
  /(?:^|[-_.])(?:pin|otp|totp|mfa|2fa|tfa|cvc2?|cvv2?|csc)(?:[-_]?(?:code|token|value|number))?$|(?:one[-_]?time|verification|security|sms|mfa)[-_]?code$|(?:card|cc)[-_]?(?:number|num|nr)$/i;
const code = /^\d(?:[ -]?\d){2,18}$/;

/** Names that others go by as well: what looks like a key is one. */
const maybeKeyName = /^(?:.*[-_.])?(?:key|code|sig|auth|session|ticket|otp|pin)$/i;

/** What stands for a value in documentation: `{{token}}`, `<key>`, `$TOKEN`, `xxxx`, `YOUR_API_KEY`. */
const stand = /^(?:\{\{.*\}\}|<.*>|\$\{?\w*\}?|x{3,}|\*{3,}|\.{3,}|your[-_ ].*|\[.*\])?$/is;

/** What a box or a choice about passwords says, such as `usable_password=true`. */
const isAnswer = /^(?:true|false|on|off|yes|no|\d)$/i;

/** Whether a field's value has to come from an answer of the application, as tokens against forged requests do. */
export function isFormToken(name: string, value: string): boolean {
  return (tokenOfForm.test(name) && !stand.test(value)) || tokenOfWiki.test(value);
}

/** Whether a field's value is a secret: a password, a key or a token. */
export function isSecretField(name: string, value: string): boolean {
  if (stand.test(value) || isAnswer.test(value)) return false;
  const plain = plainName(name);
  if (isPasswordOf(plain)) return !/secret/i.test(name) || !/\s/.test(value);
  if ((codeName.test(plain) && code.test(value)) || isPersonalNumber(plain, value)) return true;
  if (/\s/.test(value)) return false;
  return isKeyOf(plain, value) || (maybeKeyName.test(plain) && (looksMade(value) || isBasicPair(value)));
}

function isPasswordOf(name: string): boolean {
  return isPasswordName(name) || ownPassword.test(name) || camelPassword.test(name);
}

/** What an application calls its own id is a key where it looks like one. */
function isKeyOf(name: string, value: string): boolean {
  return (keyName.test(name) || camelKey.test(name)) && (!/app[-_]?id$/i.test(name) || looksMade(value));
}

/** `tokens[]` as `tokens`, `user[pass]` as `user.pass`, `password.value` as `password`. */
function plainName(name: string): string {
  const dotted = name.replace(/\[\d*\]$/, '').replace(/\[([^[\]]*)\]/g, '.$1');
  return dotted.replace(/\.(?:value|text|plain|raw|current|new|old|first|second)$/i, '');
}

/** `user:password` as HTTP Basic has it. */
function isBasicPair(value: string): boolean {
  return /^[^:\s]{1,100}:[\x21-\x7e]{4,200}$/.test(textOfBase64(value) ?? '');
}

/** Whether a number in JSON is a secret: it cannot be taken out, because what takes its place is a text. */
export function isSecretNumber(name: string, value: number): boolean {
  const plain = plainName(name);
  return Math.abs(value) >= 1000 && (isPasswordOf(plain) || codeName.test(plain) || /(?:^|[-_.])token$/i.test(plain));
}

/** Whether a secret stands in a value, under whatever name the value goes. */
export function holdsKey(value: string, level = 0): boolean {
  const inner = level === 0 ? textOfBase64(value) : undefined;
  if (inner !== undefined && (holdsKey(inner, 1) || hasNamedSecret(inner))) return true;
  return hasKey(value) || holdsSecret(value, isSecretField) || (graphql.test(value) && hasNamedSecret(value));
}

/** A document of GraphQL, in which arguments may stand as they are. */
const graphql = /^\s*(?:(?:mutation|query|subscription)\b[^{]{0,500})?\{/;

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

const named = '(?:password|passwd|pwd|passphrase|api_?key|access_?token|refresh_?token|id_?token|client_?secret)';
const namedSecret = new RegExp(
  [
    `<(?:\\w{1,40}:)?${named}\\b[^<>]{0,400}>[^<\\s]`,
    `(?<!\\w)\\\\?["']?${named}\\\\?["']?\\s{0,8}[:=]\\s{0,8}\\\\?["'][^"']`,
    `(?:^|[?&;\\s])${named}=[^&\\s]`,
    `^[ \\t-]{0,40}(?:\\w{1,40}[-_.])?${named}:[ \\t]+\\S{6,}[ \\t]*$`, // settings in YAML
    '(?<![\\w-])(?:\\w{1,40}[-_])?(?:token|secret|signature)\\\\?["\']?\\s{0,8}[:=]\\s{0,8}\\\\?["\'][\\w.~+/=-]{16,}\\\\?["\']',
  ].join('|'),
  'im',
);

/** Whether a text that is neither form nor JSON has a password or key in it that goes by its name. */
export function hasNamedSecret(text: string): boolean {
  return namedSecret.test(text);
}
