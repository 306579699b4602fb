import { problem } from '../model/error.js';
import { formatPlace } from '../model/place.js';
import type { Report } from '../yaml/problem-list.js';
import type { Corpora, Corpus } from './corpora.js';
import { type FileSource, fetchFile, misfit } from './fetch-content.js';
import type { CasePlan, EachSource, ValueSource } from './request-plan.js';
import { eachOf, type Slot, type SourceUse, usesOf } from './source-uses.js';

/** A case whose values are known to be there. */
export interface RunnableCase {
  readonly plan: CasePlan;
  /** The values that a tag brings in, in order; most cases have none. */
  readonly tagged: readonly SourceUse[];
  /** With `!each`: what it stands for. */
  readonly corpus: Corpus | undefined;
}

/** Checks the values of cases without keeping them. A file of the defaults is in many cases and is read once. */
export class CaseChecker {
  readonly #corpora: Corpora;
  readonly #report: Report;
  readonly #checked = new Set<ValueSource>();

  constructor(corpora: Corpora, report: Report) {
    this.#corpora = corpora;
    this.#report = report;
  }

  async check(plan: CasePlan): Promise<RunnableCase> {
    const uses = usesOf(plan.request);
    const tagged = uses.filter(({ source }) => source.kind !== 'literal');
    if (plan.skip !== undefined) return { plan, tagged, corpus: undefined };
    for (const { source, slot } of uses) {
      if (source.kind === 'literal') misfit(source.content, slot, source).forEach(this.#report);
      else if (source.kind === 'file') await this.#checkFile(source, slot);
    }
    const [each, second] = eachOf(tagged);
    if (each !== undefined && second !== undefined) this.#reportSecond(each, second);
    const corpus = each && (await this.#openCorpus(each, tagged));
    return { plan, tagged, corpus };
  }

  async #checkFile(source: FileSource, slot: Slot): Promise<void> {
    if (this.#checked.has(source)) return;
    this.#checked.add(source);
    const fetched = await fetchFile(source);
    const problems = fetched.kind === 'problem' ? [fetched.problem] : misfit(fetched.content, slot, source);
    problems.forEach(this.#report);
  }

  #reportSecond(first: EachSource, { at }: EachSource): void {
    const message = `a case has one !each, and this one has another at ${formatPlace(first.at)}; write two cases, or an alias where the same value is meant`;
    this.#report(problem('SUITE_INVALID', { message }, at));
  }

  async #openCorpus(each: EachSource, tagged: readonly SourceUse[]): Promise<Corpus | undefined> {
    const opened = await this.#corpora.open(each, this.#report);
    const inHeader = tagged.some(({ source, slot }) => source.kind === 'each' && slot === headerSlot);
    if (inHeader && opened?.notForHeaders !== undefined) {
      const message = `this value has a line break or a NUL, and ${formatPlace(each.at)} puts it in a header; use the corpus in a body`;
      this.#report(problem('CORPUS_INVALID', { message }, opened.notForHeaders));
    }
    return opened;
  }
}

const headerSlot: Slot = 'header';
