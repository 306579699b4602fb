import type { JsonValue } from '../../model/request.js';

/** A value of a PowerShell script, as far as it can be told without running it. */
export type PowerShellValue =
  | { readonly kind: 'text'; readonly text: string }
  /** A number, `$true`, `$false` or `$null`, as .NET writes it. */
  | { readonly kind: 'literal'; readonly json: number | boolean | null; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly PowerShellValue[] }
  | { readonly kind: 'table'; readonly pairs: readonly (readonly [name: string, value: PowerShellValue])[] }
  /** `Get-Item`, or the text that `Get-Content -Raw` reads. */
  | { readonly kind: 'file' | 'content'; readonly path: string }
  /** What `ConvertTo-Json` writes: its white space is another in each version. */
  | { readonly kind: 'json'; readonly text: string }
  | { readonly kind: 'unknown' };

export const unknownValue: PowerShellValue = { kind: 'unknown' };

/** Values by the names of variables in small letters. */
export type Variables = Map<string, PowerShellValue>;

const constants: ReadonlyMap<string, PowerShellValue> = new Map<string, PowerShellValue>([
  ['true', { kind: 'literal', json: true, text: 'True' }],
  ['false', { kind: 'literal', json: false, text: 'False' }],
  ['null', { kind: 'literal', json: null, text: '' }],
]);

/** What a variable is, where the text says so. */
export function variableValue(name: string, variables: Variables): PowerShellValue {
  const lower = name.toLowerCase();
  return constants.get(lower) ?? variables.get(lower) ?? unknownValue;
}

/** A value where a text is wanted; nothing where none can be told. */
export function valueText(value: PowerShellValue | undefined): string | undefined {
  return value?.kind === 'text' || value?.kind === 'literal' || value?.kind === 'json' ? value.text : undefined;
}

/** The levels below the first one that `ConvertTo-Json` writes out, unless it is told. */
const usualDepth = 2;

/** What `ConvertTo-Json` makes of a value, as PowerShell 7 writes it. */
export function toJson(value: PowerShellValue, options: string): PowerShellValue {
  const depth = Number(/-Depth[ \t:]+(\d{1,3})/i.exec(options)?.[1] ?? usualDepth);
  const piped = value.kind === 'list' && value.items.length === 1 ? value.items[0] : value;
  const json = piped === undefined ? undefined : jsonOf(piped, depth + 1);
  if (json === undefined) return unknownValue;
  return { kind: 'json', text: JSON.stringify(json, undefined, /-Compress/i.test(options) ? undefined : 2) };
}

function jsonOf(value: PowerShellValue, levels: number): JsonValue | undefined {
  if (value.kind === 'text' || value.kind === 'json') return value.text;
  if (value.kind === 'literal') return value.json;
  if ((value.kind !== 'list' && value.kind !== 'table') || levels === 0) return undefined;
  if (value.kind === 'list') {
    const items = value.items.map((item) => jsonOf(item, levels - 1));
    const known = items.filter((item) => item !== undefined);
    return known.length === items.length ? known : undefined;
  }
  const pairs = value.pairs.map(([name, inner]) => [name, jsonOf(inner, levels - 1)] as const);
  const known = pairs.flatMap(([name, inner]) => (inner === undefined ? [] : [[name, inner] as const]));
  return known.length === pairs.length ? Object.fromEntries(known) : undefined;
}
