import type { LogDelay, LogSource } from '../../../contract/log-source.js';
import { RecentMap } from '../../../util/recent-map.js';
import { numberNamed, objectsNamed } from '../api/json-object.js';
import type { WafApi } from '../api/waf-api.js';
import type { WebAclArn } from '../api/web-acl-arn.js';
import type { AwsRecord } from '../log-record.js';
import { readSampledRequest } from '../logs/sampled-request.js';
import { mergeSampled } from './merge-sampled.js';
import { cut, mostItems, type Sample, type Shortfall, type Slice, sampleSlices } from './sample-slices.js';
import type { SampledMetric, SampledMetrics } from './sampled-metrics.js';

export interface SampledSourceOptions extends SampledMetrics {
  readonly api: WafApi;
  readonly acl: WebAclArn;
  /** What the correlation ids of interest begin with. */
  readonly prefix: string;
  /** From when on requests are of interest, in milliseconds since 1970. */
  readonly from: number;
  readonly now?: () => number;
}

/** AWS does not say when samples are there; they have been seen after seconds, and after two minutes. */
const delay: LogDelay = { typicalMs: 20_000, longestMs: 3 * 60_000, pollMs: 5000 };
/** Samples of the last so many seconds are asked for again and again, for those that come late. */
const overlap = delay.longestMs / 1000;
/** AWS keeps samples for three hours, and takes no window that begins earlier. */
const oldest = 3 * 60 * 60 - 60;
/** Clocks may differ by so many seconds. */
const skew = 60;
const mostRemembered = 200_000;

/**
 * Asks for samples of each rule of a web ACL, and of what no rule decided. On a target with little traffic they are complete;
 * `gaps` tells where they were not.
 */
export function createSampledSource(options: SampledSourceOptions): LogSource<AwsRecord> {
  return new SampledSource(options);
}

class SampledSource implements LogSource<AwsRecord> {
  readonly delay = delay;
  readonly #options: SampledSourceOptions;
  readonly #now: () => number;
  readonly #seen = new RecentMap<string>(mostRemembered);
  /** Requests a second that were seen of a metric at most. */
  readonly #density = new Map<string, number>();
  readonly #worst = new Map<string, Shortfall>();
  #from: number;

  constructor(options: SampledSourceOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
    this.#from = Math.floor(options.from / 1000) - skew;
  }

  get gaps(): string | undefined {
    const { unsampled } = this.#options;
    const unseen = unsampled.length === 0 ? [] : [`AWS keeps no samples of ${unsampled.join(', ')}`];
    const short = [...this.#worst].map(
      ([name, { from, to, given, population }]) =>
        `of ${name} AWS gave ${given} of ${population} requests in ${to - from} s: the sample is not complete`,
    );
    const gaps = [...unseen, ...short];
    return gaps.length === 0 ? undefined : gaps.join('; ');
  }

  /** One metric that cannot be sampled does not keep the others from it; it is told when they are. */
  async *records(): AsyncGenerator<AwsRecord, void, undefined> {
    const to = Math.ceil(this.#now() / 1000);
    const window = { from: Math.max(this.#from, to - oldest), to };
    const fresh: AwsRecord[] = [];
    const troubles: unknown[] = [];
    for (const metric of this.#options.metrics) {
      await this.#sampled(metric, window).then(
        (records) => void fresh.push(...records),
        (error) => void troubles.push(error),
      );
    }
    yield* mergeSampled(fresh);
    if (troubles.length > 0) throw troubles[0];
    this.#from = Math.max(this.#from, to - overlap);
  }

  async close(): Promise<void> {
    this.#options.api.close();
  }

  async #sampled({ metric, rule }: SampledMetric, window: Slice): Promise<readonly AwsRecord[]> {
    const slices = cut(window, ((this.#density.get(metric) ?? 0) * (window.to - window.from)) / (mostItems / 2));
    const { items, shortfalls } = await sampleSlices(slices, (slice) => this.#ask(metric, slice));
    for (const shortfall of shortfalls) this.#note(rule.name, shortfall);
    return items
      .map((item) => readSampledRequest(item, rule))
      .filter((record) => record !== undefined)
      .filter((record) => this.#isNew(metric, record));
  }

  async #ask(metric: string, { from, to }: Slice): Promise<Sample> {
    const { api, acl } = this.#options;
    const question = {
      WebAclArn: acl.arn,
      RuleMetricName: metric,
      Scope: acl.scope,
      TimeWindow: { StartTime: new Date(from * 1000), EndTime: new Date(to * 1000) },
      MaxItems: mostItems,
    };
    const answer = await api.ask('GetSampledRequests', question, `metric ${metric} of web ACL ${acl.name}`);
    const items = objectsNamed(answer, 'SampledRequests');
    const population = numberNamed(answer, 'PopulationSize') ?? items.length;
    this.#density.set(metric, Math.max(this.#density.get(metric) ?? 0, population / Math.max(1, to - from)));
    return { items, population };
  }

  #note(name: string, shortfall: Shortfall): void {
    const known = this.#worst.get(name);
    const missing = ({ given, population }: Shortfall) => population - given;
    if (known === undefined || missing(known) < missing(shortfall)) this.#worst.set(name, shortfall);
  }

  #isNew(metric: string, { correlationId, at = '', hidesId, request }: AwsRecord): boolean {
    if (hidesId !== true && correlationId?.startsWith(this.#options.prefix) !== true) return false;
    const key = JSON.stringify([metric, correlationId, at, request]);
    if (this.#seen.get(key) !== undefined) return false;
    this.#seen.set(key, metric);
    return true;
  }
}
