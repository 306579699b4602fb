import type { CaseResult } from '../model/report.js';

/** Cases of one suite that another layer than the WAF refuses for one reason. */
export interface DenialGroup {
  readonly suite: string;
  readonly layer: string;
  readonly cause: string;
  readonly cases: number;
  /** How many cases the suite has in all. */
  readonly ofSuite: number;
  /** As the first of them has it. */
  readonly fix?: string;
}

/** More groups than these are no groups. */
const mostGroups = 1000;

/** Counts what is refused elsewhere, as results go by. */
export class DenialCounter {
  readonly #groups = new Map<string, Omit<DenialGroup, 'ofSuite'>>();
  readonly #suites = new Map<string, number>();

  add({ suite, verdict, asExpected }: CaseResult): void {
    this.#suites.set(suite, (this.#suites.get(suite) ?? 0) + 1);
    if (verdict.kind !== 'denied-elsewhere' || asExpected) return;
    const { layer, cause, fix } = verdict;
    const key = JSON.stringify([suite, layer, cause]);
    const known = this.#groups.get(key);
    if (known === undefined && this.#groups.size >= mostGroups) return;
    const first = known ?? { suite, layer, cause, cases: 0, ...(fix !== undefined && { fix }) };
    this.#groups.set(key, { ...first, cases: first.cases + 1 });
  }

  /** Those of several cases, the largest first. */
  groups(): readonly DenialGroup[] {
    const several = [...this.#groups.values()].filter(({ cases }) => cases > 1);
    const counted = several.map((group) => ({ ...group, ofSuite: this.#suites.get(group.suite) ?? group.cases }));
    return counted.sort((a, b) => b.cases - a.cases);
  }
}
