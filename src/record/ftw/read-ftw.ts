import { fail } from '../../model/error.js';
import { nameSome } from '../../util/name-some.js';
import { ProblemList } from '../../yaml/problem-list.js';
import type { Imported } from '../import-format.js';
import { uniqueNames } from '../unique-names.js';
import { type ConvertedFile, convertFile, holdsTests } from './convert-file.js';
import { findTests, readYamlFile, shown } from './find-tests.js';

/** Reads every test below a path. */
export async function readFtw(path: string, cwd: string): Promise<Imported> {
  const problems = new ProblemList();
  const takeName = uniqueNames();
  const files: ConvertedFile[] = [];
  const others: string[] = [];
  for (const source of await findTests(path, cwd)) {
    const root = await readYamlFile(source, cwd, problems.report);
    if (root !== undefined && holdsTests(root)) files.push(convertFile(root, source.name, takeName));
    else others.push(source.name);
  }
  problems.throwIfAny();
  if (files.length === 0)
    throw fail(
      'IMPORT_EMPTY',
      { wanted: 'FTW tests, YAML with a list "tests"' },
      { place: { file: shown(path, cwd) } },
    );
  const old = files.reduce((sum, file) => sum + file.old, 0);
  return {
    suites: files.flatMap(({ suites }) => suites),
    found: files.reduce((sum, { found }) => sum + found, 0),
    leftOut: files.flatMap(({ leftOut }) => leftOut),
    notes: [
      ...(old === 0 ? [] : [`sent as HTTP/1.1 although they say HTTP/1.0: ${old}`]),
      ...(others.length === 0 ? [] : [`without tests: ${nameSome(others)}`]),
    ],
  };
}
