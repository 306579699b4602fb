import { childOf, itemsOf, type YamlNode } from '../../yaml/yaml-node.js';
import type { CaseDraft } from '../suite-draft.js';
import { draftRequest } from './draft-request.js';
import { type Either, type FtwExpectation, leftOut, value } from './ftw-test.js';
import { readExpectation } from './read-expectation.js';
import { childText, readInput } from './read-input.js';

/** What the tests of a file have in common. */
export interface TestFile {
  /** The rule that they are about. */
  readonly rule: string | undefined;
  readonly enabled: boolean;
  readonly hasTemplate: boolean;
}

/** A test as a case of an attack that must be noticed, or of a request that a rule must leave alone. */
export interface ConvertedTest {
  readonly intent: 'attack' | 'legitimate';
  /** The request was of HTTP/1.0. */
  readonly isOld: boolean;
  readonly draft: Omit<CaseDraft, 'id'>;
}

const longestDescription = 300;

/** Turns a test into a case. A test that wants one rule to match and another not to is an attack. */
export function convertTest(test: YamlNode, name: string, file: TestFile): Either<ConvertedTest> {
  if (!file.enabled) return leftOut('disabled');
  if (file.hasTemplate || childOf(test, 'template') !== undefined || childOf(test, 'payload') !== undefined)
    return leftOut('template');
  const [stage, ...others] = itemsOf(childOf(test, 'stages'));
  if (stage === undefined || others.length > 0) return leftOut('stages');
  const { input, output } = partsOf(stage);
  const expectation = readExpectation(output, file.rule);
  if (expectation.kind === 'left-out') return expectation;
  const sent = readInput(input);
  if (sent.kind === 'left-out') return sent;
  const request = draftRequest(sent.value);
  if (request.kind === 'left-out') return request;
  const { rules, noRules } = expectation.value;
  const tags = (rules.length > 0 ? rules : noRules).map((rule) => `rule-${rule}`);
  const draft = { because: reasonOf(test, name, expectation.value), tags, request: request.value };
  const intent = rules.length > 0 ? 'attack' : 'legitimate';
  return value({ intent, isOld: sent.value.version === 'HTTP/1.0', draft });
}

/** `input` and `output`, in older files below a key `stage`. */
function partsOf(item: YamlNode) {
  const stage = childOf(item, 'stage') ?? item;
  return { input: childOf(stage, 'input'), output: childOf(stage, 'output') };
}

/** `Rule 942100 must match (FTW test 942100-1, Simple SQL injection)`. */
function reasonOf(test: YamlNode, name: string, { rules, noRules }: FtwExpectation): string {
  const wishes = [wish(rules, 'must match'), wish(noRules, 'must not match')].filter((text) => text !== '');
  const description = descriptionOf(test);
  return `${wishes.join(', ').replace(/^r/, 'R')} (FTW test ${name}${description === '' ? '' : `, ${description}`})`;
}

function descriptionOf(test: YamlNode): string {
  const text = (childText(test, 'desc') ?? childText(test, 'description') ?? '').replace(/\s+/g, ' ').trim();
  return text.length > longestDescription ? `${text.slice(0, longestDescription).toWellFormed()}…` : text;
}

function wish(rules: readonly string[], what: string): string {
  if (rules.length === 0) return '';
  return `${rules.length === 1 ? 'rule' : 'rules'} ${rules.join(' and ')} ${what}`;
}
