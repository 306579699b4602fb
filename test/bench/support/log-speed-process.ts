import { type Contestant, interleave } from './figures.js';
import { grep, parseEveryLine, type Reading, readLog } from './log-readings.js';
import { anyMarker, logSamples, marker } from './log-samples.js';

/**
 * Reads one log in all ways, round by round, and sends the results. Started by the bench `logs` for each format: a program
 * reads one log, and what it has compiled for another one would slow it down.
 */
const [, , path = '', name = '', rounds = '', limitSeconds = ''] = process.argv;
const rules = logSamples.find((sample) => sample.name === name)?.rules ?? '';
const contestants: readonly Contestant<Reading>[] = [
  { name: 'grep -F', measure: () => grep(path, '-F', marker) },
  { name: '1 %', measure: () => readLog(path, marker) },
  { name: 'grep -E', measure: () => grep(path, '-E', rules) },
  { name: 'all', measure: () => readLog(path, anyMarker) },
  ...(name.endsWith('JSON') ? [{ name: 'JSON.parse', measure: () => parseEveryLine(path) }] : []),
];
const results = await interleave(Number(rounds), contestants, Number(limitSeconds));
process.send?.([...results], () => process.disconnect());
