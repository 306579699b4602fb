import { expect, test } from 'vitest';
import { readShard } from '../../src/cli/read-shard.js';

test.each([
  ['GitHub', { STRATEGY_JOB_INDEX: '2', STRATEGY_JOB_TOTAL: '4' }],
  ['GitLab', { CI_NODE_INDEX: '3', CI_NODE_TOTAL: '4' }],
  ['CircleCI', { CIRCLE_NODE_INDEX: '2', CIRCLE_NODE_TOTAL: '4' }],
  ['Buildkite', { BUILDKITE_PARALLEL_JOB: '2', BUILDKITE_PARALLEL_JOB_COUNT: '4' }],
  ['Kubernetes', { JOB_COMPLETION_INDEX: '2', JOB_COMPLETIONS: '4' }],
  ['AWS Batch', { AWS_BATCH_JOB_ARRAY_INDEX: '2', AWS_BATCH_JOB_ARRAY_SIZE: '4' }],
])('auto is the part that %s says', (_, env) => {
  expect(readShard('auto', env)).toEqual({ index: 3, total: 4 });
});

test('a job of GitLab that is the only one has all of it', () => {
  expect(readShard('auto', { CI_NODE_TOTAL: '1' })).toEqual({ index: 1, total: 1 });
  expect(() => readShard('auto/4', { CI_NODE_TOTAL: '1' })).toThrow('finds no variable');
  expect(() => readShard('auto', { CI_NODE_TOTAL: '4' })).toThrow('finds no variable');
});

test('the number of parts may be given where no variable has it', () => {
  expect(readShard('auto/8', { JOB_COMPLETION_INDEX: '0' })).toEqual({ index: 1, total: 8 });
});

test('a runner of a service on Kubernetes is the part that the service says', () => {
  const env = { CI_NODE_INDEX: '1', CI_NODE_TOTAL: '2', JOB_COMPLETION_INDEX: '7', JOB_COMPLETIONS: '9' };
  expect(readShard('auto', env)).toEqual({ index: 1, total: 2 });
});

test.each([
  ['auto', {}, /none of STRATEGY_JOB_INDEX \(GitHub\), .* is set; name the part, such as 1\/4/],
  ['auto', { CI_NODE_INDEX: '' }, /none of/],
  ['auto', { JOB_COMPLETION_INDEX: '1' }, /set JOB_COMPLETIONS, or write --shard auto\/4/],
  ['auto', { CI_NODE_INDEX: '5', CI_NODE_TOTAL: '4' }, /variables of GitLab \(CI_NODE_INDEX=5, CI_NODE_TOTAL=4\)/],
  ['auto', { CIRCLE_NODE_INDEX: 'x', CIRCLE_NODE_TOTAL: '4' }, /CIRCLE_NODE_INDEX=x/],
  ['auto/2', { CIRCLE_NODE_INDEX: '2' }, /CIRCLE_NODE_INDEX=2, --shard auto\/2/],
  ['auto/', { CI_NODE_INDEX: '1', CI_NODE_TOTAL: '4' }, /takes a part such as 1\/4, or "auto", not "auto\/"/],
  ['automatic', {}, /takes a part/],
])('%j with %j is refused', (text, env, message) => {
  expect(() => readShard(text, env)).toThrow(message);
});
