import { relative } from 'node:path';
import { colourStyle, plainStyle } from '../../report/terminal/style.js';
import { turnText } from '../../report/terminal/turn-text.js';
import { printable } from '../../util/printable.js';
import type { Turn } from './watch-check.js';

/** How a turn is shown. */
export interface TurnDisplay {
  /** What the names of files are relative to. */
  readonly cwd: string;
  readonly colours: boolean;
  readonly width?: number;
}

const defaultWidth = 100;

/** A turn for a person at a terminal: what is different, which at first is all. */
export function showTurn(turn: Turn, { cwd, colours, width = defaultWidth }: TurnDisplay): string {
  if (turn.kind === 'failed') return `${turn.error.message.split('\n').map(printable).join('\n')}\n`;
  const saved = turn.saved.map((path) => relative(cwd, path) || path);
  return turnText(saved, turn, { width, style: colours ? colourStyle : plainStyle });
}
