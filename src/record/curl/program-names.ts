/** Programs whose commands are read, as they stand in a text: patterns for regular expressions. */
const named = String.raw`(?:curl(?:images/curl)?(?::[\w.-]+)?|wget2?)(?:\.exe)?`;

/** An address without doubt: `http` is a word of prose too. */
const address = String.raw`["']?(?:https?://|:/|:\d|localhost\b|\$\{?\w|[\w-]+(?:\.[\w-]+)+(?=[:/\s"'?]|$))`;

/** The commands of HTTPie. */
const httpie = String.raw`https?(?=(?:[ \t]+-{1,2}[\w-]+(?:[= ](?:'[^'\n]{0,500}'|"[^"\n]{0,500}"|[^\s'"-][^\s'"]*))?){0,8}[ \t]+(?:[A-Za-z]{3,7}[ \t]+)?${address})`;

/** A program, and what parts it from its first word. */
export const programStart = String.raw`["'\\]?(?:[\w./~-]*/)?(?:${named}|${httpie})["']?(?=[ \t]|\\\r?\n)`;

/** Whether commands of such programs are in a text. */
export const namesProgram = new RegExp(
  String.raw`(?:^|[\s;&|("'])(?:[\w./~-]{0,100}/)?(?:${named}[ \t\\]|${httpie})`,
  'm',
);

/** Whether a program is named in what another one is to run. */
export const runsProgram = new RegExp(String.raw`(?:^|[\s;&|(])(?:${named}|${httpie})\s`);

/** A pipe that leads to such a program. */
export const pipedProgram = new RegExp(String.raw`\|[ \t\r\n\\]*(?:sudo[ \t]+)?(?:(?:curl|wget2?)\b|${httpie})`, 'g');
