import { readString } from './powershell-string.js';
import {
  type PowerShellValue,
  toJson,
  unknownValue,
  type Variables,
  valueText,
  variableValue,
} from './powershell-value.js';

/** How deep values may be nested. */
const mostNested = 100;
const cast = /^\[(?:ordered|pscustomobject|hashtable|string|int|bool|uri|object\[\]|string\[\])\](?=\s*[@"'$(\d])/i;
const emptyTable =
  /^(?:New-Object\s+["']?[\w.]*(?:Dictionary|Hashtable)[^\n;)]*|\[[\w.]*(?:Dictionary|Hashtable)[^\n;:]*\]::new\(\))/i;
const bytesOf = /^\[(?:System\.)?Text\.Encoding\]::UTF8\.GetBytes(?=\()/i;
const ofFile = /^(?:(Get-Item)|Get-Content|gc|cat)[ \t]+/i;

/** Reads values of a PowerShell script where they stand. Nothing of it is run. */
export class PowerShellReader {
  private readonly text: string;
  private readonly variables: Variables;
  private depth = 0;
  at: number;

  constructor(text: string, at: number, variables: Variables) {
    this.text = text;
    this.at = at;
    this.variables = variables;
  }

  /** What stands behind a parameter or in a command: one word may stand without quotes. */
  argument(): PowerShellValue {
    const value = this.primary();
    if (value === undefined) return { kind: 'text', text: this.take(/[^\s;|)}`]+|[\s\S]?/y) };
    // What follows a value without a blank changes it: `$a.Name`.
    const more = this.take(/[^\s;|)},`]*/y);
    if (more !== '') return unknownValue;
    return this.list(
      value,
      /[ \t]*,[ \t]*/y,
      () => this.primary() ?? { kind: 'text', text: this.take(/[^\s;|)},`]+/y) },
    );
  }

  /** The value up to the end of a statement, or of what it stands in. */
  expression(): PowerShellValue {
    this.skip();
    if (++this.depth > mostNested) return this.unknown();
    let value = this.list(this.operand(), /\s*,\s*/y, () => this.operand());
    for (let more = this.operator(value); more !== undefined; more = this.operator(value)) value = more;
    this.depth--;
    return value;
  }

  private list(first: PowerShellValue, comma: RegExp, next: () => PowerShellValue): PowerShellValue {
    const items = [first];
    while (this.take(comma) !== '') items.push(next());
    return items.length === 1 ? first : { kind: 'list', items };
  }

  private operand(): PowerShellValue {
    return this.primary() ?? this.ofCommand() ?? this.unknown();
  }

  /** What an operator makes of a value; nothing where the expression is over. */
  private operator(value: PowerShellValue): PowerShellValue | undefined {
    this.take(/(?:[ \t]|`\r?\n)*/y);
    const char = this.text[this.at] ?? '';
    if (char === '' || /[\r\n;)}#]/.test(char)) return undefined;
    if (this.take(/\|\s*ConvertTo-Json\b/iy) !== '') return toJson(value, this.take(/(?:[ \t]*-\w+(?:[ \t:]+\d+)?)*/y));
    if (value.kind !== 'text' || this.take(/\+[ \t]*(?:`?\r?\n[ \t]*)?/y) === '') return this.unknown();
    const right = valueText(this.operand());
    return right === undefined ? unknownValue : { kind: 'text', text: value.text + right };
  }

  /** A value that is written out; nothing where a word begins. */
  private primary(): PowerShellValue | undefined {
    const string = readString(this.text, this.at, this.variables);
    if (string !== undefined) {
      this.at = string.end;
      return string.text === undefined ? unknownValue : { kind: 'text', text: string.text };
    }
    if (this.take(/@\{/y) !== '') return this.table();
    if (this.take(/@\(/y) !== '') return this.items();
    if (this.takeStart(cast) !== '') return this.primary();
    if (this.takeStart(emptyTable) !== '') return { kind: 'table', pairs: [] };
    if (this.takeStart(bytesOf) !== '' || this.text[this.at] === '(') return this.parentheses();
    return this.variable() ?? this.number();
  }

  private variable(): PowerShellValue | undefined {
    if (this.text[this.at] !== '$') return undefined;
    const name = this.take(/\$(?:\{[\w:]+\}|[\w:]+)/y);
    return name === '' ? this.unknown() : variableValue(name.replace(/[${}]/g, ''), this.variables);
  }

  private number(): PowerShellValue | undefined {
    const digits = this.take(/-?\d+(?:\.\d+)?(?![\w./:-])/y);
    return digits === '' ? undefined : { kind: 'literal', json: Number(digits), text: String(Number(digits)) };
  }

  private parentheses(): PowerShellValue {
    this.at++;
    const value = this.expression();
    this.skip();
    if (this.take(/\)/y) === '') return this.unknown();
    return value;
  }

  private items(): PowerShellValue {
    const items: PowerShellValue[] = [];
    for (this.skip(); this.at < this.text.length && this.text[this.at] !== ')'; this.skip()) {
      const before = this.at;
      const value = this.expression();
      items.push(...(value.kind === 'list' ? value.items : [value]));
      if (this.at === before) this.at++;
    }
    this.at++;
    return { kind: 'list', items };
  }

  private table(): PowerShellValue {
    const pairs: (readonly [string, PowerShellValue])[] = [];
    for (this.skip(); this.at < this.text.length && this.text[this.at] !== '}'; this.skip()) {
      const bare = this.take(/[\w-]+/y);
      const key = bare === '' ? valueText(this.primary()) : bare;
      this.skip();
      if (this.take(/=/y) === '' || key === undefined) return this.unknown();
      pairs.push([key, this.expression()]);
    }
    this.at++;
    return { kind: 'table', pairs };
  }

  /** Files that a command names. */
  private ofCommand(): PowerShellValue | undefined {
    const command = this.takeStart(ofFile);
    if (command === '') return undefined;
    let path: string | undefined;
    let isRaw = false;
    while (this.at < this.text.length && !/[\r\n;|)}]/.test(this.text[this.at] ?? '')) {
      const option = this.take(/-\w+[ \t]*/y);
      if (/^-Raw/i.test(option)) isRaw = true;
      else if (/^-Encoding/i.test(option)) this.argument();
      else path = valueText(this.argument());
      this.take(/[ \t]+/y);
    }
    if (path === undefined || (!isRaw && !/^Get-Item/i.test(command))) return unknownValue;
    return { kind: isRaw ? 'content' : 'file', path };
  }

  /** Goes on to where the statement ends, or what it stands in. */
  private unknown(): PowerShellValue {
    let open = 0;
    for (; this.at < this.text.length; this.at++) {
      const char = this.text[this.at] ?? '';
      const string = readString(this.text, this.at, this.variables);
      if (string !== undefined) this.at = string.end - 1;
      else if (/[({]/.test(char)) open++;
      else if (/[)}]/.test(char) && open-- === 0) break;
      else if (/[\n;]/.test(char) && open === 0) break;
    }
    return unknownValue;
  }

  private takeStart(pattern: RegExp): string {
    const found = pattern.exec(this.text.slice(this.at, this.at + 300))?.[0] ?? '';
    this.at += found.length;
    return found;
  }

  private take(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0] ?? '';
    this.at += found.length;
    return found;
  }

  /** White space, ends of statements, and backticks at the ends of lines. */
  private skip(): void {
    this.take(/(?:[\s;]|`\r?\n|#[^\n]*)*/y);
  }
}
