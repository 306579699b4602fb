import type { JsonValue } from '../model/request.js';
import { isDeeper, type JsonPlace, walkJson } from '../request/json-values.js';
import { maxJsonLevels } from '../request/read-body.js';

/** Keys and tokens that can be told wherever they stand, because whoever issues them gives them a form of its own. */
const issued = [
  'eyJ[\\w-]{6,}\\.e[\\w-]{2,}\\.[\\w-]*', // JSON Web Tokens (RFC 7519)
  '(?:sk|rk)_(?:live|test)_\\w{6,}|whsec_\\w{16,}', // Stripe
  'gh[opsur]_\\w{20,}|github_pat_\\w{20,}|glpat-[\\w-]{16,}', // GitHub, GitLab
  'xox[abeoprs]-[\\w-]{10,}', // Slack
  '(?:AKIA|ASIA)[0-9A-Z]{16}', // AWS
  'AIza[\\w-]{30,}|ya29\\.[\\w-]{20,}', // Google
  'SG\\.[\\w-]{16,}\\.[\\w-]{16,}', // SendGrid
  'npm_[0-9A-Za-z]{30,}|pypi-[\\w-]{30,}|dop_v1_[0-9a-f]{40,}|shp(?:at|ca|pa|ss)_[0-9A-Fa-f]{24,}',
  'sk-(?=[\\w-]{0,200}\\d)(?=[\\w-]{0,200}[A-Z])[\\w-]{20,}', // services with language models
];

const keys = new RegExp(
  [
    `(?<![\\w-])(?:${issued.join('|')})`,
    '(?<!\\d)\\d{8,10}:[\\w-]{30,}', // bots of Telegram
    '\\/T[0-9A-Z]{6,16}\\/B[0-9A-Z]{6,16}\\/\\w{16,}', // webhooks of Slack
    'https?:\\/\\/hooks\\.[^\\s/]{1,100}\\/\\S{16,}', // webhooks of others
    '(?:^|;) ?(?:Server|Data Source|Host|AccountName|Endpoint)=[^;]{1,200};(?:[^;]{0,200};){0,20} ?(?:Password|Pwd|AccountKey|SharedAccessKey)=[^;\\s]',
    '(?<![A-Za-z])[A-Z][A-Z\\d_]{0,60}(?:SECRET|TOKEN|PASSWORD|API_KEY|ACCESS_KEY)[A-Z_]{0,20}=["\']?[\\w/+.-]{16,}',
    '-----BEGIN (?:[A-Z]{1,20} ){0,3}PRIVATE KEY-----',
    '(?<![A-Za-z])(?:Bearer|Basic) {1,3}(?=[\\w.~+/-]{0,200}\\d)[\\w.~+/-]{16,}', // RFC 6750, RFC 7617
    '(?<![A-Za-z\\d+.-])[A-Za-z][A-Za-z\\d+.-]{1,20}:\\/\\/[^\\s/?#@:]{0,200}:[^\\s/?#@]{1,200}@', // RFC 3986, userinfo
  ].join('|'),
);

/** Whether a key or token of a known form stands somewhere in a text. */
export function hasKey(text: string): boolean {
  return keys.test(text);
}

/** How far texts within texts are taken apart. */
const mostLevels = 3;
const longestDocument = 200_000;

/** Whether a pair of name and value is a secret. */
type IsSecret = (name: string, value: string) => boolean;

/** Whether a text is JSON, an address or a form of its own, in which a secret stands under its name. */
export function holdsSecret(text: string, isSecret: IsSecret, level = 0): boolean {
  if (level === mostLevels || text.length > longestDocument) return false;
  const holds: IsSecret = (name, value) => isSecret(name, value) || holdsSecret(value, isSecret, level + 1);
  if (/^\s*[[{]/.test(text)) return jsonHolds(text, holds);
  return !/\s/.test(text) && /[\w\]]=./.test(text) && pairsOf(text).some(([name, value]) => holds(name, value));
}

function pairsOf(text: string): readonly (readonly [string, string])[] {
  return text.split(/[?#]/).flatMap((part) => (part.includes('=') ? [...new URLSearchParams(part)] : []));
}

function jsonHolds(text: string, holds: IsSecret): boolean {
  try {
    const document = JSON.parse(text) as JsonValue;
    if (isDeeper(document, maxJsonLevels)) return false;
    for (const { kind, place, value } of walkJson(document))
      if (kind === 'value' && typeof value === 'string' && holds(nameAt(place), value)) return true;
    return false;
  } catch {
    return false;
  }
}

/** The member that a value, or the list that it is in, is of. */
export function nameAt(place: JsonPlace | undefined): string {
  for (let at = place; at !== undefined; at = at.parent) if (typeof at.step === 'string') return at.step;
  return '';
}
