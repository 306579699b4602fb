import type { CheckStatus, Diagnosis, DoctorCheck } from '../../model/diagnosis.js';
import { displayWidth, padWidth } from '../../util/display-width.js';
import { printable } from '../../util/printable.js';
import { wrapText } from '../../util/wrap-text.js';
import { plural, wafFacts } from '../run-texts.js';
import { colourStyle, plainStyle, type TerminalStyle } from './style.js';

const defaultWidth = 120;
const narrowest = 72;
const statusWidth = 'warning'.length;

/** How a table of checks is to look. */
export interface TableOptions {
  readonly colours: boolean;
  /** Columns of the terminal. */
  readonly width?: number;
}

/** The checks of a target as a table, each that is not in order with what to do about it. */
export function renderDiagnosis(diagnosis: Diagnosis, options: TableOptions): string {
  const style = options.colours ? colourStyle : plainStyle;
  const width = Math.max(narrowest, options.width ?? defaultWidth);
  const { target, checks } = diagnosis;
  const titleWidth = Math.max(...checks.map(({ title }) => displayWidth(title)));
  const indent = statusWidth + titleWidth + 6;
  const rows = checks.flatMap((check) => rowsOf(check, { style, titleWidth, indent, width }));
  const facts = wafFacts(target).map(({ label, value }) =>
    /^\d+$/.test(value) ? `${label.toLowerCase()} ${value}` : value,
  );
  const head = target.name === target.url ? target.name : `${target.name} (${target.url})`;
  return [
    style.strong(printable(head)),
    style.faint(printable(facts.join(' · '))),
    '',
    ...rows,
    '',
    sumUp(checks, style),
    '',
  ].join('\n');
}

interface Layout {
  readonly style: TerminalStyle;
  readonly titleWidth: number;
  readonly indent: number;
  readonly width: number;
}

function rowsOf(check: DoctorCheck, { style, titleWidth, indent, width }: Layout): readonly string[] {
  const texts = [check.detail, ...(check.fix === undefined ? [] : [`Fix: ${check.fix}`])];
  const [first = '', ...others] = texts.flatMap((text) => wrapText(printable(text), width - indent));
  const status = tones(style)[check.status](padWidth(check.status, statusWidth));
  const faint = check.status === 'skipped' ? style.faint : (text: string) => text;
  return [
    `  ${status}  ${faint(padWidth(check.title, titleWidth))}  ${faint(first)}`,
    ...others.map((line) => `${' '.repeat(indent)}${line}`),
  ];
}

function tones(style: TerminalStyle): Readonly<Record<CheckStatus, (text: string) => string>> {
  return { ok: style.good, warning: style.doubtful, failed: style.bad, skipped: style.faint };
}

function sumUp(checks: readonly DoctorCheck[], style: TerminalStyle): string {
  const count = (status: CheckStatus) => checks.filter((check) => check.status === status).length;
  const [failed, warnings] = [count('failed'), count('warning')];
  const doubts = warnings === 0 ? '' : `, ${plural(warnings, 'warning')}`;
  if (failed > 0) return style.bad(`${plural(failed, 'check')} failed${doubts}: the target is not ready for a run.`);
  return style.good(`Ready for a run${doubts}.`);
}
