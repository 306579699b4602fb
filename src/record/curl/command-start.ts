import { programStart } from './program-names.js';
import { closing, endOfBackquotes } from './shell-expansion.js';

/** Where a command begins. */
export interface Start {
  readonly kind: 'command';
  readonly at: number;
  /** Where the text ends that it may take up, in prose. */
  readonly end?: number;
  /** Lines of a terminal go on behind `> `. */
  readonly hasPrompt: boolean;
}

/** What terminals, chats, lists and files put before a command: `$ `, `ann@host:~# `, `PS C:\> `, `> `, `1. `, `- run: `. */
const prompt =
  /^[ \t]*(?:\d+[.)][ \t]+(?=[$#%>]))?(?:(?:\([\w.-]+\)[ \t]*)?(?:\[?[\w.-]+@[\w.-]+[^\n$#%>]{0,80}|[\w.-]{1,30}|PS [A-Za-z]:[^\n>]{0,80}|[A-Za-z]:\\[^\n>]{0,80})?(?:[$#%>]+|\xe2\x9d\xaf|\xe2\x9e\x9c)[ \t]*|\d+[.)][ \t]+|[-*+][ \t]+|\xe2\x80\xa2[ \t]+)?(?:-[ \t]+)?(?:[\w.-]{1,30}:[ \t]+(?=["']?(?:curl|wget|https?[ \t])))?/;

/** Words after which a command may stand in a line. */
const before = String.raw`(?:\w+=(?:'[^'\n]*'|"[^"\n]*"|[^\s'"$(;|&]*)[ \t]+|(?:sudo|doas)[ \t]+(?:-\w+[ \t]+(?:[\w-]+[ \t]+)?)*|time[ \t]+|env[ \t]+|exec[ \t]+|command[ \t]+|nohup[ \t]+|then[ \t]+|else[ \t]+|do[ \t]+|if[ \t]+|while[ \t]+|until[ \t]+|!\s*)*`;
const atStart = new RegExp(`^${before}${programStart}`);
/** Programs that run others, and files in which commands stand. */
const runner =
  /^(?:\w+=\S*[ \t]+|(?:sudo|doas|time|env)[ \t]+)*(?:docker|podman|nerdctl|kubectl|oc|ssh|su|watch|xargs|timeout|nice|ionice|strace|stdbuf|torsocks|proxychains4?|parallel|eval|(?:\/\w+)*(?:ba|z|da|k|a)?sh|vagrant|heroku|RUN|CMD|ENTRYPOINT|HEALTHCHECK|ExecStart[A-Za-z]*=|for|while|until|if)(?=[ \t=])/;
const afterOperator = new RegExp(`[;&|({\`][ \\t]*${before}${programStart}`);
const inTags = new RegExp(`<(?:code|pre|kbd|samp|tt)\\b[^<>\\n]{0,200}>[$# \\t]*${before}${programStart}`, 'i');
/** What is no prose: an option or an address behind curl. */
const meant =
  /\b(?:curl(?::[\w.-]+)?|wget2?)(?:\.exe)?[ \t]+(?:[^\n]{0,300}[ \t])??(?:-{1,2}[A-Za-z]|["']?(?:https?:\/\/|\$\{?\w)|["']?[\w-]+(?:\.[\w-]+)+[:/]|localhost\b)/;
/** A sentence that begins with its name: `curl is a tool`. */
const sentence = /^(?:curl|wget|https?)[ \t]+[A-Za-z]+[,;]?[ \t]+[A-Za-z]+(?![\w./:])/;
const feeds = /^(?:cat|echo|printf)[ \t<]/;
/** How much text may be fed to curl through a pipe. */
const mostFed = 1_000_000;
const assignment = /^(?:export[ \t]+|readonly[ \t]+|local[ \t]+)?[A-Za-z_]\w*=/;

/**
 * Where a command begins in a line; nothing in a line of prose.
 * @param feeding where pipes lead to curl; those that are behind are taken out
 */
export function commandIn(text: string, at: number, feeding: number[]): Start | { readonly kind: 'none' | 'unclear' } {
  const line = lineFrom(text, at);
  const [shown = ''] = prompt.exec(line) ?? [];
  const from = at + shown.length;
  const rest = line.slice(shown.length, shown.length + 20_000);
  const whole: Start = { kind: 'command', at: from, hasPrompt: /[$#%>]/.test(shown) };
  if ((atStart.test(rest) && !sentence.test(rest)) || assignment.test(rest)) return whole;
  if (runner.test(rest) && meant.test(rest)) return whole;
  if (feeds.test(rest) && isFeeding(feeding, from)) return whole;
  return startInside(text, from, rest, whole) ?? { kind: meant.test(rest) ? 'unclear' : 'none' };
}

/** In prose a command stands in backquotes, in tags, in `$(…)` or behind an operator. */
function startInside(text: string, from: number, rest: string, whole: Start): Start | undefined {
  const tag = inTags.exec(rest);
  if (tag !== null) {
    const at = from + tag.index + tag[0].indexOf('>') + 1;
    const end = text.indexOf('</', at);
    return {
      ...whole,
      at: at + (/^[$# \t]*/.exec(text.slice(at, at + 20))?.[0].length ?? 0),
      end: end < 0 ? text.length : end,
    };
  }
  const operator = afterOperator.exec(rest);
  if (operator === null) return undefined;
  const sign = from + operator.index;
  // What stands before a pipe is what curl is fed with.
  if (text[sign] === '|' && text[sign + 1] !== '|') return whole;
  const start: Start = { ...whole, at: sign + 1 };
  if (text[sign] === '`') return { ...start, end: endOfBackquotes(text, sign) - 1 };
  return text[sign] === '(' ? { ...start, end: closing(text, sign) - 1 } : start;
}

/** Whether what `cat` or `echo` writes goes on to curl. */
function isFeeding(feeding: number[], at: number): boolean {
  while ((feeding[0] ?? Number.POSITIVE_INFINITY) < at) feeding.shift();
  return (feeding[0] ?? Number.POSITIVE_INFINITY) < at + mostFed;
}

function lineFrom(text: string, at: number): string {
  const end = text.indexOf('\n', at);
  return text.slice(at, end < 0 ? text.length : end + 1);
}
