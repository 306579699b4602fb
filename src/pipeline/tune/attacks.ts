import { basename, extname } from 'node:path';
import type { Attack } from '../../model/attack.js';
import { fail, WafproofError } from '../../model/error.js';
import { findCorpus } from '../../suite/corpus-files.js';
import { corpusValues } from '../../suite/corpus-values.js';
import type { NamedFile } from '../../suite/find-suites.js';
import { loadSuites } from '../../suite/load-suites.js';
import { readText } from '../../util/read-file.js';
import { modsecurityFieldNames } from '../../waf/modsecurity/field-names.js';
import { childOf } from '../../yaml/yaml-node.js';
import { parseYaml } from '../../yaml/yaml-parse.js';
import { attackValues } from './attack-values.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** As large as suites and corpora in YAML may be. */
const maxYaml = 10_000_000;

/**
 * Reads attacks from corpora, such as `wafproof:attacks`, from suites, or from a folder of either. Of a suite, the values
 * of its cases with `intent: attack` count, each once. The class is the name of the file.
 * @throws WafproofError `CORPUS_MISSING`, `CORPUS_INVALID`, and all that can be wrong with a suite
 */
export async function readAttacks(
  names: readonly string[],
  cwd: string,
  env: Environment = {},
): Promise<readonly Attack[]> {
  const attacks: Attack[] = [];
  for (const corpus of names) {
    const found = await findCorpus({ corpus, folder: cwd, at: { file: '--attacks' } }, cwd);
    if (found.kind === 'missing') throw new WafproofError([found.problem]);
    const before = attacks.length;
    for (const file of found.files) {
      const className = basename(file.path, extname(file.path));
      for await (const payload of payloadsOf(file, cwd, env)) attacks.push({ className, payload });
    }
    if (attacks.length === before) throw fail('CORPUS_INVALID', { message: noAttacks }, { place: { file: corpus } });
  }
  return attacks;
}

const noAttacks = 'holds no attack: name a corpus, or a suite that has cases with "intent: attack"';

async function* payloadsOf(file: NamedFile, cwd: string, env: Environment): AsyncGenerator<string> {
  if (await isSuite(file)) yield* await suiteValues(file, cwd, env);
  else for await (const { text } of corpusValues(file)) yield text;
}

async function suiteValues({ path }: NamedFile, cwd: string, env: Environment): Promise<ReadonlySet<string>> {
  const values = new Set<string>();
  const suites = await loadSuites({ patterns: [path], cwd, env, ci: false });
  for await (const one of suites.cases())
    for (const value of attackValues(one, modsecurityFieldNames)) values.add(value);
  return values;
}

/** A suite is a mapping with `cases`, a corpus in YAML a list. */
async function isSuite({ path, file }: NamedFile): Promise<boolean> {
  if (!/\.ya?ml$/.test(path)) return false;
  const read = await readText(path, maxYaml);
  const parsed = read.kind === 'read' ? parseYaml(read.text, file) : undefined;
  return parsed?.kind === 'parsed' && childOf(parsed.root, 'cases') !== undefined;
}
