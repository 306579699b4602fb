import { at, list, text } from '../../util/json-tree.js';
import { runsInARow } from './in-a-row.js';
import { mostTests, type RunnerResult, type TestRun, withOwnNames } from './runner-result.js';

/**
 * What `jest --json` and Vitest's reporter `json` write: for each file when it began and ended, and how long each of its tests
 * took, which run one after the other. Nothing where it is none.
 */
export function readJest(json: unknown): RunnerResult | undefined {
  const files = at(json, 'testResults');
  if (!Array.isArray(files)) return undefined;
  const rows = files.map(runsOf);
  const aside = rows.filter((row) => row === undefined).length;
  const runs = rows.flatMap((row) => row ?? []).slice(0, mostTests);
  const lacks = aside === 0 ? [] : [`in ${aside} of its files tests ran side by side`];
  return { runs: withOwnNames(runs), isAbout: true, sent: new Map(), lacks };
}

function runsOf(result: unknown): readonly TestRun[] | undefined {
  const [start, end] = [Number(at(result, 'startTime')), Number(at(result, 'endTime'))];
  if (!(start > 0) || !(end >= start)) return [];
  const file = text(at(result, 'name'));
  const ran = list(at(result, 'assertionResults')).filter((one) => Number(at(one, 'duration')) >= 0);
  const tests = ran.map((one) => ({ name: nameOf(one), file, ms: Number(at(one, 'duration')) }));
  return runsInARow({ tests, start, coarse: 1, end: end + 1 });
}

function nameOf(test: unknown): string {
  const titles = list(at(test, 'ancestorTitles')).map(text);
  return [...titles, text(at(test, 'title'))].filter((title) => title !== '').join(' › ');
}
