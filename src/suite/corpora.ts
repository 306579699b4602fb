import { fail, type Problem, problem, WafproofError } from '../model/error.js';
import type { Place } from '../model/place.js';
import type { Report } from '../yaml/problem-list.js';
import { findCorpus } from './corpus-files.js';
import { sequentialSample } from './corpus-sample.js';
import { corpusValues } from './corpus-values.js';
import type { NamedFile } from './find-suites.js';
import { fitsHeader } from './header-text.js';
import type { EachSource } from './request-plan.js';

/** The values that one `!each` stands for, counted but not read. */
export interface Corpus {
  readonly files: readonly NamedFile[];
  /** Values in the files. */
  readonly total: number;
  /** Values of them that are taken. */
  readonly count: number;
  readonly seed: number;
  /** The first value that cannot stand in a header. */
  readonly notForHeaders: Place | undefined;
}

/** What one pass over a file tells. */
interface Survey {
  readonly count: number;
  readonly notForHeaders: Place | undefined;
  readonly problems: readonly Problem[];
}

/** Finds corpora and reads each of their files through once, to know that all is well before anything is sent. */
export class Corpora {
  readonly #cwd: string;
  readonly #surveys = new Map<string, Promise<Survey>>();

  constructor(cwd: string) {
    this.#cwd = cwd;
  }

  /** The corpus of an `!each`; `undefined` once what is wrong with it is reported. */
  async open(source: EachSource, report: Report): Promise<Corpus | undefined> {
    const found = await findCorpus(source, this.#cwd);
    if (found.kind === 'missing') return void report(found.problem);
    const surveys = await this.#surveyAll(found.files);
    for (const { problems } of surveys) problems.forEach(report);
    const total = surveys.reduce((sum, { count }) => sum + count, 0);
    const notForHeaders = surveys.find((survey) => survey.notForHeaders)?.notForHeaders;
    return { files: found.files, total, count: Math.min(total, source.take), seed: source.seed, notForHeaders };
  }

  async #surveyAll(files: readonly NamedFile[]): Promise<readonly Survey[]> {
    const surveys: Survey[] = [];
    for (const file of files) {
      const survey = this.#surveys.get(file.path) ?? surveyFile(file);
      this.#surveys.set(file.path, survey);
      surveys.push(await survey);
    }
    return surveys;
  }
}

/**
 * Streams the values of a corpus that are taken.
 * @throws WafproofError when the files hold less than before
 */
export async function* corpusTexts({ files, total, count, seed }: Corpus): AsyncGenerator<string> {
  const isTaken = sequentialSample(total, count, seed);
  let left = count;
  for (const file of files) {
    for await (const { text } of corpusValues(file)) {
      if (left > 0 && isTaken()) {
        left--;
        yield text;
      }
    }
  }
  if (left > 0) throw changed(files);
}

function changed(files: readonly NamedFile[]): WafproofError {
  const message = 'the corpus has fewer values than when the run began; leave it alone while it is read';
  return fail('CORPUS_INVALID', { message }, { place: { file: files[0]?.file ?? '' } });
}

async function surveyFile(file: NamedFile): Promise<Survey> {
  let count = 0;
  let notForHeaders: Place | undefined;
  try {
    for await (const { text, at } of corpusValues(file)) {
      count++;
      if (notForHeaders === undefined && !fitsHeader(text)) notForHeaders = at;
    }
  } catch (error) {
    if (!(error instanceof WafproofError)) throw error;
    return { count, notForHeaders, problems: error.problems };
  }
  const problems = count > 0 ? [] : [problem('CORPUS_INVALID', { message: emptyAdvice }, { file: file.file })];
  return { count, notForHeaders, problems };
}

const emptyAdvice =
  'holds no value; lines that start with # at the head of the file are comments, up to the first empty line';
