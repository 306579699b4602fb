import { formatVariable, hitsToBlame, type RuleHit, type Variable, type WafAction } from '../../model/evidence.js';
import type { Affected, LogFile, LoggedCause, LoggedTransaction, LogsSummary } from '../../model/logs.js';
import { recognisePaths } from '../../request/endpoints.js';
import { nameParts } from '../../request/generated-parts.js';
import { recogniser } from '../../request/recognise.js';
import { TopCounts } from '../../util/top-counts.js';
import type { Writable } from '../../util/writable.js';

/** Paths and names come from clients, who may send any number of them. */
const mostCauses = 20_000;
const mostAffected = 100_000;
const mostScores = 1000;
const longestText = 500;

/** A cause while it is counted. */
type Cause = Writable<LoggedCause>;

/** Sums transactions up, one after the other. */
export class Summing {
  readonly #top: number;
  readonly #namesClients: boolean;
  readonly #actions: Record<WafAction, number> = { passed: 0, 'would-block': 0, blocked: 0 };
  readonly #kinds = new TopCounts<string>(100);
  readonly #refused = new TopCounts<Cause>(mostCauses);
  readonly #passed = new TopCounts<Cause>(mostCauses);
  readonly #scores = new TopCounts<number>(mostScores);
  readonly #clients = new TopCounts<string>(mostAffected);
  readonly #userAgents = new TopCounts<string>(mostAffected);
  #nearMisses = 0;
  #undated = 0;
  #refusals = 0;
  #threshold: number | undefined;
  #firstAt: string | undefined;
  #lastAt: string | undefined;

  constructor({ top, namesClients }: { readonly top: number; readonly namesClients: boolean }) {
    this.#top = top;
    this.#namesClients = namesClients;
  }

  add(transaction: LoggedTransaction, client: string | undefined, userAgent: string | undefined): void {
    const { action, at, hits } = transaction;
    this.#actions[action]++;
    if (at === undefined) this.#undated++;
    else this.#date(at);
    if (action !== 'passed') this.#addRefusal(transaction, client, userAgent);
    else if (hits.length > 0) {
      this.#nearMisses++;
      addCauses(this.#passed, transaction);
    }
  }

  summary(files: readonly LogFile[], isEarly: boolean): LogsSummary {
    const { passed, blocked } = this.#actions;
    const counts = [this.#refused, this.#passed, this.#scores, this.#clients, this.#userAgents];
    return {
      files,
      transactions: passed + blocked + this.#actions['would-block'],
      actions: this.#actions,
      nearMisses: this.#nearMisses,
      undated: this.#undated,
      ...(this.#firstAt !== undefined && { firstAt: this.#firstAt }),
      ...(this.#lastAt !== undefined && { lastAt: this.#lastAt }),
      blockedBy: this.#kinds.top().map(({ value, count }) => ({ kind: value, transactions: count })),
      refused: causesOf(this.#refused, this.#top),
      passed: causesOf(this.#passed, this.#top),
      moreRefused: Math.max(0, this.#refused.size - this.#top),
      morePassed: Math.max(0, this.#passed.size - this.#top),
      scores: scoresOf(this.#scores),
      ...(this.#threshold !== undefined && { threshold: this.#threshold }),
      clients: this.#affected(this.#clients),
      userAgents: this.#affected(this.#userAgents),
      isRough: counts.some(({ isRough }) => isRough),
      isEarly,
    };
  }

  #addRefusal(transaction: LoggedTransaction, client: string | undefined, userAgent: string | undefined): void {
    const { blockedBy, score } = transaction;
    this.#refusals++;
    this.#kinds.add(blockedBy?.kind ?? 'unknown', () => blockedBy?.kind ?? 'unknown');
    if (score !== undefined) {
      this.#scores.add(`${score.inbound}`, () => score.inbound);
      this.#threshold ??= score.threshold;
    }
    if (client !== undefined) this.#clients.add(client, () => client);
    if (userAgent !== undefined) this.#userAgents.add(userAgent, () => userAgent);
    addCauses(this.#refused, transaction);
  }

  #date(at: string): void {
    if (this.#firstAt === undefined || at < this.#firstAt) this.#firstAt = at;
    if (this.#lastAt === undefined || at > this.#lastAt) this.#lastAt = at;
  }

  #affected(counts: TopCounts<string>): Affected {
    const top = counts.top(this.#top);
    return {
      count: counts.size,
      isMore: counts.isRough,
      largestShare: this.#refusals === 0 ? 0 : (top[0]?.count ?? 0) / this.#refusals,
      named: this.#namesClients ? top.map(({ value, count }) => ({ name: value, transactions: count })) : [],
    };
  }
}

/** Each of a transaction's rules in each of its fields once; what refused it where no rule tells. */
function addCauses(counts: TopCounts<Cause>, transaction: LoggedTransaction): void {
  const { at } = transaction;
  const hits = hitsToBlame(transaction.hits);
  const causes = hits.length > 0 ? hits.map(causeOfHit) : [causeOfRefusal(transaction)];
  const place = placeOf(transaction);
  const keys = new Set<string>();
  for (const cause of causes) {
    const message = cause.ruleId === undefined ? cause.message : '';
    const key = [cause.ruleId, cause.variable, place.method, place.path, message].join('\0');
    if (keys.has(key)) continue;
    keys.add(key);
    date(
      counts.add(key, () => ({ ...cause, ...place, transactions: 0 })),
      at,
    );
  }
}

function placeOf({ method, path }: LoggedTransaction): Pick<LoggedCause, 'method' | 'path'> {
  return {
    ...(method !== undefined && { method: cut(method) }),
    ...(path !== undefined && { path: cut(pathTemplate(path)) }),
  };
}

function date(cause: Cause, at: string | undefined): void {
  if (at === undefined) return;
  if (cause.firstAt === undefined || at < cause.firstAt) cause.firstAt = at;
  if (cause.lastAt === undefined || at > cause.lastAt) cause.lastAt = at;
}

const recognisePath = recognisePaths([]);
const recogniseName = recogniser([]);

/** Ids in paths and names are told as what they are: each is another one. */
function pathTemplate(path: string): string {
  return /\d/.test(path) ? recognisePath(path).template : path;
}

function withTemplate({ collection, key }: Variable): Variable {
  if (key === undefined) return { collection };
  return { collection, key: /\d/.test(key) ? recogniseName(nameParts(key)).template : key };
}

type Unplaced = Pick<LoggedCause, 'ruleId' | 'message' | 'variable'>;

function causeOfHit({ ruleId, message, variable, variableSource }: RuleHit): Unplaced {
  const name = variableSource === 'unknown' ? undefined : cut(formatVariable(withTemplate(variable)));
  return { ruleId, message: cut(message), ...(name !== undefined && { variable: name }) };
}

function causeOfRefusal({ blockedBy }: LoggedTransaction): Unplaced {
  const message = cut(blockedBy?.reason ?? unnamed);
  return blockedBy?.ruleId === undefined ? { message } : { ruleId: blockedBy.ruleId, message };
}

const unnamed = 'refused; the log does not tell which rules matched';

/** A copy, so that the line it stood in need not be kept. */
function cut(text: string): string {
  return Buffer.from(text.slice(0, longestText)).toString();
}

function causesOf(counts: TopCounts<Cause>, most: number): readonly LoggedCause[] {
  return counts.top(most).map(({ value, count }) => ({ ...value, transactions: count }));
}

function scoresOf(counts: TopCounts<number>): LogsSummary['scores'] {
  const scores = counts.top().map(({ value, count }) => ({ score: value, transactions: count }));
  return scores.sort((a, b) => a.score - b.score);
}
