import { fail } from '../model/error.js';
import type { SweepParameters } from '../model/sweep.js';

const most = 200;

/**
 * Reads what `--sweep` is to try: `paranoia=1..4,threshold=5..20`, a value alone, and `threshold=5..50/5` for every fifth.
 * @throws WafproofError `USAGE`
 */
export function readSweep(parts: readonly string[]): SweepParameters {
  const parameters = new Map<string, readonly number[]>();
  for (const part of parts) {
    const [, name = '', range = ''] = /^([a-z-]+)=(.+)$/.exec(part) ?? [];
    const values = valuesOf(range);
    if (values.length === 0)
      throw fail('USAGE', {
        message: `--sweep takes settings such as paranoia=1..4,threshold=5..20, not "${part}"`,
        command: 'check',
      });
    parameters.set(
      name,
      [...new Set([...(parameters.get(name) ?? []), ...values])].sort((a, b) => a - b),
    );
  }
  return parameters;
}

function valuesOf(range: string): readonly number[] {
  const [whole, from = '', to = from, step = '1'] = /^(\d{1,6})(?:\.\.(\d{1,6})(?:\/(\d{1,4}))?)?$/.exec(range) ?? [];
  const [first, last, by] = [from, to, step].map(Number);
  if (whole === undefined || first === undefined || last === undefined || by === undefined || by === 0) return [];
  const count = Math.floor((last - first) / by) + 1;
  return count < 1 || count > most ? [] : Array.from({ length: count }, (_, place) => first + place * by);
}
