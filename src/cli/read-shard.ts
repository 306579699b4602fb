import { fail } from '../model/error.js';
import type { Selection } from '../model/selection.js';

type Shard = NonNullable<Selection['shard']>;
type Environment = Readonly<Record<string, string | undefined>>;

/** Where a service says which of several equal jobs this is. */
interface ShardVariables {
  readonly service: string;
  readonly index: string;
  /** What the first part is numbered. */
  readonly first: 0 | 1;
  readonly total: string;
}

/**
 * Asked in this order, so that a runner of a service comes before the machines that it runs on. GitHub and Kubernetes set no
 * variable for `total`, and GitHub none at all: workflow and manifest do, and the examples show how.
 */
const shardVariables: readonly ShardVariables[] = [
  { service: 'GitHub', index: 'STRATEGY_JOB_INDEX', first: 0, total: 'STRATEGY_JOB_TOTAL' },
  { service: 'GitLab', index: 'CI_NODE_INDEX', first: 1, total: 'CI_NODE_TOTAL' },
  { service: 'CircleCI', index: 'CIRCLE_NODE_INDEX', first: 0, total: 'CIRCLE_NODE_TOTAL' },
  { service: 'Buildkite', index: 'BUILDKITE_PARALLEL_JOB', first: 0, total: 'BUILDKITE_PARALLEL_JOB_COUNT' },
  { service: 'Kubernetes', index: 'JOB_COMPLETION_INDEX', first: 0, total: 'JOB_COMPLETIONS' },
  { service: 'AWS Batch', index: 'AWS_BATCH_JOB_ARRAY_INDEX', first: 0, total: 'AWS_BATCH_JOB_ARRAY_SIZE' },
];

/**
 * Reads `--shard`: `1/4`, or `auto` where the variables of a CI service say it, or `auto/4` where they say only which part.
 * @throws WafproofError `USAGE`
 */
export function readShard(text: string, env: Environment): Shard {
  const [, total] = /^auto(?:\/(\d{1,6}))?$/.exec(text) ?? [];
  if (text.startsWith('auto') && (text === 'auto' || total !== undefined)) return shardOf(env, total);
  const [, index = 0, count = 0] = (/^(\d{1,6})\/(\d{1,6})$/.exec(text) ?? []).map(Number);
  if (index >= 1 && index <= count) return { index, total: count };
  throw fail('USAGE', { message: `--shard takes a part such as 1/4, or "auto", not "${text}"` });
}

function shardOf(env: Environment, total: string | undefined): Shard {
  const found = shardVariables.find(({ index }) => isSet(env[index]));
  if (found === undefined && total === undefined && isAlone(env)) return { index: 1, total: 1 };
  if (found === undefined) throw fail('USAGE', { message: nothingSet() });
  const count = total ?? env[found.total];
  if (!isSet(count)) throw fail('USAGE', { message: noTotal(found) });
  const shard = { index: numberOf(env[found.index]) + 1 - found.first, total: numberOf(count) };
  if (shard.index >= 1 && shard.index <= shard.total) return shard;
  const said = `${found.index}=${env[found.index]}, ${total === undefined ? `${found.total}=` : '--shard auto/'}${count}`;
  throw fail('USAGE', { message: `--shard auto finds no part in the variables of ${found.service} (${said})` });
}

/** GitLab numbers no job that is the only one, and says that there is one. Source: its predefined variables. */
function isAlone(env: Environment): boolean {
  return shardVariables.some(({ total }) => env[total] === '1');
}

function isSet(value: string | undefined): value is string {
  return value !== undefined && value !== '';
}

function numberOf(text: string | undefined): number {
  return /^\d{1,6}$/.test(text ?? '') ? Number(text) : Number.NaN;
}

function nothingSet(): string {
  const names = shardVariables.map(({ service, index }) => `${index} (${service})`).join(', ');
  return `--shard auto finds no variable that says which part this is: none of ${names} is set; name the part, such as 1/4`;
}

function noTotal({ service, index, total }: ShardVariables): string {
  return `--shard auto finds ${index} of ${service}, and not of how many: set ${total}, or write --shard auto/4`;
}
