import type { CaseResult } from '../model/report.js';
import type { Triage } from '../model/triage.js';

/** Cases of one suite that are refused for one reason, by another layer than the WAF or by nobody knows whom. */
export interface DenialGroup {
  readonly suite: string;
  readonly layer: string;
  readonly cause: string;
  readonly system?: string;
  readonly cases: number;
  /** How many cases the suite has in all. */
  readonly ofSuite: number;
  /** As the first of them has it. */
  readonly fix?: string;
  /** Ids of the first ones. */
  readonly first: readonly string[];
  /** The first methods and paths that they are at. */
  readonly endpoints: readonly string[];
  /** What shows it, as the first of them has it; absent in reports of earlier versions. */
  readonly triage?: Triage;
}

/** More groups than these are no groups. */
const mostGroups = 1000;
const mostExamples = 10;

/** Counts what is refused elsewhere, as results go by. */
export class DenialCounter {
  readonly #groups = new Map<string, Omit<DenialGroup, 'ofSuite'>>();
  readonly #suites = new Map<string, number>();

  add(result: CaseResult): void {
    const { suite, id, request, asExpected } = result;
    this.#suites.set(suite, (this.#suites.get(suite) ?? 0) + 1);
    const denial = asExpected ? undefined : denialIn(result);
    if (denial === undefined) return;
    const { layer, cause, system } = denial;
    // What nobody can explain is one thing only where as much is known of it.
    const found = cause === 'unknown' ? result.triage?.found : undefined;
    const key = JSON.stringify([suite, layer, cause, system, found]);
    const known = this.#groups.get(key);
    if (known === undefined && this.#groups.size >= mostGroups) return;
    const group = known ?? { ...denial, suite, cases: 0, first: [], endpoints: [] };
    this.#groups.set(key, {
      ...group,
      cases: group.cases + 1,
      first: begun(group.first, id),
      endpoints: begun(group.endpoints, `${request.method} ${request.path.split('?')[0]}`),
    });
  }

  /** The largest first. */
  groups(): readonly DenialGroup[] {
    const counted = [...this.#groups.values()].map((group) => ({
      ...group,
      ofSuite: this.#suites.get(group.suite) ?? group.cases,
    }));
    return counted.sort((a, b) => b.cases - a.cases);
  }
}

function begun(known: readonly string[], text: string): readonly string[] {
  return known.length >= mostExamples || known.includes(text) ? known : [...known, text];
}

/** Reports of earlier versions have no triage, and may lack a cause. */
function denialIn({
  verdict,
  triage,
}: CaseResult): Pick<DenialGroup, 'layer' | 'cause' | 'system' | 'fix' | 'triage'> | undefined {
  if (verdict.kind !== 'denied-elsewhere' && triage === undefined) return undefined;
  const told = triage ?? (verdict.kind === 'denied-elsewhere' ? verdict : undefined);
  const { layer = 'unknown', cause = 'unknown', system, fix } = told ?? {};
  return {
    layer,
    cause,
    ...(system !== undefined && { system }),
    ...(fix !== undefined && { fix }),
    ...(triage !== undefined && { triage }),
  };
}
