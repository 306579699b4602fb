import type { Triage, TriageEvidence } from '../../model/triage.js';
import { printable } from '../../util/printable.js';
import { wrapText } from '../../util/wrap-text.js';
import { refuserName, triageVerdict } from '../triage-texts.js';
import { colourStyle, plainStyle, type TerminalStyle } from './style.js';

const defaultWidth = 100;
const narrowest = 60;
/** So much of a text that came from outside is shown, in characters. */
const longest = 400;

/** How an answer is to look. */
export interface TriageTextOptions {
  readonly colours: boolean;
  /** Columns of the terminal. */
  readonly width?: number;
}

/** Who refused and why, for a person: the verdict in a line, what shows it, what it was not, and what to do. */
export function renderTriage(triage: Triage, options: TriageTextOptions): string {
  const style = options.colours ? colourStyle : plainStyle;
  const width = Math.max(narrowest, options.width ?? defaultWidth);
  const { evidence, ruledOut = [], alternatives, hops = [], fix, next, found, handOver } = triage;
  const sections = [
    [
      style.strong(printable(triageVerdict(triage))),
      ...(found === undefined ? [] : wrapText(printable(`${found}.`), width)),
    ],
    section(
      'Evidence',
      evidence.flatMap((one) => evidenceLines(one, width, style)),
      style,
    ),
    section(
      'Ruled out',
      ruledOut.flatMap((text) => bullet(text, width)),
      style,
    ),
    section(
      'It may also be',
      alternatives.flatMap((one) => bullet(refuserName(one), width)),
      style,
    ),
    section('On the way', hops.length === 0 ? [] : bullet(hops.join(', '), width), style),
    section('Fix', fix === undefined ? [] : indented(fix, width), style),
    section('Next', next === undefined ? [] : indented(next, width), style),
    section('For its owner', handOver === undefined ? [] : indented(handOver, width), style),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function section(title: string, lines: readonly string[], style: TerminalStyle): readonly string[] {
  return lines.length === 0 ? [] : [style.strong(title), ...lines];
}

function evidenceLines({ from, text, says }: TriageEvidence, width: number, style: TerminalStyle): readonly string[] {
  const bytes = wrapText(printable(text.slice(0, longest)), width - 6).map((line) => `      ${style.faint(line)}`);
  return [...bullet(`${says} (${from})`, width), ...bytes];
}

function bullet(text: string, width: number): readonly string[] {
  return wrapText(printable(text.slice(0, longest)), width - 4).map(
    (line, at) => `${at === 0 ? '  - ' : '    '}${line}`,
  );
}

function indented(text: string, width: number): readonly string[] {
  return wrapText(printable(text), width - 2).map((line) => `  ${line}`);
}
