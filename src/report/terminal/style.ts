/** Ways to set text off in a terminal. */
export interface TerminalStyle {
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly doubtful: (text: string) => string;
  readonly good: (text: string) => string;
}

/** How much room there is, and how text may be set off. */
export interface TerminalCanvas {
  readonly width: number;
  readonly style: TerminalStyle;
}

const plain = (text: string) => text;

/** Text as it is, for logs, files and `--no-color`. */
export const plainStyle: TerminalStyle = { strong: plain, faint: plain, bad: plain, doubtful: plain, good: plain };

/** ANSI colours of the terminal's own palette, which its user has made readable. */
export const colourStyle: TerminalStyle = {
  strong: sgr(1, 22),
  faint: sgr(2, 22),
  bad: sgr(31, 39),
  doubtful: sgr(33, 39),
  good: sgr(32, 39),
};

function sgr(on: number, off: number): (text: string) => string {
  return (text) => `\u001b[${on}m${text}\u001b[${off}m`;
}
