import { PowerShellReader } from './powershell-reader.js';
import { type PowerShellValue, unknownValue, type Variables, variableValue } from './powershell-value.js';
import { goesOn } from './powershell-words.js';

/** Parameters of a call by their whole names in small letters. */
export type Parameters = ReadonlyMap<string, PowerShellValue>;

const known = `uri method custommethod headers body form infile outfile contenttype useragent websession sessionvariable
  credential authentication token certificate timeoutsec maximumredirection usebasicparsing skipcertificatecheck
  disablekeepalive proxy`.split(/\s+/);
/** Parameters without a value. */
const switches = /^(?:usebasicparsing|skipcertificatecheck|disablekeepalive)$/;

/** Reads the parameters behind a call, and where its statement ends. */
export function callParameters(
  text: string,
  from: number,
  variables: Variables,
): { readonly parameters: Parameters; readonly end: number } {
  const parameters = new Map<string, PowerShellValue>();
  let at = blankEnd(text, from);
  while (at < text.length && !/[\r\n;|)}]/.test(text[at] ?? '')) {
    const table = /^@(\w+)/.exec(text.slice(at, at + 100));
    const { pairs, end } =
      table === null
        ? readParameter(text, at, variables)
        : { pairs: splatted(variableValue(table[1] ?? '', variables)), end: at + table[0].length };
    for (const [name, value] of pairs) parameters.set(fullName(name), value);
    at = blankEnd(text, Math.max(end, at + 1));
  }
  return { parameters, end: at };
}

interface ReadParameter {
  readonly pairs: readonly (readonly [name: string, value: PowerShellValue])[];
  readonly end: number;
}

/** `-Name value`, `-Name:value`, `-Switch`, or a value that is the address. */
function readParameter(text: string, from: number, variables: Variables): ReadParameter {
  const written = /^-(\w+)(?:[ \t]*:[ \t]*|(?:[ \t]|`\r?\n(?:>>[ \t]?)?)*)/.exec(text.slice(from, from + 300));
  const name = written?.[1] ?? 'uri';
  const at = from + (written?.[0].length ?? 0);
  const isSwitch = switches.test(fullName(name)) || /^(?:-[A-Za-z]|[\r\n;|)]|$)/.test(text.slice(at, at + 2));
  if (written !== null && isSwitch) return { pairs: [], end: at };
  const reader = new PowerShellReader(text, at, variables);
  return { pairs: [[name, reader.argument()]], end: reader.at };
}

/** `@parameters` stands for what is in the table. */
function splatted(value: PowerShellValue): ReadParameter['pairs'] {
  return value.kind === 'table' ? value.pairs : [['uri', unknownValue]];
}

/** Names may be cut short where only one begins so. */
function fullName(name: string): string {
  const lower = name.toLowerCase();
  const begun = known.filter((one) => one.startsWith(lower));
  return known.includes(lower) || begun.length !== 1 ? lower : (begun[0] ?? lower);
}

function blankEnd(text: string, at: number): number {
  goesOn.lastIndex = at;
  return at + (goesOn.exec(text)?.[0].length ?? 0);
}
