import { gzipSync } from 'node:zlib';

/** GitHub takes 10 MB of a file in gzip (code scanning, "SARIF results file is too large"); the rest is for the head. */
const maxPacked = 9_000_000;
const batchSize = 250;

/** A result as text, and that of the rule that it is the first to name. */
export interface ResultText {
  readonly result: string;
  readonly rule: string;
}

/** As many results, from the first one, as a file may hold when it is packed. */
export function fitting(texts: Iterable<ResultText>): readonly string[] {
  const kept: string[] = [];
  let packed = 0;
  for (const batch of batches(texts)) {
    const results = batch.map(({ result }) => result);
    packed += gzipSync([...results, ...batch.map(({ rule }) => rule)].join('\n'), { level: 1 }).length;
    if (packed > maxPacked) break;
    kept.push(...results);
  }
  return kept;
}

function* batches(texts: Iterable<ResultText>): Generator<readonly ResultText[]> {
  let batch: ResultText[] = [];
  for (const text of texts) {
    if (batch.push(text) < batchSize) continue;
    yield batch;
    batch = [];
  }
  yield batch;
}
