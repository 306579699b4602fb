import { type ApiDraft, type ApiDraftObject, isApiList, isApiObject, isChoice, mapChoice } from './api-draft.js';

/**
 * An object of the API as CloudFormation takes it (`AWS::WAFv2::WebACL`): `Arn` for `ARN`, and what is searched for as text,
 * or in base64 under a name of its own.
 */
export function cloudFormationObject(object: ApiDraftObject): ApiDraftObject {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => property(key, value)));
}

/** The same as properties of a construct of the CDK (`CfnWebACL`). */
export function cdkObject(object: ApiDraftObject): ApiDraftObject {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [camelCase(key), mapped(value, cdkObject)]));
}

function property(key: string, value: ApiDraft): readonly [string, ApiDraft] {
  if (key === 'SearchString' && typeof value === 'string') return searchString(value);
  return [key === 'ARN' ? 'Arn' : key, mapped(value, cloudFormationObject)];
}

const plainText = /^[ -~]*$/;

function searchString(base64: string): readonly [string, string] {
  const text = Buffer.from(base64, 'base64').toString('latin1');
  return plainText.test(text) ? ['SearchString', text] : ['SearchStringBase64', base64];
}

function mapped(value: ApiDraft, map: (object: ApiDraftObject) => ApiDraftObject): ApiDraft {
  if (isChoice(value)) return mapChoice(value, (one) => mapped(one, map));
  if (isApiList(value)) return value.map((one) => mapped(one, map));
  return isApiObject(value) ? map(value) : value;
}

/** `IPSetReferenceStatement` is `ipSetReferenceStatement`, `IPSetForwardedIPConfig` is `ipSetForwardedIpConfig`. */
function camelCase(key: string): string {
  return key
    .replace(/IP(?=[A-Z]|$)/g, 'Ip')
    .replace(/^JA(?=\d)/, 'ja')
    .replace(/^[A-Z]/, (letter) => letter.toLowerCase());
}
