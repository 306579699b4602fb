import { inARow } from '../../../util/in-a-row.js';
import type { WrittenCondition, WrittenRule } from './written-rules.js';

/** What a rule looks for and where, from what it says itself: `It looks in … for …, with URL escapes decoded.` */
export function ruleSentence({ conditions, tags }: Pick<WrittenRule, 'conditions' | 'tags'>): string {
  const [first, ...links] = conditions;
  const kind = kinds.find(([tag]) => tags.includes(tag))?.[1];
  const shown = `It looks ${placesText(first)} for ${whatText(first, kind)}${changesText(first)}.`;
  if (links.length === 0) return shown;
  const [link] = links;
  const more = links.length === 1 ? '' : `, and ${links.length - 1} more`;
  return link === undefined
    ? shown
    : `${shown} It fires only where another condition is met too: ${placesText(link)}, ${whatText(link, undefined)}${more}.`;
}

/** What tags of the Core Rule Set say of the attack that a rule is against. */
const kinds: readonly (readonly [tag: string, kind: string])[] = [
  ['attack-sqli', 'SQL injection'],
  ['attack-xss', 'cross-site scripting'],
  ['attack-rce', 'execution of commands'],
  ['attack-lfi', 'reading of local files'],
  ['attack-rfi', 'inclusion of remote files'],
  ['attack-injection-php', 'injection of PHP'],
  ['attack-injection-java', 'injection of Java'],
  ['attack-injection-nodejs', 'injection of Node.js'],
  ['attack-injection-generic', 'injection of code'],
  ['attack-ssrf', 'requests that the server is made to send'],
  ['attack-ssti', 'injection into templates'],
  ['attack-ldap', 'injection into LDAP'],
  ['attack-fixation', 'fixation of sessions'],
  ['attack-multipart-header', 'headers of parts that hide something'],
  ['attack-reputation-scanner', 'scanners'],
];

/** Variables that rules look at, in the words of who writes an application. */
const places: Readonly<Record<string, string>> = {
  ARGS: 'values of fields and of the query',
  ARGS_GET: 'values of the query',
  ARGS_POST: 'values of fields',
  ARGS_NAMES: 'names of fields',
  ARGS_GET_NAMES: 'names in the query',
  ARGS_POST_NAMES: 'names of fields in the body',
  ARGS_COMBINED_SIZE: 'the length of all fields together',
  REQUEST_COOKIES: 'cookies',
  REQUEST_COOKIES_NAMES: 'names of cookies',
  REQUEST_HEADERS: 'headers',
  REQUEST_HEADERS_NAMES: 'names of headers',
  REQUEST_URI: 'the path and the query',
  REQUEST_URI_RAW: 'the address as it was sent',
  REQUEST_FILENAME: 'the path',
  REQUEST_BASENAME: 'the last part of the path',
  REQUEST_LINE: 'the first line of the request',
  REQUEST_METHOD: 'the method',
  REQUEST_PROTOCOL: 'the version of HTTP',
  REQUEST_BODY: 'the whole body',
  REQUEST_BODY_LENGTH: 'the length of the body',
  QUERY_STRING: 'the query',
  FILES: 'names of uploaded files',
  FILES_NAMES: 'names of the fields of uploads',
  FILES_COMBINED_SIZE: 'the length of all uploads together',
  FILES_SIZES: 'the length of each upload',
  FILES_TMP_CONTENT: 'the content of uploads',
  MULTIPART_PART_HEADERS: 'headers of the parts of a multipart body',
  MULTIPART_STRICT_ERROR: 'what is wrong with a multipart body',
  REQBODY_ERROR: 'whether the body can be read',
  REMOTE_ADDR: 'the address of the client',
  XML: 'text in XML',
  JSON: 'JSON',
};

function placesText({ targets }: WrittenCondition): string {
  const shown = targets.filter((target) => !target.startsWith('!')).map(placeText);
  return `in ${inARow([...new Set(shown)], 'and')}`;
}

function placeText(target: string): string {
  const [, counted, collection = target, key] = /^(&?)([A-Z_]+)(?::(.*))?$/i.exec(target) ?? [];
  const name = collection.toUpperCase();
  if (counted === '&') return `how many there are of ${key === undefined ? collection : `${collection}:${key}`}`;
  if (name === 'REQUEST_HEADERS' && key !== undefined) return `the header ${key.replace(/^\/|\/$/g, '')}`;
  if (name === 'XML') return key === '//@*' ? 'attributes in XML' : 'text in XML';
  if (name === 'TX' || name === 'MATCHED_VARS' || name === 'MATCHED_VAR') return `what was found before (${target})`;
  const words = places[name];
  if (words === undefined) return target;
  return key === undefined ? words : `${words} (${target})`;
}

function whatText({ operator }: WrittenCondition, kind: string | undefined): string {
  const [, not = '', name = 'rx', argument = operator] = /^(!?)@(\w+)\s*(.*)$/s.exec(operator) ?? [];
  if (name === 'rx') {
    const pattern = `its regular expression${kind === undefined ? '' : ` against ${kind}`}`;
    return not === '!' ? `text that ${pattern} does not match` : `text that ${pattern} matches`;
  }
  const what = operatorText(name, argument, kind);
  return not === '!' ? `what is not ${what}` : what;
}

function operatorText(name: string, argument: string, kind: string | undefined): string {
  const against = kind === undefined ? '' : `, which are against ${kind}`;
  const value = shortened(argument);
  switch (name) {
    case 'detectSQLi':
      return 'text that libinjection takes for SQL';
    case 'detectXSS':
      return 'text that libinjection takes for HTML with a script';
    case 'pm':
      return `one of the words ${inARow(argument.split(/\s+/).slice(0, 5), 'or')}${argument.split(/\s+/).length > 5 ? ' and others' : ''}`;
    case 'pmFromFile':
    case 'pmf':
      return `one of the phrases in the file ${argument}${against}`;
    case 'validateByteRange':
      return `bytes that are not in ${value}`;
    case 'validateUrlEncoding':
      return 'URL escapes that are not valid';
    case 'validateUtf8Encoding':
      return 'bytes that are not valid UTF-8';
    case 'unconditionalMatch':
      return 'anything';
    default:
      return comparisonText(name, value);
  }
}

function comparisonText(name: string, value: string): string {
  const words = comparisons[name];
  return words === undefined ? `what the operator ${name} finds` : `${words} ${value}`;
}

const comparisons: Readonly<Record<string, string>> = {
  eq: 'a number equal to',
  gt: 'a number greater than',
  ge: 'a number from which on:',
  lt: 'a number less than',
  le: 'a number up to',
  streq: 'text that is exactly',
  strmatch: 'text with',
  contains: 'text with',
  containsWord: 'the word',
  beginsWith: 'text that begins with',
  endsWith: 'text that ends with',
  within: 'one of',
  ipMatch: 'an address of',
};

const longest = 80;

function shortened(text: string): string {
  const shown = text.replace(/%\{tx\.(\w+)\}/gi, 'the setting $1');
  return shown.length > longest ? `${shown.slice(0, longest)}…` : shown;
}

/** What is done to a text before it is compared. */
const changes: Readonly<Record<string, string>> = {
  urlDecode: 'URL escapes decoded',
  urlDecodeUni: 'URL escapes decoded',
  htmlEntityDecode: 'HTML entities decoded',
  jsDecode: 'escapes of JavaScript decoded',
  cssDecode: 'escapes of CSS decoded',
  base64Decode: 'base64 decoded',
  escapeSeqDecode: 'backslash escapes decoded',
  lowercase: 'upper case taken for lower case',
  removeNulls: 'NUL bytes left out',
  removeWhitespace: 'white space left out',
  compressWhitespace: 'white space taken as one blank',
  replaceComments: 'comments taken as one blank',
  removeCommentsChar: 'signs of comments left out',
  cmdLine: 'quotes and escapes of a command line left out',
  normalizePath: 'dots in paths resolved',
  normalisePath: 'dots in paths resolved',
  normalizePathWin: 'dots in paths resolved',
  normalisePathWin: 'dots in paths resolved',
};

function changesText({ transformations }: WrittenCondition): string {
  const told = [...new Set(transformations.flatMap((name) => changes[name] ?? []))];
  return told.length === 0 ? '' : `, with ${inARow(told, 'and')}`;
}
