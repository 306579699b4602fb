import type { ReadLocal } from '../local-files.js';
import { curlRequests, type ToldRequest } from './curl-request.js';
import type { FoundRequest } from './found-request.js';
import { callParameters } from './powershell-parameters.js';
import { PowerShellReader } from './powershell-reader.js';
import { powershellRequest } from './powershell-request.js';
import { type PowerShellValue, unknownValue, type Variables, valueText, variableValue } from './powershell-value.js';
import { programWords } from './powershell-words.js';

/** What a script sends. */
export interface ReadScript {
  readonly found: readonly FoundRequest[];
  readonly notes: readonly string[];
  /** What of the text has been read. */
  readonly spans: readonly (readonly [from: number, to: number])[];
}

const cmdlet = String.raw`\b(?:Invoke-WebRequest|Invoke-RestMethod|iwr|irm)(?=[ \t\`(]|\r?$)`;
/** `curl` and `wget` are other names of Invoke-WebRequest in Windows PowerShell. */
const alias = String.raw`\b(?:curl|wget)(?=[ \t][^\n]{0,2000}?-(?:Uri|Method|Headers|Body|UseBasicParsing|ContentType|WebSession|InFile)\b)`;
const program = String.raw`(?:^|(?<=[;|&{(=][ \t]{0,4}))[ \t]*(?:PS[ \t][^\n>]{0,80}>[ \t]*)?(?:&[ \t]*)?["']?(?:[\w.:/\\-]*[\\/])?curl(?:\.exe)?["']?(?=[ \t])`;
const assigned = String.raw`(?:^|(?<=[;{]))[ \t]*(?:PS[ \t][^\n>]{0,80}>[ \t]*)?\$(\w+)(?:\.(UserAgent)\s*=\s*|(\.Cookies\.Add)\(\s*\(?\s*New-Object\s+System\.Net\.Cookie\(\s*|(\.Add)\(\s*|\[([^\]\n]+)\]\s*=\s*|\.(\w+)\s*=\s*|\s*=\s*)`;

const isScript =
  /\b(?:Invoke-WebRequest|Invoke-RestMethod)\b|\b(?:iwr|irm)\s+(?:-|["'$@]|https?:)|\bcurl(?:\.exe)?[ \t]/i;
const assignsVariable = /^[ \t]*\$\w+[ \t]*=/m;

/**
 * The calls of `Invoke-WebRequest` and `Invoke-RestMethod` in a text, as browsers copy them and people write them, and
 * the commands of curl that are written for PowerShell.
 */
export async function readPowerShell(text: string, read: ReadLocal): Promise<ReadScript> {
  return isScript.test(text) ? new ScriptReader(text, read).read() : { found: [], notes: [], spans: [] };
}

/** How many characters of commands that turn out to be of another shell are looked at. */
const mostTried = 2_000_000;

class ScriptReader {
  private readonly text: string;
  private readonly readLocal: ReadLocal;
  private readonly found: FoundRequest[] = [];
  private readonly notes = new Set<string>();
  private readonly spans: (readonly [number, number])[] = [];
  private readonly variables: Variables = new Map();
  private readonly assigns: boolean;
  private agent: string | undefined;
  private cookies: string[] = [];
  private tried = 0;
  private triedTo = 0;

  constructor(text: string, readLocal: ReadLocal) {
    this.text = text;
    this.readLocal = readLocal;
    this.assigns = assignsVariable.test(text);
  }

  async read(): Promise<ReadScript> {
    const step = new RegExp(`(?<cmdlet>${cmdlet}|${alias})|(?<program>${program})|${assigned}`, 'gim');
    for (let match = step.exec(this.text); match !== null; match = step.exec(this.text)) {
      const from = match.index + match[0].length;
      const end = await this.step(match, from);
      if (end !== undefined) this.spans.push([match.index, end]);
      step.lastIndex = Math.max(end ?? from, match.index + 1);
    }
    return { found: this.found, notes: [...this.notes], spans: this.spans };
  }

  /** @returns where what was read ends; nothing where it is not of PowerShell */
  private async step(match: RegExpExecArray, from: number): Promise<number | undefined> {
    if (match.groups?.['cmdlet'] !== undefined) return this.call(match.index, from);
    if (match.groups?.['program'] !== undefined) return this.program(match[0], match.index, from);
    return this.statement(match, from);
  }

  private async call(at: number, from: number): Promise<number> {
    const { parameters, end } = callParameters(this.text, from, this.variables);
    const session = { cookies: this.cookies, ...(this.agent !== undefined && { agent: this.agent }) };
    this.found.push({ request: await powershellRequest(parameters, session, this.readLocal), at });
    for (const name of ['credential', 'authentication', 'token', 'certificate'])
      if (parameters.has(name)) this.notes.add(`what -${name} sends is not in it`);
    if (parameters.get('body')?.kind === 'json')
      this.notes.add('JSON of ConvertTo-Json has the white space and the escapes of PowerShell 7');
    return end;
  }

  private async program(prompt: string, at: number, from: number): Promise<number | undefined> {
    if (this.tried > mostTried || at < this.triedTo) return undefined;
    const { words, unknown, end } = programWords(this.text, from, this.variables);
    if (!this.isOfPowerShell(prompt, this.text.slice(at, end))) {
      const line = this.text.indexOf('\n', from);
      this.tried += end - from;
      this.triedTo = line < 0 ? end : Math.min(end, line);
      return undefined;
    }
    const bytes = words.map((word) => Buffer.from(word, 'utf8').toString('latin1'));
    const told: { readonly requests: readonly ToldRequest[]; readonly notes: readonly string[] } =
      unknown === undefined
        ? await curlRequests({ words: bytes, unset: [] }, this.readLocal)
        : { requests: [{ reason: unknown }], notes: [] };
    this.found.push(...told.requests.map((request) => ({ request, at })));
    for (const note of told.notes) this.notes.add(note);
    return end;
  }

  /** Whether a command of curl is none of a shell of Unix. */
  private isOfPowerShell(prompt: string, command: string): boolean {
    if (/\^(?:"|[ \t]*\r?\n)|\\\r?\n/.test(command)) return false;
    if (/PS[ \t][^\n>]*>/.test(prompt) || /[ \t]`\r?\n[ \t]*(?:>>[ \t]*)?["'@-]/.test(command)) return true;
    if (this.assigns && /[ \t"'=/]\$\w|[ \t]@\w+(?:\s|$)/.test(command)) return true;
    return /curl\.exe/i.test(prompt) && /`["$`]|'[^']*\\"|@["']\r?\n/.test(command);
  }

  /** An assignment, a header or a cookie. */
  private statement(match: RegExpExecArray, from: number): number | undefined {
    const [, , , variable = '', agent, cookie, added, key, member] = match;
    const reader = new PowerShellReader(this.text, from, this.variables);
    if (cookie !== undefined || added !== undefined) return this.pair(variable, reader, cookie !== undefined);
    if (/^New-Object\s+Microsoft\.PowerShell\.Commands\.WebRequestSession/i.test(this.text.slice(from, from + 80)))
      [this.agent, this.cookies] = [undefined, []];
    const value = reader.expression();
    if (agent !== undefined) this.agent = valueText(value);
    else if (key !== undefined || member !== undefined) this.put(variable, unquoted(key ?? member ?? ''), value);
    else this.variables.set(variable.toLowerCase(), value);
    // What runs may be a call that is looked for.
    return value.kind === 'unknown' ? from : reader.at;
  }

  private pair(variable: string, reader: PowerShellReader, isCookie: boolean): number {
    const both = reader.expression();
    const [name, value = unknownValue] = both.kind === 'list' ? both.items : [both];
    const text = valueText(value);
    if (!isCookie) this.put(variable, valueText(name) ?? '', value);
    else if (text !== undefined) this.cookies.push(`${valueText(name)}=${text}`);
    return reader.at;
  }

  private put(variable: string, key: string, value: PowerShellValue): void {
    const table = variableValue(variable, this.variables);
    const pairs =
      table.kind === 'table' ? table.pairs.filter(([name]) => name.toLowerCase() !== key.toLowerCase()) : [];
    const isKnown = table.kind === 'table';
    this.variables.set(
      variable.toLowerCase(),
      isKnown ? { kind: 'table', pairs: [...pairs, [key, value]] } : unknownValue,
    );
  }
}

function unquoted(key: string): string {
  return key.replace(/^["']|["']$/g, '');
}
