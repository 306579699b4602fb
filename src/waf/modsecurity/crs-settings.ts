import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { RuleId } from '../../model/evidence.js';
import type { Setting } from '../../model/exclusion.js';
import type { RequestSpec, WireRequest } from '../../model/request.js';
import { encodeRequest } from '../../request/encode-request.js';
import { requestVariables } from './request-variables.js';
import { planCrs, type RuleOptions } from './rule-plan.js';

/** What the settings of a Core Rule Set are: variables of the collection `TX`, by name in lower case. */
export type CrsSettings = ReadonlyMap<string, string>;

/** A setting that a rule compares requests with, and the value that lets some of them through. */
interface Adjustment {
  readonly name: string;
  /** The value that all these requests need; nothing where it cannot be told or written. */
  needed(requests: readonly WireRequest[], current: string): string | undefined;
}

/**
 * Rules for which a setting is the right thing to change: they compare with what an application is said to take, such as
 * its methods, types and limits (crs-setup.conf, 900200 to 900350).
 */
const adjustments: ReadonlyMap<RuleId, Adjustment> = new Map<RuleId, Adjustment>([
  [
    911100,
    {
      name: 'allowed_methods',
      needed: (requests, now) =>
        withWords(
          now,
          requests.map(({ method }) => method),
        ),
    },
  ],
  [
    920420,
    { name: 'allowed_request_content_type', needed: (requests, now) => withWords(now, requests.map(contentType)) },
  ],
  [920480, { name: 'allowed_request_content_type_charset', needed: withCharsets }],
  [920360, limit('arg_name_length', (request) => longest(request, 'ARGS_NAMES'))],
  [920370, limit('arg_length', (request) => longest(request, 'ARGS'))],
  [920380, limit('max_num_args', (request) => lengths(request, 'ARGS').length)],
  [
    920390,
    limit('total_arg_length', (request) => sum([...lengths(request, 'ARGS'), ...lengths(request, 'ARGS_NAMES')])),
  ],
  [920400, limit('max_file_size', ({ body }) => body.length)],
]);

/**
 * The settings in force, as the files say that an engine loads with these options: what crs-setup and the user's rules
 * set, and what the Core Rule Set's own initialisation (901) sets where they do not.
 */
export function readCrsSettings(options: RuleOptions): CrsSettings {
  const settings = new Map<string, string>();
  for (const part of planCrs(options)) {
    const name = 'file' in part ? basename(part.file) : '';
    const isDefault = name.startsWith('REQUEST-901-');
    if (/^RE(?:QUEST|SPONSE)-\d/.test(name) && !isDefault) continue;
    const text = 'file' in part ? readFileSync(part.file, 'utf8') : part.text;
    for (const [setting, value] of assignments(text)) {
      if (!isDefault || !settings.has(setting)) settings.set(setting, value);
    }
  }
  return settings;
}

function assignments(text: string): readonly (readonly [string, string])[] {
  const live = text.replace(/^\s*#.*$/gm, '');
  return [...live.matchAll(/setvar:(?:'tx\.(\w+)=([^'\n]*)'|tx\.(\w+)=([^,"'\s]*))/gi)].map(
    ([, quoted, quotedValue, plain, plainValue]) => [
      (quoted ?? plain ?? '').toLowerCase(),
      quotedValue ?? plainValue ?? '',
    ],
  );
}

/** The setting with which a rule lets requests through that it refuses; nothing where it is none that compares with one. */
export function neededSetting(
  ruleId: RuleId,
  requests: readonly RequestSpec[],
  settings: CrsSettings,
): Setting | undefined {
  const adjustment = adjustments.get(ruleId);
  const current = adjustment && settings.get(adjustment.name);
  if (adjustment === undefined || current === undefined) return undefined;
  const value = adjustment.needed(requests.map(encodeRequest), current);
  return value === undefined || value === current
    ? undefined
    : { name: adjustment.name, value, written: `TX:${adjustment.name}` };
}

/** Words that configuration can hold without quoting, each once, after those that are there. */
function withWords(current: string, words: readonly string[]): string | undefined {
  const added = [...new Set(words)].filter((word) => !current.toLowerCase().split(' ').includes(word.toLowerCase()));
  return added.every((word) => /^[\w|/.+-]{2,80}$/.test(word)) ? [current, ...added].join(' ') : undefined;
}

/** As the rules compare it: in lower case, between bars. */
function contentType({ headers }: WireRequest): string {
  const value = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  return `|${value.replace(/[;\s].*$/s, '').toLowerCase()}|`;
}

/** CRS 3 has a pattern of alternatives, CRS 4 words between bars. */
function withCharsets(requests: readonly WireRequest[], current: string): string | undefined {
  const charsets = requests.map(({ headers }) => {
    const value = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
    return /charset\s*=\s*["']?([\w.:-]{1,40})/i.exec(value)?.[1]?.toLowerCase() ?? '';
  });
  if (charsets.includes('')) return undefined;
  if (current.startsWith('|'))
    return withWords(
      current,
      charsets.map((charset) => `|${charset}|`),
    );
  return [...new Set([...current.split('|'), ...charsets])].join('|');
}

function limit(name: string, measure: (request: WireRequest) => number): Adjustment {
  return { name, needed: (requests) => `${Math.max(...requests.map(measure))}` };
}

function lengths(request: WireRequest, collection: string): readonly number[] {
  return requestVariables(request)
    .filter(({ variable }) => variable.collection === collection)
    .map(({ length }) => length);
}

function longest(request: WireRequest, collection: string): number {
  return Math.max(0, ...lengths(request, collection));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
