import { basename, dirname, extname, join } from 'node:path';
import type { Intent } from '../../model/case.js';
import { childOf, entryOf, itemsOf, type YamlNode } from '../../yaml/yaml-node.js';
import type { LeftOut } from '../import-format.js';
import type { CaseDraft, SuiteDraft } from '../suite-draft.js';
import { uniqueNames } from '../unique-names.js';
import { type ConvertedTest, convertTest, type TestFile } from './convert-test.js';
import { type Either, leftOutReasons } from './ftw-test.js';
import { childText } from './read-input.js';

/** What became of the tests of one file. */
export interface ConvertedFile {
  readonly suites: readonly SuiteDraft[];
  readonly found: number;
  readonly leftOut: readonly LeftOut[];
  /** How many of the cases were requests of HTTP/1.0. */
  readonly old: number;
}

/** A test with the name that reports and logs of go-ftw give it. */
interface NamedTest {
  readonly id: string;
  readonly name: string;
  readonly converted: Either<ConvertedTest>;
}

const folders: Readonly<Record<Intent, string>> = { attack: 'attacks', legitimate: 'legitimate' };
const titles: Readonly<Record<Intent, string>> = { attack: 'attacks', legitimate: 'legitimate requests' };

/** Whether a YAML file holds tests. Other files stand beside them: configuration, overrides. */
export function holdsTests(root: YamlNode): boolean {
  return itemsOf(childOf(root, 'tests')).length > 0;
}

/**
 * The tests of a file as two suites: `attacks/…` and `legitimate/…`, in the folder that the file was in. Both have the
 * file's name, so that the id of a case is `942100/1` in either.
 */
export function convertFile(root: YamlNode, source: string, takeName: (wanted: string) => string): ConvertedFile {
  const stem = basename(source, extname(source));
  const file = `${join(dirname(source), takeName(stem))}.yaml`;
  const tests = nameTests(root, testFile(root, stem));
  const suites = (['attack', 'legitimate'] as const).flatMap((intent): readonly SuiteDraft[] => {
    const cases = casesOf(tests, intent);
    const rule = ruleOf(root, stem);
    const title = `FTW tests of ${rule === undefined ? stem : `rule ${rule}`}: ${titles[intent]}`;
    return cases.length === 0 ? [] : [{ file: join(folders[intent], file), title, source, intent, cases }];
  });
  return {
    suites,
    found: tests.length,
    leftOut: tests.flatMap(({ name, converted }) =>
      converted.kind === 'left-out' ? [{ name, reason: leftOutReasons[converted.reason] }] : [],
    ),
    old: tests.filter(({ converted }) => converted.kind === 'value' && converted.value.isOld).length,
  };
}

function casesOf(tests: readonly NamedTest[], intent: Intent): readonly CaseDraft[] {
  return tests.flatMap(({ id, converted }) =>
    converted.kind === 'value' && converted.value.intent === intent ? [{ id, ...converted.value.draft }] : [],
  );
}

function testFile(root: YamlNode, stem: string): TestFile {
  const enabled = childText(childOf(root, 'meta'), 'enabled')?.toLowerCase() !== 'false';
  return { rule: ruleOf(root, stem), enabled, hasTemplate: entryOf(root, 'template') !== undefined };
}

/** Since version 2 of the schema a file says its rule; before that its name does. */
function ruleOf(root: YamlNode, stem: string): string | undefined {
  return /^\d{1,12}$/.exec(childText(root, 'rule_id') ?? '')?.[0] ?? /^\d{3,12}/.exec(stem)?.[0];
}

function nameTests(root: YamlNode, file: TestFile): readonly NamedTest[] {
  const takeId = uniqueNames();
  return itemsOf(childOf(root, 'tests')).map((test, index): NamedTest => {
    const id = takeId(numberOf(test, file.rule) ?? `${index + 1}`);
    const name = file.rule === undefined ? id : `${file.rule}-${id}`;
    return { id, name, converted: convertTest(test, name, file) };
  });
}

const caseId = /^[!"$-~]+(?: [!"$-~]+)*$/;

/** What stands after the rule in a test's name: `1` of `942100-1`. */
function numberOf(test: YamlNode, rule: string | undefined): string | undefined {
  const title = childText(test, 'test_title');
  const short = rule !== undefined && title?.startsWith(`${rule}-`) === true ? title.slice(rule.length + 1) : title;
  const given = childText(test, 'test_id') ?? childText(test, 'id') ?? short;
  return given !== undefined && given.length <= 100 && caseId.test(given) ? given : undefined;
}
