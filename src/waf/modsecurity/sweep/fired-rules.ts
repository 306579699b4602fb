import type { RuleHit } from '../../../model/evidence.js';
import type { WireRequest } from '../../../model/request.js';
import { createAttributor, paranoiaOf } from '../attribute.js';
import type { ModsecurityRecord } from '../log-record.js';
import { lazyCatalog, type RuleCatalog, ruleOf } from '../rule-catalog.js';

/** A rule that fires, and what the log says of it. */
export type FiredRule = Pick<RuleHit, 'ruleId' | 'tags'>;

/** Tells which rules fire, and of which level they are. */
export class FiredRules {
  readonly #catalog: () => RuleCatalog;
  readonly #attribute: ReturnType<typeof createAttributor>;

  constructor(crsFolder: string) {
    this.#catalog = lazyCatalog(crsFolder);
    this.#attribute = createAttributor(this.#catalog);
  }

  /** Lines that say nothing may be of chains that broke: those want a closer look. */
  of(record: ModsecurityRecord, request: WireRequest): readonly FiredRule[] {
    return record.hits.some(({ message }) => message === '') ? this.#attribute(record, request).hits : record.hits;
  }

  /** The level from which on a rule runs; nothing of one that runs at each. */
  levelOf({ ruleId, tags }: FiredRule): number | undefined {
    return paranoiaOf(tags.length > 0 ? tags : (ruleOf(this.#catalog(), ruleId, undefined)?.tags ?? []));
  }

  /** Whether a rule adds to the points of another level than its own. */
  scoresElsewhere(rule: FiredRule): boolean {
    const scoresAt = ruleOf(this.#catalog(), rule.ruleId, undefined)?.scoresAt;
    return scoresAt !== undefined && scoresAt !== (this.levelOf(rule) ?? scoresAt);
  }
}
