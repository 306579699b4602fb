/** Header fields whose value is a credential by definition (RFC 9110 sections 11.6.2 and 11.7.2). */
const authorization = ['authorization', 'proxy-authorization'];
/** Header fields that carry cookies (RFC 6265), in requests that copy answers too. */
const cookieHeaders = ['cookie', 'set-cookie'];
/** Header fields in which keys and tokens are sent by custom. */
const keyHeader =
  /^(?:x-(?:.+-)?key|(?:.+-)?(?:api-?key|access-key|private-key|subscription-key|token|secret|jwt(?:-assertion)?|signature(?:-\d+)?|session(?:-?id)?|password|credentials?)|authentication|x-auth)$/i;

/** Names by which sessions and credentials go, whatever the value looks like. */
const secretName =
  /sess|^sid$|[-_.]sid$|auth|token|jwt|csrf|xsrf|secret|passw|passwd|^pwd$|remember|credential|api[-_]?key/i;
/** Parameters of signed URLs, of OAuth 2 (RFC 6749, RFC 6750) and of keys by custom. */
const tokenName =
  /^(?:(?:[\w.-]*[-_.])?(?:token|key|sig|signature|secret|code|jwt|auth|sid|session|sessionid|ticket)|apikey|accesstoken|authtoken|x-(?:amz|goog)-(?:signature|credential|security-token)|awsaccesskeyid|password|passwd|pwd|pass)$/i;
const passwordName = /passw|passwd|^pwd$|^pass$|secret/i;

const shortestToken = 4;

/** Whether the value of a header field is a credential by definition. */
export function isAuthorization(header: string): boolean {
  return authorization.includes(header.toLowerCase());
}

/** Whether a header field carries cookies. */
export function carriesCookies(header: string): boolean {
  return cookieHeaders.includes(header.toLowerCase());
}

/** Whether a header field holds a key or token. */
export function isKeyHeader(header: string, value: string): boolean {
  return keyHeader.test(header) && looksLikeToken(value);
}

/** Whether a header field is there to say who is asking; cookies apart. */
export function isCredential(header: string, value: string): boolean {
  return isAuthorization(header) || isKeyHeader(header, value);
}

/** Whether a cookie or field goes by a name of sessions and credentials. */
export function isSecretName(name: string): boolean {
  return secretName.test(name);
}

/** Whether a field goes by a name of passwords. */
export function isPasswordName(name: string): boolean {
  return passwordName.test(name);
}

/** Whether a parameter holds a password, a key or a token. */
export function isTokenParameter(name: string, value: string): boolean {
  if (!tokenName.test(name)) return false;
  return passwordName.test(name) || (value.length >= shortestToken && looksLikeToken(value));
}

/** Keys and tokens are made of such characters (RFC 6750 section 2.1, RFC 7519, and base64). What a rule looks for is not. */
export function looksLikeToken(value: string): boolean {
  return /^[\w.~+/=:@%|-]+$/.test(decodedText(value));
}

/** Percent-encoded text as what it stands for; what is not, as it is. */
export function decodedText(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
