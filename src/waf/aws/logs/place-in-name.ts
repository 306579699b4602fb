import type { Variable } from '../../../model/evidence.js';

/** Rules of AWS that end in `_HEADER` and look at one header only. */
const headers: Readonly<Record<string, string>> = {
  NoUserAgent_HEADER: 'user-agent',
  UserAgent_BadBots_HEADER: 'user-agent',
  SizeRestrictions_Cookie_HEADER: 'cookie',
  Host_localhost_HEADER: 'host',
};

const endings: Readonly<Record<string, string>> = {
  BODY: 'Body',
  QUERYARGUMENTS: 'AllQueryArguments',
  QUERYSTRING: 'QueryString',
  URIPATH: 'UriPath',
  COOKIE: 'Cookies',
  HEADER: 'Headers',
  METHOD: 'Method',
};

/** What the rules of AWS's own groups look at, as their names end in it: `SQLi_QUERYARGUMENTS`. */
export function placeInRuleName(ruleId: string): Variable | undefined {
  const [, name] = /^AWS#[^#]*#(.*)$/.exec(ruleId) ?? [];
  const rule = name?.replace(/_RC_COUNT$/, '') ?? '';
  if (Object.hasOwn(headers, rule)) return { collection: 'SingleHeader', key: headers[rule] ?? '' };
  const ending = rule.slice(rule.lastIndexOf('_') + 1);
  return Object.hasOwn(endings, ending) ? { collection: endings[ending] ?? '' } : undefined;
}
