/** The text of a part of `-F` and what stands behind it: `text;type=…;filename=…`. */
export interface WrittenPart {
  readonly word: string;
  readonly type?: string | undefined;
  readonly filename?: string | undefined;
  readonly encoder?: string | undefined;
  /** As they are written: `@file` names one with headers in it. */
  readonly headers: readonly string[];
  /** What follows a comma. */
  readonly after?: string | undefined;
}

/**
 * Reads a part of `-F` up to the end of the text or to a sign that parts files (curl, get_param_part of tool_formparse.c).
 * @returns nothing where curl refuses a type of it
 */
export function readPart(text: string, end: '' | ','): WrittenPart | undefined {
  return new PartReader(text, end).read();
}

type Said = { -readonly [key in keyof WrittenPart]: WrittenPart[key] };

class PartReader {
  private readonly text: string;
  private readonly end: string;
  private at = 0;
  /** Where a type ends that may go on: `text/plain; charset=utf-8`. */
  private typeFrom: number | undefined;
  private typeEnd = 0;
  private isRefused = false;

  constructor(text: string, end: string) {
    this.text = text;
    this.end = end;
  }

  read(): WrittenPart | undefined {
    const headers: string[] = [];
    this.skipBlank();
    const said: Said = { word: this.word(), headers };
    while (this.text[this.at] === ';') this.option(said, headers);
    this.closeType(said);
    if (this.isRefused) return undefined;
    const goesOn = this.end !== '' && this.text[this.at] === this.end;
    return { ...said, after: goesOn ? this.text.slice(this.at + 1) : undefined };
  }

  private option(said: Said, headers: string[]): void {
    this.at++;
    this.skipBlank();
    const key = /^(?:filename|encoder|headers)=/.exec(this.text.slice(this.at, this.at + 9))?.[0].slice(0, -1);
    if (this.typeFrom === undefined && this.text.startsWith('type=', this.at)) this.type();
    else if (key === undefined) this.other();
    else {
      this.closeType(said);
      this.at += key.length + 1;
      this.skipBlank();
      const word = this.word();
      if (key === 'headers') headers.push(word);
      else said[key === 'filename' ? 'filename' : 'encoder'] = word;
    }
  }

  private type(): void {
    this.at += 'type='.length;
    this.skipBlank();
    this.typeFrom = this.at;
    const [type] = /^[^/ ]{1,127}\/[^;, \n]{1,127}/.exec(this.text.slice(this.at, this.at + 300)) ?? [];
    if (type === undefined) this.isRefused = true;
    this.at += type?.length ?? 0;
    this.goOn();
  }

  /** A parameter of a type, else something that curl does not know and skips. */
  private other(): void {
    if (this.typeFrom === undefined) this.word();
    else this.goOn();
  }

  private goOn(): void {
    const from = this.typeFrom ?? this.at;
    this.at = this.stop();
    this.typeEnd = from + this.text.slice(from, this.at).trimEnd().length;
  }

  private closeType(said: Said): void {
    if (this.typeFrom !== undefined) said.type = this.text.slice(this.typeFrom, this.typeEnd);
    this.typeFrom = undefined;
  }

  /** A word may stand in quotes; what follows them up to the next ";" is nothing. */
  private word(): string {
    const quoted = /"((?:[^"\\]|\\.)*)"/sy;
    quoted.lastIndex = this.at;
    const found = quoted.exec(this.text);
    const from = this.at;
    if (found !== null) this.at = quoted.lastIndex;
    this.at = this.stop();
    return found === null ? this.text.slice(from, this.at).trimEnd() : (found[1] ?? '').replace(/\\([\\"])/g, '$1');
  }

  private stop(): number {
    const stop = this.end === '' ? /;|$/g : /[;,]|$/g;
    stop.lastIndex = this.at;
    return stop.exec(this.text)?.index ?? this.text.length;
  }

  private skipBlank(): void {
    while (/\s/.test(this.text[this.at] ?? '')) this.at++;
  }
}
