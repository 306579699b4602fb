import { basename, extname } from 'node:path';
import { WafproofError } from '../../model/error.js';
import { findCorpus } from '../../suite/corpus-files.js';
import { corpusValues } from '../../suite/corpus-values.js';

/** One attack text and the class that its corpus stands for. */
export interface Attack {
  readonly className: string;
  readonly payload: string;
}

/**
 * Reads attack corpora, such as `wafproof:attacks` or a folder.
 * @throws WafproofError `CORPUS_MISSING`, `CORPUS_INVALID`
 */
export async function readAttacks(names: readonly string[], cwd: string): Promise<readonly Attack[]> {
  const attacks: Attack[] = [];
  for (const corpus of names) {
    const found = await findCorpus({ corpus, folder: cwd, at: { file: '--attacks' } }, cwd);
    if (found.kind === 'missing') throw new WafproofError([found.problem]);
    for (const file of found.files) {
      const className = basename(file.path, extname(file.path));
      for await (const { text } of corpusValues(file)) attacks.push({ className, payload: text });
    }
  }
  return attacks;
}
