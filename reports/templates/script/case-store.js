import { viewPackedCase } from '../../../src/report/html/packed-case.js';
import { openShared, readChunk } from '../../../src/report/html/read-cases.js';
import { takeData, unzip } from './load-data.js';

/** @typedef {import('./load-data.js').PageData} PageData */
/** @typedef {import('../../../src/report/html/packed-case.js').PackedCase} PackedCase */
/** @typedef {import('../../../src/report/html/case-data.js').CaseData} CaseData */
/** @typedef {import('../../../src/report/html/read-cases.js').SharedByCases} SharedByCases */

const keptChunks = 4;

/**
 * All that the page knows of cases, read as it is asked for.
 * @typedef {object} CaseStore
 * @property {(place: number) => Promise<CaseData | undefined>} view
 * @property {() => AsyncGenerator<{ readonly first: number, readonly cases: readonly PackedCase[] }>} all each chunk, and the place of its first case
 */

/**
 * @param {PageData} data
 * @returns {CaseStore}
 */
export function createCaseStore(data) {
  const [sharedText = ''] = takeData('shared');
  const texts = takeData('cases');
  /** @type {Promise<SharedByCases> | undefined} */
  let shared;

  /**
   * @param {number} chunk
   * @returns {Promise<readonly PackedCase[]>}
   */
  const parseChunk = async (chunk) => {
    shared ??= unzip(sharedText).then(openShared);
    return readChunk(await unzip(texts[chunk] ?? ''), await shared);
  };
  const firsts = data.chunks.map((_, chunk) => data.chunks.slice(0, chunk).reduce((sum, size) => sum + size, 0));
  /** @type {Map<number, Promise<readonly PackedCase[]>>} */
  const read = new Map();

  /** @param {number} chunk */
  const recall = (chunk) => {
    const cases = read.get(chunk) ?? parseChunk(chunk);
    read.delete(chunk);
    read.set(chunk, cases);
    for (const old of [...read.keys()].slice(0, -keptChunks)) read.delete(old);
    return cases;
  };

  return {
    view: async (place) => {
      const chunk = firsts.findLastIndex((first) => first <= place);
      const row = data.cases[place];
      const packed = (await recall(chunk))[place - (firsts[chunk] ?? 0)];
      return row === undefined || packed === undefined ? undefined : viewPackedCase(packed, row, data);
    },
    all: async function* () {
      for (const [chunk, first] of firsts.entries()) yield { first, cases: await parseChunk(chunk) };
    },
  };
}
