import { join } from 'node:path';
import type { Case } from '../model/case.js';
import { fail } from '../model/error.js';
import { reasonOf } from '../util/reason-of.js';
import { ProblemList } from '../yaml/problem-list.js';
import { parseYaml } from '../yaml/yaml-parse.js';
import { CaseChecker } from './check-case.js';
import { Corpora } from './corpora.js';
import { planSuite } from './plan-suite.js';
import { renderCases } from './render-case.js';

/** What messages call the file that there is none of. */
const file = 'request';

/**
 * A case from the keys that a suite gives it, as an object: JSON is YAML.
 * @param cwd what files of a multipart body are relative to
 * @throws WafproofError `SUITE_…` where a suite with such a case would be wrong
 */
export async function caseFromObject(keys: object, cwd: string): Promise<Case> {
  const problems = new ProblemList();
  const parsed = parseYaml(jsonOf({ suite: file, cases: [{ id: file, ...keys }] }), file);
  if (parsed.kind === 'invalid') throw fail('SUITE_YAML', { reason: parsed.reason });
  const [plan] = planSuite(parsed.root, { path: join(cwd, file), file }, problems.report);
  const checked = plan && (await new CaseChecker(new Corpora(cwd), problems.report).check(plan));
  problems.throwIfAny();
  if (checked === undefined) throw new TypeError('a suite of one case has no case');
  for await (const one of renderCases(checked, {}, () => true)) return one;
  throw new TypeError('a case without a corpus was not rendered');
}

function jsonOf(value: object): string {
  try {
    return JSON.stringify(value);
  } catch (error) {
    throw fail('SUITE_INVALID', { message: `the request cannot be written as JSON (${reasonOf(error)})` });
  }
}
