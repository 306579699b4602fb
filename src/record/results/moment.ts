import type { RecordedSpan } from './runner-result.js';

/** A moment in milliseconds since 1970, and how coarse it is told. */
export interface Moment {
  readonly at: number;
  readonly coarse: number;
}

const shape = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(\.\d+)?\s*(Z|[+-]\d\d:?\d\d)?$/i;
/** How far a clock that is cut to seconds, or written a little later, may be off. */
const spareMs = 2000;

/**
 * A moment of a recording as runners write it. Without a zone it is UTC for some of them and local time for others: it is the
 * one that lies within the recording. Nothing where it lies outside, as that of an earlier run does, or both are possible.
 */
export function momentIn(timestamp: string, { began, ended }: RecordedSpan): Moment | undefined {
  const [, day, time, fraction = '', zone] = shape.exec(timestamp) ?? [];
  if (day === undefined || time === undefined) return undefined;
  const plain = `${day}T${time}${fraction.slice(0, 4)}`;
  const spelled = zone === undefined ? [`${plain}Z`, plain] : [`${plain}${zone.replace(/^(...):?(..)$/, '$1:$2')}`];
  const possible = new Set(spelled.map((text) => Date.parse(text)));
  const fitting = [...possible].filter((at) => at >= began - spareMs && at <= ended + spareMs);
  const [at, ...others] = fitting;
  return at === undefined || others.length > 0 ? undefined : { at, coarse: fraction === '' ? 1000 : 1 };
}
