import type { SettingValues, SweepReport, SweptRuleSet, SweptSetting } from '../../model/sweep.js';
import { formatCount, plural } from '../run-texts.js';

/** The settings of a rule set as a table: a column for each value of one setting, a row for each of the other. */
export interface SweepGrid {
  /** What the columns are values of, and the rows; empty where only one value of each was tried. */
  readonly columnName: string;
  readonly rowName: string;
  readonly columns: readonly number[];
  readonly rows: readonly number[];
  at(row: number, column: number): SweptSetting | undefined;
}

/** Settings in the order in which their names were given: the first makes columns, the second rows. */
export function gridOf({ settings }: SweptRuleSet): SweepGrid {
  const [columnName = '', rowName = ''] = Object.keys(settings[0]?.values ?? {});
  const valuesOf = (name: string) => [...new Set(settings.map(({ values }) => values[name] ?? 0))];
  const byKey = new Map(settings.map((one) => [keyOf(one.values[rowName], one.values[columnName]), one]));
  return {
    columnName,
    rowName,
    columns: valuesOf(columnName),
    rows: valuesOf(rowName),
    at: (row, column) => byKey.get(keyOf(row, column)),
  };
}

function keyOf(row: number | undefined, column: number | undefined): string {
  return `${row} ${column}`;
}

/** `paranoia 2, threshold 5` */
export function valuesText(values: SettingValues): string {
  return Object.entries(values)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');
}

/** `OWASP_CRS/3.3.4 on ModSecurity 3.0.9`, and how it was named where that says more. */
export function ruleSetText({ name, waf }: SweptRuleSet): string {
  const { ruleset = name, version } = waf;
  const rules = ruleset === name ? ruleset : `${ruleset} (${name})`;
  return version === undefined ? rules : `${rules} on ${version}`;
}

/** `205 requests evaluated for 64 settings` */
export function effortText({ evaluated, settings }: SweptRuleSet): string {
  return `${plural(evaluated, 'request')} evaluated for ${plural(settings.length, 'setting')}`;
}

/** `125 legitimate requests, 80 attacks` */
export function casesText({ cases }: SweepReport): string {
  return `${plural(cases.legitimate, 'legitimate request')}, ${plural(cases.attacks, 'attack')}`;
}

/** A part of a whole in percent with one decimal, or a dash where there is no whole. */
export function percentOf(part: number, whole: number): string {
  return whole === 0 ? '–' : `${((part / whole) * 100).toFixed(1)} %`;
}

/** `12 blocked (9.6 %), 79 detected (98.8 %)`, and what is undecided. */
export function outcomeText({ falsePositives, detected, undecided }: SweptSetting, { cases }: SweepReport): string {
  const open = undecided.legitimate + undecided.attacks;
  return [
    `${formatCount(falsePositives)} of ${plural(cases.legitimate, 'legitimate request')} blocked (${percentOf(falsePositives, cases.legitimate)})`,
    `${formatCount(detected)} of ${plural(cases.attacks, 'attack')} detected (${percentOf(detected, cases.attacks)})`,
    ...(open > 0 ? [`${formatCount(open)} undecided`] : []),
  ].join(', ');
}
