import { at, isTree, list, text } from '../../util/json-tree.js';
import { mostTests, type RunnerResult, type TestRun, withOwnNames } from './runner-result.js';

/** A suite that is still to be gone through, with the titles that it is in. */
interface OpenSuite {
  readonly suite: unknown;
  readonly titles: readonly string[];
}

/** A try of a test. Tries of the same slot came one after the other. */
interface Try {
  readonly name: string;
  readonly file: string;
  readonly slot: number;
  readonly start: number;
  readonly ms: number;
}

/**
 * The report of Playwright's JSON reporter: each try of a test with its `startTime` and `duration`. Nothing where it is none.
 * https://playwright.dev/docs/test-reporters#json-reporter
 */
export function readPlaywright(json: unknown): RunnerResult | undefined {
  if (!Array.isArray(at(json, 'suites')) || !isTree(at(json, 'config'))) return undefined;
  const tries: Try[] = [];
  // The outermost suites are files, whose titles are their paths.
  const open: OpenSuite[] = list(at(json, 'suites')).map((suite) => ({ suite, titles: [] }));
  const projects = list(at(json, 'config', 'projects')).length;
  for (let next = open.pop(); next !== undefined && tries.length < mostTests; next = open.pop()) {
    const { suite, titles } = next;
    for (const spec of list(at(suite, 'specs'))) for (const one of triesOf(spec, titles, projects > 1)) tries.push(one);
    for (const inner of list(at(suite, 'suites')))
      open.push({ suite: inner, titles: [...titles, text(at(inner, 'title'))].slice(-mostTitles) });
  }
  const runs = runsOf(tries.slice(0, mostTests), endOf(json));
  return { runs: withOwnNames(runs), isAbout: false, sent: new Map(), lacks: [] };
}

const mostTitles = 20;

function endOf(json: unknown): number {
  const end = Date.parse(text(at(json, 'stats', 'startTime'))) + Number(at(json, 'stats', 'duration'));
  return Number.isFinite(end) ? end : 0;
}

function triesOf(spec: unknown, titles: readonly string[], namesProject: boolean): readonly Try[] {
  const name = [...titles, text(at(spec, 'title'))].join(' › ');
  const file = text(at(spec, 'file'));
  return list(at(spec, 'tests')).flatMap((test) => {
    const project = namesProject ? text(at(test, 'projectName')) : '';
    const shown = project === '' ? name : `[${project}] ${name}`;
    return list(at(test, 'results')).flatMap((result): readonly Try[] => {
      const start = Date.parse(text(at(result, 'startTime')));
      const ms = Number(at(result, 'duration'));
      const slot = Number(at(result, 'parallelIndex'));
      return Number.isFinite(start) && ms >= 0 ? [{ name: shown, file, slot, start, ms }] : [];
    });
  });
}

/**
 * A duration leaves out what has a time limit of its own, such as the start of the browser and hooks for all tests: a try may
 * last until the next one in its slot.
 */
function runsOf(tries: readonly Try[], end: number): readonly TestRun[] {
  const later = new Map<number, number>();
  const lastFirst = tries.toSorted((a, b) => b.start - a.start);
  return lastFirst.map(({ name, file, slot, start, ms }) => {
    const surely = start + ms;
    const latest = Math.max(surely, later.get(slot) ?? end);
    later.set(slot, start);
    return { name, file, earliest: start, latest, surely };
  });
}
