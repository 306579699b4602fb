import { type AuditEntry, type AuditVerdict, auditVerdicts } from '../../model/audit.js';
import { formatPlace } from '../../model/place.js';
import type { StreamedReport } from '../../model/report.js';
import { fitWidth, padWidth } from '../../util/display-width.js';
import { printable } from '../../util/printable.js';
import { wrapText } from '../../util/wrap-text.js';
import { formatCount } from '../run-texts.js';
import type { TerminalCanvas, TerminalStyle } from './style.js';

const most: Readonly<Record<AuditVerdict, number>> = { idle: 50, insufficient: 50, broader: 50, needed: 10 };
const maxLines = 12;
const maxTextLength = 1000;
const indent = '    ';

/** What `tune --audit` found out about each of the user's exclusions, those first that need a hand. */
export function auditLines({ audit }: StreamedReport, canvas: TerminalCanvas): readonly string[] {
  if (audit === undefined) return [];
  if (audit.length === 0) return [canvas.style.strong('Audit of your exclusions: nothing is wrong with them.')];
  const groups = auditVerdicts.map((verdict) => audit.filter((entry) => entry.verdict === verdict));
  const counts = groups.flatMap(([first, ...others]) =>
    first === undefined ? [] : [`${formatCount(others.length + 1)} ${first.verdict}`],
  );
  return [
    canvas.style.strong(`Audit of your exclusions (${formatCount(audit.length)}): ${counts.join(', ')}`),
    ...groups.flatMap((entries) => groupLines(entries, canvas)),
  ];
}

function groupLines(entries: readonly AuditEntry[], canvas: TerminalCanvas): readonly string[] {
  const shown = entries.slice(0, most[entries[0]?.verdict ?? 'needed']);
  const more = entries.length - shown.length;
  return [
    ...shown.flatMap((entry) => entryLines(entry, canvas)),
    ...(more > 0 ? [`  … and ${formatCount(more)} more (see report.json)`] : []),
  ];
}

function entryLines(entry: AuditEntry, { width, style }: TerminalCanvas): readonly string[] {
  const { at, text, verdict, reason, enough, missing } = entry;
  const label = padWidth(verdict, 'insufficient'.length);
  const place = printable(formatPlace({ file: at.file, ...(at.line !== undefined && { line: at.line }) }));
  const room = width - indent.length;
  return [
    `  ${paintOf(verdict, style)(label)}  ${place}`,
    `${indent}${fitWidth(printable(text.slice(0, maxTextLength)), room)}`,
    ...wrapped(reason, room).map((line) => `${indent}${style.faint(line)}`),
    ...noteLines(entry, room),
    ...(verdict === 'broader' && enough !== undefined ? configurationLines('Enough:', enough, room) : []),
    ...(verdict === 'insufficient' && missing !== undefined ? configurationLines('Missing:', missing, room) : []),
  ];
}

function paintOf(verdict: AuditVerdict, style: TerminalStyle): (text: string) => string {
  if (verdict === 'needed') return style.good;
  return verdict === 'insufficient' ? style.bad : style.doubtful;
}

/** What is known beside the reason, which says some of it. */
function noteLines({ notes, reason }: AuditEntry, room: number): readonly string[] {
  return notes
    .filter(({ text }) => !reason.includes(text))
    .flatMap(({ engine, text }) => wrapped(`${engine}: ${text}`, room))
    .map((line) => `${indent}${line}`);
}

function configurationLines(title: string, configuration: string, room: number): readonly string[] {
  const lines = configuration.split('\n');
  const more = lines.length - maxLines;
  return [
    `${indent}${title}`,
    ...lines.slice(0, maxLines).map((line) => `${indent}  ${fitWidth(printable(line), room - 2)}`),
    ...(more > 0 ? [`${indent}  … and ${formatCount(more)} more lines (see report.json)`] : []),
  ];
}

function wrapped(text: string, room: number): readonly string[] {
  return wrapText(printable(text.slice(0, maxTextLength)), room).map((line) => fitWidth(line, room));
}
