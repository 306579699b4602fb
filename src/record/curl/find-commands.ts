import { ShellReader } from './read-shell.js';
import type { ShellCommand } from './shell-command.js';

/** What terminals, chats and lists put before a command: `$ `, `ann@host:~# `, `> `, `1. `, `- `. */
const prompt = /^[ \t]*(?:(?:[\w.-]+@[\w.-]+[^\n$#%>]{0,80})?[$#%>❯➜]+[ \t]+|\d+[.)][ \t]+|[-*+•][ \t]+)?/;

/** Words after which a command may stand in a line. */
const before = String.raw`(?:\w+=(?:'[^'\n]*'|"[^"\n]*"|[^\s'"$(;|&]*)[ \t]+|sudo[ \t]+(?:-\w+[ \t]+(?:\w+[ \t]+)?)*|time[ \t]+|env[ \t]+|exec[ \t]+|command[ \t]+|then[ \t]+|do[ \t]+|if[ \t]+|while[ \t]+|!\s*)*(?:docker[ \t][^\n]{0,300}?)?`;
const program = String.raw`["'\\]?(?:[\w./~-]*/)?curl(?:images/curl)?(?::[\w.-]+)?(?:\.exe)?["']?(?=[ \t]|\\\r?\n)`;
const atStart = new RegExp(`^${before}${program}`);
const afterOperator = new RegExp(`[;&|({\`][ \\t]*${before}${program}`);
const feeds = /^(?:cat|echo|printf)[ \t<]/;
/** How much text may be fed to curl through a pipe. */
const mostFed = 1_000_000;
const mostNested = 3;
const assignment = /^(?:export[ \t]+|readonly[ \t]+|local[ \t]+)?[A-Za-z_]\w*=/;

/**
 * The commands of a text in which prose may stand around them. Assignments are remembered (`TOKEN=abc`); what stands in
 * `$(…)` is looked through as well.
 * @param text bytes, one character a byte
 */
export function findCommands(text: string, variables = new Map<string, string>(), depth = 0): readonly ShellCommand[] {
  const found: ShellCommand[] = [];
  const feeding = [...text.matchAll(/\|[ \t\r\n\\]*(?:sudo[ \t]+)?curl\b/g)].map(({ index }) => index);
  for (let at = 0; at < text.length; ) {
    const start = commandStart(text, at, feeding);
    if (start === undefined) {
      at = nextLine(text, at);
      continue;
    }
    const { commands, next } = new ShellReader(text, start.at, variables, start.hasPrompt).readLine();
    for (const command of commands) {
      if (depth < mostNested) found.push(...nested(command, variables, depth));
      found.push(command);
    }
    at = Math.max(next, at + 1);
  }
  return found;
}

/** The commands in what a command would run, at its place. */
function nested(
  { programs, at }: ShellCommand,
  variables: Map<string, string>,
  depth: number,
): readonly ShellCommand[] {
  return programs.flatMap((inner) => findCommands(inner, variables, depth + 1)).map((command) => ({ ...command, at }));
}

/** Where a command begins in a line; nothing in a line of prose. */
function commandStart(
  text: string,
  at: number,
  feeding: number[],
): { readonly at: number; readonly hasPrompt: boolean } | undefined {
  const line = text.slice(at, nextLine(text, at));
  const [shown = ''] = prompt.exec(line) ?? [];
  const rest = line.slice(shown.length, shown.length + 20_000);
  const hasPrompt = /[$#%>]/.test(shown);
  if (atStart.test(rest) || assignment.test(rest)) return { at: at + shown.length, hasPrompt };
  if (feeds.test(rest) && isFeeding(feeding, at + shown.length)) return { at: at + shown.length, hasPrompt };
  const operator = afterOperator.exec(rest);
  // What stands before a pipe is what curl is fed with.
  if (operator?.[0].startsWith('|') === true) return { at: at + shown.length, hasPrompt };
  if (operator !== null) return { at: at + shown.length + operator.index + 1, hasPrompt };
  return undefined;
}

/** Whether what `cat` or `echo` writes goes on to curl. Pipes that are behind are forgotten. */
function isFeeding(feeding: number[], at: number): boolean {
  while ((feeding[0] ?? Number.POSITIVE_INFINITY) < at) feeding.shift();
  return (feeding[0] ?? Number.POSITIVE_INFINITY) < at + mostFed;
}

function nextLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end + 1;
}
