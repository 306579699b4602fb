import { type Problem, problem } from '../model/error.js';
import { type FileText, readText, textOfBytes } from '../util/read-file.js';
import { readStandardInput } from '../util/standard-input.js';
import type { Report } from '../yaml/problem-list.js';
import { parseYaml } from '../yaml/yaml-parse.js';
import { type NamedFile, standardInput } from './find-suites.js';
import { planSuite } from './plan-suite.js';
import type { CasePlan } from './request-plan.js';

/** The largest suite file. */
const maxSuite = 10_000_000;

/** Reads one suite file; whatever is wrong with it is reported. */
export async function readSuite(suite: NamedFile, report: Report): Promise<readonly CasePlan[]> {
  const place = { file: suite.file };
  const read = suite.file === standardInput ? await readPiped() : await readText(suite.path, maxSuite);
  if (read.kind !== 'read') {
    report(unreadable(read, place));
    return [];
  }
  const parsed = parseYaml(read.text, suite.file);
  if (parsed.kind === 'parsed') return planSuite(parsed.root, suite, report);
  report(problem('SUITE_YAML', { reason: parsed.reason }, parsed.at));
  return [];
}

async function readPiped(): Promise<FileText> {
  return textOfBytes(await readStandardInput(maxSuite), maxSuite);
}

function unreadable(read: Exclude<FileText, { readonly kind: 'read' }>, place: { readonly file: string }): Problem {
  switch (read.kind) {
    case 'missing':
      return problem('SUITE_NOT_FOUND', { pattern: place.file });
    case 'not-text':
      return problem('SUITE_NOT_TEXT', {}, place);
    case 'too-large':
      return problem('SUITE_TOO_LARGE', { bytes: read.bytes, limit: maxSuite }, place);
    case 'unreadable':
      return problem('SUITE_UNREADABLE', { reason: read.reason }, place);
  }
}
