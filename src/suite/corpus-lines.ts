import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { fail, WafproofError } from '../model/error.js';
import { decodeUtf8, withoutMark } from '../util/read-file.js';
import { reasonOf } from '../util/reason-of.js';
import { LineSplitter } from '../util/split-lines.js';
import type { NamedFile } from './find-suites.js';

/** The longest line of a corpus, in bytes. */
const maxCorpusLine = 10_000_000;

/** One line of a corpus that holds a value. */
export interface CorpusLine {
  readonly number: number;
  readonly text: string;
}

/**
 * Streams the lines of a corpus that hold values: without its head, the comment lines at the very beginning, and
 * without empty lines. Holds no more than one line at a time.
 */
export async function* corpusLines(file: NamedFile): AsyncGenerator<CorpusLine> {
  let inHead = true;
  for await (const line of textLines(file)) {
    const comment = line.text.startsWith('#');
    if (inHead && comment) continue;
    const endsHead = inHead && line.number > 1 && line.text.trim() === '';
    inHead = false;
    if (!endsHead && line.text !== '') yield line;
  }
}

async function* textLines({ path, file }: NamedFile): AsyncGenerator<CorpusLine> {
  let number = 0;
  for await (const bytes of byteLines(path, file)) {
    number++;
    const text = decodeUtf8(bytes);
    if (text === undefined)
      throw fail('CORPUS_INVALID', { message: 'this line is not UTF-8 text' }, { place: { file, line: number } });
    const ended = text.endsWith('\r') ? text.slice(0, -1) : text;
    yield { number, text: number === 1 ? withoutMark(ended) : ended };
  }
}

async function* byteLines(path: string, file: string): AsyncGenerator<Uint8Array> {
  const splitter = new LineSplitter(maxCorpusLine);
  let number = 1;
  for await (const chunk of chunksOf(path, file)) {
    for (const line of splitter.push(chunk)) {
      checkLength(splitter, file, number++);
      yield line;
    }
    checkLength(splitter, file, number);
  }
}

function checkLength({ skipped }: LineSplitter, file: string, line: number): void {
  if (skipped === 0) return;
  const message = `this line is longer than ${maxCorpusLine} bytes; send so much with !file`;
  throw fail('CORPUS_INVALID', { message }, { place: { file, line } });
}

const lineFeed = Buffer.from('\n');

/** The bytes of a regular file, and one more line feed for a last line without any. */
async function* chunksOf(path: string, file: string): AsyncGenerator<Uint8Array> {
  try {
    if (!(await stat(path)).isFile()) throw unreadable(file, 'it is not a regular file');
    yield* createReadStream(path);
    yield lineFeed;
  } catch (error) {
    throw error instanceof WafproofError ? error : unreadable(file, reasonOf(error));
  }
}

function unreadable(file: string, reason: string): WafproofError {
  return fail('CORPUS_INVALID', { message: `cannot be read: ${reason}` }, { place: { file } });
}
