import { stack } from 'd3-shape';
import type { VerdictKind } from '../../../model/case.js';
import type { LegendEntry } from '../../charts/chart.js';
import type { CountsByVerdict } from '../../score-counts.js';
import { verdictOrder, verdictTexts } from '../../verdict-texts.js';

/** A piece of a column: so many cases with one verdict, from one height to another, both in cases. */
export interface StackPiece {
  readonly kind: VerdictKind;
  /** The place of the column. */
  readonly column: number;
  readonly from: number;
  readonly to: number;
}

/** Columns of verdicts, one upon the other; what has none is no piece. */
export function stackVerdicts(
  columns: readonly CountsByVerdict[],
  kinds: readonly VerdictKind[] = verdictOrder,
): readonly StackPiece[] {
  const layers = stack<CountsByVerdict, VerdictKind>()
    .keys(kinds)
    .value((counts, kind) => counts[kind] ?? 0)(columns);
  return layers.flatMap((layer) =>
    layer.flatMap(([from, to], column) => (to > from ? [{ kind: layer.key, column, from, to }] : [])),
  );
}

/** The colours of the verdicts that are in a picture. */
export function verdictLegend(
  pieces: readonly StackPiece[],
  textOf: (kind: VerdictKind) => LegendEntry = verdictEntry,
): readonly LegendEntry[] {
  const kinds = new Set(pieces.map(({ kind }) => kind));
  return verdictOrder.filter((kind) => kinds.has(kind)).map(textOf);
}

/** How a verdict is told apart in a picture, where two that need the same attention may stand side by side. */
export function verdictEntry(kind: VerdictKind): LegendEntry {
  const { label, tone } = verdictTexts[kind];
  return { label, tone: kind === 'denied-elsewhere' ? 'elsewhere' : tone };
}
