import { runsInARow } from './in-a-row.js';
import { type JunitSuite, readJunitSuites } from './junit-suites.js';
import { type Moment, momentIn } from './moment.js';
import { type RecordedSpan, type RunnerResult, type TestRun, withOwnNames } from './runner-result.js';

/** Suites that began at the same moment, for all that is known. */
interface Group {
  readonly moment: Moment;
  readonly suites: readonly JunitSuite[];
}

/**
 * The XML that most runners can write, in which each test has how long it took and each suite when it began: taken as one test
 * after the other. Tests that have a moment of their own, which some write, are known exactly.
 * @param written when the file was: all tests were over by then
 */
export function readJunit(xml: string, span: RecordedSpan, written: number): RunnerResult {
  const { suites, wallMs, problem } = readJunitSuites(xml);
  const whole = problem === undefined ? [] : [problem];
  const exact = exactRuns(suites, span);
  if (exact.length > 0) return { runs: withOwnNames(exact), isAbout: false, sent: new Map(), lacks: whole };
  const atItsEnd = writtenRow(suites, written);
  if (atItsEnd !== undefined) return { runs: withOwnNames(atItsEnd), isAbout: true, sent: new Map(), lacks: whole };
  const { groups, untimed } = groupsOf(suites, span);
  const end = Math.min(span.ended, written);
  const rows = groups.map((group, index) =>
    rowOf(group, { wallMs: groups.length === 1 ? wallMs : 0, next: groups[index + 1], end }),
  );
  const runs = rows.flatMap((row) => row ?? []);
  const lacks = [
    ...whole,
    ...(untimed === 0 ? [] : [`${untimed} of its suites do not tell when they began during the recording`]),
    ...(rows.includes(undefined) ? ['its tests ran side by side, and it does not tell when each of them began'] : []),
  ];
  return { runs: withOwnNames(runs), isAbout: true, sent: new Map(), lacks };
}

/** How long after its tests a file may have been written, in milliseconds. */
const writingMs = 1000;

/** Surefire tells only how long a class took, by the clock, and writes its file when the class is over. */
function writtenRow([suite, ...others]: readonly JunitSuite[], written: number): readonly TestRun[] | undefined {
  if (suite === undefined || others.length > 0 || suite.timestamp !== '') return undefined;
  const { tests, ms } = suite;
  const sum = tests.reduce((total, test) => total + test.ms, 0);
  if (ms === 0 || sum > ms + tests.length + 1) return undefined;
  return runsInARow({ tests, start: written - ms - writingMs, coarse: writingMs, end: written });
}

function exactRuns(suites: readonly JunitSuite[], span: RecordedSpan): readonly TestRun[] {
  return suites
    .flatMap((suite) => suite.tests)
    .flatMap(({ name, file, ms, timestamp }) => {
      const moment = momentIn(timestamp, span);
      if (moment === undefined) return [];
      const latest = moment.at + moment.coarse + ms;
      return [{ name, file, earliest: moment.at, latest, surely: latest }];
    });
}

function groupsOf(suites: readonly JunitSuite[], span: RecordedSpan) {
  const groups = new Map<number, { readonly moment: Moment; readonly suites: JunitSuite[] }>();
  let untimed = 0;
  for (const suite of suites.filter(({ tests }) => tests.length > 0)) {
    const moment = momentIn(suite.timestamp, span);
    const group = moment && groups.get(moment.at);
    if (moment === undefined) untimed++;
    else if (group === undefined) groups.set(moment.at, { moment, suites: [suite] });
    else group.suites.push(suite);
  }
  return { groups: [...groups.values()], untimed };
}

interface RowBounds {
  /** How long all took by the clock, in milliseconds; 0: not known. */
  readonly wallMs: number;
  readonly next: Group | undefined;
  readonly end: number;
}

/** What a suite says that it took is the sum of its tests for some runners, which tells nothing of when it was over. */
function rowOf({ moment, suites }: Group, { wallMs, next, end }: RowBounds): readonly TestRun[] | undefined {
  const tests = suites.flatMap((suite) => suite.tests);
  const sum = tests.reduce((total, { ms }) => total + ms, 0);
  const told = [wallMs, ...(suites.length === 1 ? suites.map(({ ms }) => ms) : [])].filter((ms) => ms > 0);
  const rounding = tests.length + 1;
  if (told.some((ms) => ms < sum - rounding)) return undefined;
  const { at: start, coarse } = moment;
  const ends = [end + 1, ...told.filter((ms) => ms > sum + rounding).map((ms) => start + ms)];
  if (next !== undefined && next.moment.at >= start + sum) ends.push(next.moment.at + next.moment.coarse);
  return runsInARow({ tests, start, coarse, end: Math.min(...ends) });
}
