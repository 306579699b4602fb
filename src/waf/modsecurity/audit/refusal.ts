import { fail, type Problem, WafproofError } from '../../../model/error.js';
import type { Place } from '../../../model/place.js';
import { lint } from '../exclusion-files/lint.js';
import type { AllFacts } from '../exclusion-files/rule-facts.js';
import type { AuditFile } from './read-files.js';
import type { TrialFiles } from './trial-files.js';

/** Where the user's files are to be found behind what the engine says of their copies. */
export interface Originals {
  readonly files: readonly AuditFile[];
  readonly trial: TrialFiles;
  readonly facts: AllFacts;
  /** Whether the engine loads a file by itself. */
  loadsAlone(file: AuditFile): Promise<boolean>;
}

/** The engine's refusal of the files as they are, in the user's terms; the error itself where the files are not to blame. */
export async function explainRefusal(error: unknown, originals: Originals): Promise<unknown> {
  if (!(error instanceof WafproofError)) return error;
  const [problem] = error.problems;
  if (problem.code !== 'RULES_INVALID' && problem.code !== 'ENGINE_START') return error;
  const file = copiedFile(problem, originals) ?? (await firstRefused(originals));
  if (file === undefined) return error;
  const reason = reasonOf(problem).replaceAll(originals.trial.folderOf(file), file.folder);
  return fail('AUDIT_REFUSED', { reason }, { place: placeIn(file, problem, originals), cause: error });
}

function copiedFile({ place }: Problem, { files, trial }: Originals): AuditFile | undefined {
  return files.find((file) => place?.file.startsWith(`${trial.folderOf(file)}/`));
}

/** libmodsecurity 3 does not say in which file a number is that it does not understand, and may crash. */
async function firstRefused({ files, loadsAlone }: Originals): Promise<AuditFile | undefined> {
  for (const file of files) if (!(await loadsAlone(file))) return file;
  return undefined;
}

/** `… does not load this rule file: Rules must have an ID. File: 0x1807a000 at line: 2` */
function reasonOf({ message }: Problem): string {
  return message
    .replace(/^[^:]*: /, '')
    .replace(/ File: \S+ at line: \d+$/, '')
    .trim();
}

/** What libmodsecurity 3 says of numbers that it does not understand: the place is that of the directive before. */
const unplaced = /failed to load:/;

function placeIn(file: AuditFile, { place, message }: Problem, { facts, files }: Originals): Place {
  const { line, column } = place ?? {};
  if (line !== undefined && !unplaced.test(message)) return { file: file.file, line, ...(column && { column }) };
  const [, named] = / at line: (\d+)$/.exec(message) ?? [];
  if (named !== undefined) return { file: file.file, line: Number(named) };
  const isRefused = (unit: AuditFile['units'][number]) =>
    lint(unit, file, { engine: 'modsecurity3', facts, files }).some(({ kind }) => kind === 'refused');
  return file.units.find(isRefused)?.at ?? { file: file.file };
}
