/** A request of an .http file, still with its variables. */
export interface HttpFileRequest {
  readonly title?: string;
  readonly method: string;
  readonly url: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Lines after the headers, without what belongs to the runner. */
  readonly body: readonly string[];
  /** Where the request line stands, from 1. */
  readonly line: number;
}

/** An .http or .rest file as IntelliJ, the REST Client of VS Code, httpyac and Visual Studio write it. */
export interface HttpFile {
  readonly requests: readonly HttpFileRequest[];
  /** `@name = value`, by name. */
  readonly variables: ReadonlyMap<string, string>;
  /** How many scripts it has. */
  readonly scripts: number;
}

interface Block {
  readonly title: string;
  readonly lines: readonly string[];
  /** The number of the first line. */
  readonly from: number;
}

export function readHttpFile(text: string): HttpFile {
  const { lines, scripts } = withoutScripts(text.split(/\r?\n/));
  const variables = new Map<string, string>();
  for (const line of lines) {
    const [, name, value = ''] = /^\s*@([\w.-]+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (name !== undefined) variables.set(name, value.replace(/^(["'])(.*)\1$/, '$2'));
  }
  return { requests: blocks(lines).flatMap(readBlock), variables, scripts };
}

/** `{{ … }}` and `> {% … %}` over several lines are code; their lines stay, empty, so that places do. */
function withoutScripts(lines: readonly string[]): { readonly lines: readonly string[]; readonly scripts: number } {
  let scripts = 0;
  let end: RegExp | undefined;
  const kept = lines.map((line) => {
    if (end !== undefined) {
      if (end.test(line)) end = undefined;
      return '';
    }
    const begun = /^\s*[<>]\s*\{%/.test(line) ? /%\}/ : /^\s*\{\{[+@]?\w*\s*$/.test(line) ? /^\s*\}\}\s*$/ : undefined;
    if (begun === undefined) return line;
    scripts++;
    if (!begun.test(line)) end = begun;
    return '';
  });
  return { lines: kept, scripts };
}

function blocks(lines: readonly string[]): readonly Block[] {
  const found: Block[] = [];
  let current: { title: string; lines: string[]; from: number } = { title: '', lines: [], from: 1 };
  for (const [i, line] of lines.entries()) {
    const title = /^\s*###+\s*(.*?)\s*$/.exec(line)?.[1];
    if (title === undefined) current.lines.push(line);
    else {
      found.push(current);
      current = { title, lines: [], from: i + 2 };
    }
  }
  return [...found, current];
}

const requestLine =
  /^\s*(?:([A-Z][A-Z-]*)\s+)?((?:https?|wss?):\/\/\S.*?|\/\S*.*?|\{\{.*?|[\w.-]+(?::\d+)?(?:\/.*?|\?.*?)?)(?:\s+HTTP\/[\d.]+)?\s*$/;
const comment = /^\s*(?:#|\/\/)/;

/** A block may have several requests one after another only where `###` is between them. */
function readBlock({ title, lines, from }: Block): readonly HttpFileRequest[] {
  const start = lines.findIndex((line) => line.trim() !== '' && !comment.test(line) && !/^\s*@[\w.-]+\s*=/.test(line));
  const match = start < 0 ? null : requestLine.exec(lines[start] ?? '');
  if (match === null) return [];
  const named = lines
    .slice(0, start)
    .map((line) => /^\s*(?:#|\/\/)\s*@name\s*=?\s*(.+?)\s*$/.exec(line)?.[1])
    .find((name) => name !== undefined);
  const { url, next } = continued(match[2] ?? '', lines, start + 1);
  const head = headLines(lines, next);
  const called = named ?? title;
  return [
    {
      ...(called !== '' && { title: called }),
      method: match[1] ?? 'GET',
      url,
      headers: head.headers,
      body: bodyLines(lines.slice(head.end)),
      line: from + start,
    },
  ];
}

/** A URL goes on in lines that are indented, or begin with `?` or `&`. */
function continued(
  begun: string,
  lines: readonly string[],
  from: number,
): { readonly url: string; readonly next: number } {
  let url = begun;
  let next = from;
  for (; next < lines.length; next++) {
    const line = lines[next] ?? '';
    if (comment.test(line) && /^\s*[?&]/.test(lines[next + 1] ?? '')) continue;
    if (!/^\s+[^\s#]|^[?&]/.test(line)) break;
    url += line.trim();
  }
  return { url: url.replace(/\s+HTTP\/[\d.]+$/, ''), next };
}

function headLines(lines: readonly string[], from: number) {
  const headers: (readonly [string, string])[] = [];
  let end = from;
  for (; end < lines.length && lines[end]?.trim() !== ''; end++) {
    const line = lines[end] ?? '';
    const [, name, value = ''] = /^\s*([^\s:#][^:]*?)\s*:\s*(.*?)\s*$/.exec(line) ?? [];
    if (name !== undefined && !comment.test(line)) headers.push([name, value]);
  }
  return { headers, end: end + 1 };
}

/** Without what the runner does with the answer, and without empty lines at the end. */
function bodyLines(lines: readonly string[]): readonly string[] {
  const kept = lines.filter((line) => !/^\s*(?:>>!?\s|>\s+\S+\.js|<>\s|\?\?\s|run\s+\S+\.http)/.test(line));
  const last = kept.findLastIndex((line) => line.trim() !== '');
  return kept.slice(0, last + 1);
}
