import { at, isTree, text } from '../../util/json-tree.js';

/** A request as a line of an access log has it. Texts are bytes, one character a byte. */
export interface LoggedLine {
  readonly method: string;
  /** A target, or a whole URL. */
  readonly target: string;
  readonly userAgent: string;
  readonly contentType: string;
  /** Absent where the log has no bodies. */
  readonly body?: string;
}

/** Reads lines of one log, whose format may be told in a line at its head. */
export class AccessLogReader {
  /** Columns that `#Fields:` names (W3C Extended Log File Format, as IIS and CloudFront write it). */
  private columns: readonly string[] = [];

  /** @returns nothing where the line is none of a request; `comment` for a line that is not meant to be one */
  read(line: string): LoggedLine | 'comment' | undefined {
    if (line.trim() === '') return 'comment';
    if (line.startsWith('#')) return this.comment(line);
    const brace = line.indexOf('{');
    const json = brace >= 0 && line.trimEnd().endsWith('}') ? parseJson(line.slice(brace)) : undefined;
    if (json !== undefined) return ofJson(json);
    return this.columns.length > 0 ? this.ofColumns(line) : ofQuotes(line);
  }

  private comment(line: string): 'comment' {
    const fields = /^#Fields:\s*(.*)$/i.exec(line)?.[1];
    if (fields !== undefined) this.columns = fields.trim().split(/\s+/);
    return 'comment';
  }

  private ofColumns(line: string): LoggedLine | undefined {
    const values = line.includes('\t') ? line.split('\t') : line.split(' ');
    const value = (...names: readonly string[]) => {
      const found = names
        .map((name) => values[this.columns.indexOf(name)])
        .find((one) => one !== undefined && one !== '-');
      return found ?? '';
    };
    const [method, stem, query] = [value('cs-method'), value('cs-uri-stem', 'cs-uri'), value('cs-uri-query')];
    if (method === '' || stem === '') return undefined;
    return {
      method,
      target: query === '' ? stem : `${stem}?${query}`,
      userAgent: agentOf(value('cs(User-Agent)')),
      contentType: '',
    };
  }
}

/** IIS writes "+" for a space, CloudFront `%20`. */
function agentOf(text: string): string {
  const spaced = unescaped(text).replaceAll('+', ' ');
  return spaced.includes(' ')
    ? spaced
    : spaced
        .replace(/%(?:25)?20/g, ' ')
        .replace(/%(?:25)?([23][\dA-Fa-f])/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

const requestLine = /^([A-Z][A-Z-]{2,20}) (\S.*?)(?: HTTP\/\d(?:\.\d)?)?$/;

/** The first quoted text that is a request line, and the last one that may be a User-Agent: as Apache, nginx, HAProxy, ALB and most write. */
function ofQuotes(line: string): LoggedLine | undefined {
  const quoted = [...line.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, inner = '']) => unescaped(inner));
  const index = quoted.findIndex((one) => requestLine.test(one));
  const [, method, target] = requestLine.exec(quoted[index] ?? '') ?? [];
  if (method === undefined || target === undefined) return undefined;
  const userAgent = quoted.slice(index + 1).find((one) => /^[\w.-]+\/[\w.]|^Mozilla/.test(one)) ?? '';
  return { method, target, userAgent, contentType: '' };
}

/** nginx writes `\x22`, Apache `\"` and `\n` as well. */
function unescaped(text: string): string {
  const short: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', v: '\v', b: '\b', f: '\f' };
  return text.replace(/\\(?:x([\da-fA-F]{2})|(.))/g, (_, hex: string | undefined, char: string) =>
    hex === undefined ? (short[char] ?? char) : String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

/** nginx with its default escapes writes `\x22`, which is no JSON. */
function parseJson(line: string): unknown {
  try {
    return JSON.parse(line.replace(/\\x([\da-fA-F]{2})/g, '\\u00$1'));
  } catch {
    return undefined;
  }
}

/**
 * Keys by custom: nginx's variables, Caddy, Traefik, Envoy, Apache's JSON formats, ECS; Cloudflare (Logpush), Google's load
 * balancers, Azure's Application Gateway, AWS WAF.
 */
const methodKeys = [
  ['request_method'],
  ['method'],
  ['request', 'method'],
  ['RequestMethod'],
  ['verb'],
  ['httpMethod'],
  ['http', 'request', 'method'],
  ['http.request.method'],
  ['ClientRequestMethod'],
  ['httpRequest', 'requestMethod'],
  ['httpRequest', 'httpMethod'],
  ['properties', 'httpMethod'],
];
const targetKeys = [
  ['request_uri'],
  ['uri'],
  ['request', 'uri'],
  ['RequestPath'],
  ['path'],
  ['url'],
  ['url', 'original'],
  ['url.original'],
  ['request', 'url'],
  ['ClientRequestURI'],
  ['httpRequest', 'requestUrl'],
  ['httpRequest', 'uri'],
  ['properties', 'originalRequestUriWithArgs'],
  ['properties', 'requestUri'],
];
const queryKeys = [['args'], ['query_string'], ['httpRequest', 'args'], ['properties', 'requestQuery']];
const agentKeys = [
  ['http_user_agent'],
  ['user_agent'],
  ['userAgent'],
  ['user_agent', 'original'],
  ['agent'],
  ['ClientRequestUserAgent'],
  ['httpRequest', 'userAgent'],
  ['properties', 'userAgent'],
];
const typeKeys = [['content_type'], ['http_content_type'], ['contentType'], ['request_content_type']];
const bodyKeys = [['request_body'], ['requestBody'], ['body']];
const lineKeys = [['request'], ['request_line'], ['message']];

function ofJson(json: unknown): LoggedLine | undefined {
  const value = (keys: readonly (readonly string[])[]) =>
    keys
      .map((path) => text(at(json, ...path)) || text(isTree(json) ? json[path.join('.')] : ''))
      .find((one) => one !== '' && one !== '-') ?? '';
  const [, lineMethod = '', lineTarget = ''] = requestLine.exec(value(lineKeys)) ?? [];
  const [method, target] = [value(methodKeys) || lineMethod, value(targetKeys) || lineTarget];
  if (!/^[A-Z-]{3,20}$/.test(method) || target === '') return undefined;
  const args = value(queryKeys);
  const whole = args !== '' && !target.includes('?') ? `${target}?${args.replace(/^\?/, '')}` : target;
  const hasBody = bodyKeys.some((path) => typeof at(json, ...path) === 'string');
  return {
    method,
    target: whole,
    userAgent: value(agentKeys),
    contentType: value(typeKeys),
    ...(hasBody && { body: value(bodyKeys) }),
  };
}
