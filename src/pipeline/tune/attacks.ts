import { basename, extname } from 'node:path';
import type { FieldNames } from '../../contract/field-names.js';
import type { Attack } from '../../model/attack.js';
import { fail, WafproofError } from '../../model/error.js';
import { findCorpus } from '../../suite/corpus-files.js';
import { corpusValues } from '../../suite/corpus-values.js';
import type { NamedFile } from '../../suite/find-suites.js';
import { loadSuites } from '../../suite/load-suites.js';
import { readText } from '../../util/read-file.js';
import { childOf } from '../../yaml/yaml-node.js';
import { parseYaml } from '../../yaml/yaml-parse.js';
import type { World } from '../world.js';
import { attackValues } from './attack-values.js';

type Surroundings = Pick<World, 'cwd' | 'env'>;

/** As large as suites and corpora in YAML may be. */
const maxYaml = 10_000_000;

/**
 * Reads attacks from corpora, such as `wafproof:attacks`, from suites, or from a folder of either. Of a suite, the values
 * of its cases with `intent: attack` count, each once. The class is the name of the file.
 * @throws WafproofError `CORPUS_MISSING`, `CORPUS_INVALID`, and all that can be wrong with a suite
 */
export async function readAttacks(
  corpora: readonly string[],
  names: FieldNames,
  { cwd, env }: Surroundings,
): Promise<readonly Attack[]> {
  const attacks: Attack[] = [];
  for (const corpus of corpora) {
    const found = await findCorpus({ corpus, folder: cwd, at: { file: '--attacks' } }, cwd);
    if (found.kind === 'missing') throw new WafproofError([found.problem]);
    const before = attacks.length;
    for (const file of found.files) {
      const className = basename(file.path, extname(file.path));
      for await (const payload of payloadsOf(file, names, { cwd, env })) attacks.push({ className, payload });
    }
    if (attacks.length === before) throw fail('CORPUS_INVALID', { message: noAttacks }, { place: { file: corpus } });
  }
  return attacks;
}

const noAttacks = 'holds no attack: name a corpus, or a suite that has cases with "intent: attack"';

async function* payloadsOf(file: NamedFile, names: FieldNames, world: Surroundings): AsyncGenerator<string> {
  if (await isSuite(file)) yield* await suiteValues(file, names, world);
  else for await (const { text } of corpusValues(file)) yield text;
}

async function suiteValues(
  { path }: NamedFile,
  names: FieldNames,
  { cwd, env }: Surroundings,
): Promise<ReadonlySet<string>> {
  const values = new Set<string>();
  const suites = await loadSuites({ patterns: [path], cwd, env, ci: false });
  for await (const one of suites.cases()) for (const value of attackValues(one, names)) values.add(value);
  return values;
}

/** A suite is a mapping with `cases`, a corpus in YAML a list. */
async function isSuite({ path, file }: NamedFile): Promise<boolean> {
  if (!/\.ya?ml$/.test(path)) return false;
  const read = await readText(path, maxYaml);
  const parsed = read.kind === 'read' ? parseYaml(read.text, file) : undefined;
  return parsed?.kind === 'parsed' && childOf(parsed.root, 'cases') !== undefined;
}
