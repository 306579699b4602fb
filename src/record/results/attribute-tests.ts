import type { CapturedRequest, SendingTest } from '../captured-request.js';
import { headerOf } from '../meant-request.js';
import { postmanToken } from './read-newman.js';
import type { RunnerResult, TestRun } from './runner-result.js';

/** Where more tests than this may have sent a request, none is named. */
const mostNames = 3;

/** Requests with the tests that sent them, as far as ids and times of a runner's results tell; what is known stays. */
export function attributeTests(
  requests: readonly CapturedRequest[],
  results: readonly RunnerResult[],
): readonly CapturedRequest[] {
  const told = new Map([...timesOf(requests, results), ...sentBy(requests, results)]);
  return requests.map((request) => {
    const test = request.test ?? told.get(request);
    return test === undefined ? request : { ...request, test };
  });
}

type Told = readonly (readonly [CapturedRequest, SendingTest])[];

/**
 * By the ids of newman, whose report has only the last of the requests that were sent for an item: what it sent before, by a
 * script, comes before that one.
 */
function sentBy(requests: readonly CapturedRequest[], results: readonly RunnerResult[]): Told {
  const sent = results.filter((result) => result.sent.size > 0);
  const names = new Map(sent.flatMap((result) => [...result.sent]));
  let next: string | undefined;
  return requests.toReversed().flatMap((request): Told => {
    const token = headerOf(request.headers, postmanToken);
    if (token === undefined) return [];
    const name = names.get(token);
    if (name !== undefined) {
      next = name;
      return [[request, { names: [name], isSure: true }]];
    }
    return next === undefined || sent.length > 1 ? [] : [[request, { names: [next], isSure: false }]];
  });
}

/** What is told exactly comes before what is told about. */
function timesOf(requests: readonly CapturedRequest[], results: readonly RunnerResult[]): Told {
  const runs = (isAbout: boolean) => results.filter((one) => one.isAbout === isAbout).flatMap((one) => one.runs);
  const exactly = runsAt(runs(false));
  const about = runsAt(runs(true));
  const inOrder = requests
    .flatMap((request) => (request.at === undefined ? [] : [{ request, at: request.at }]))
    .sort((a, b) => a.at - b.at);
  return inOrder.flatMap(({ request, at }): Told => {
    const [exact, likely] = [exactly(at), about(at)];
    const possible = exact.length > 0 ? exact : likely;
    const names = [...new Set(possible.map(({ name }) => name))];
    if (names.length === 0 || names.length > mostNames) return [];
    const isSure = names.length === 1 && possible.some(({ surely = 0 }) => at <= surely);
    return [[request, { names, isSure }]];
  });
}

/** The tests that may have run at a moment; asked for moments in ascending order. */
function runsAt(runs: readonly TestRun[]): (at: number) => readonly TestRun[] {
  const waiting = runs.toSorted((a, b) => b.earliest - a.earliest);
  let running: TestRun[] = [];
  return (at) => {
    for (let next = waiting.at(-1); next !== undefined && next.earliest <= at; next = waiting.at(-1)) {
      running.push(next);
      waiting.pop();
    }
    running = running.filter(({ latest }) => latest >= at);
    return running;
  };
}
