import { createHash } from 'node:crypto';
import type { JobIdentity } from '../journal/journal-entries.js';
import type { Case } from '../model/case.js';
import type { RunOptions } from '../model/options.js';
import { describeSelection } from '../suite/select-cases.js';
import { toolVersion } from './tool-version.js';

/** What makes this run the same as an earlier one: its requests, its target, and the options that change either. */
export async function identifyJob(
  { target, select = {}, repeat, seed }: RunOptions,
  cases: AsyncIterable<Case>,
): Promise<JobIdentity> {
  return {
    'version of wafproof': toolVersion(),
    target: target.url,
    host: target.host ?? '',
    attacks: target.attacks ? 'sent' : 'not sent',
    '--shard': select.shard === undefined ? '' : `${select.shard.index}/${select.shard.total}`,
    'choice of cases': describeSelection(select),
    '--repeat': `${repeat ?? 1}`,
    '--seed': `${seed ?? ''}`,
    'content of the suites': await hashOf(cases),
  };
}

async function hashOf(cases: AsyncIterable<Case>): Promise<string> {
  const hash = createHash('sha256');
  for await (const one of cases) hash.update(`${withoutSecrets(one)}\n`);
  return hash.digest('hex');
}

/** A token that was renewed makes no other run, and a hash of a secret must not leave the process either. */
function withoutSecrets({ secrets, ...rest }: Case): string {
  const text = JSON.stringify(rest);
  return secrets.reduce((left, { name, value }) => left.replaceAll(JSON.stringify(value).slice(1, -1), name), text);
}
