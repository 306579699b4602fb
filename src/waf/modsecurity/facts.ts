import type { Fact, WafInfo } from '../../model/report.js';

/** Level and threshold in force. */
export function facts({ paranoia, threshold }: WafInfo): readonly Fact[] {
  return [
    ...(paranoia === undefined ? [] : [{ label: 'Paranoia level', value: `${paranoia}` }]),
    ...(threshold === undefined ? [] : [{ label: 'Threshold', value: `${threshold}` }]),
  ];
}

/** What is not known is left out: rules of the user's may silence what tells it. */
export function summary({ version, ruleset, paranoia, mode }: WafInfo): string {
  const level = paranoia === undefined ? undefined : `paranoia level ${paranoia}`;
  return [version, ruleset, level, `mode ${mode}`].filter((part) => part !== undefined).join(', ');
}
