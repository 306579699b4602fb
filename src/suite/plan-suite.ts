import { basename, dirname, extname } from 'node:path';
import { problem } from '../model/error.js';
import { formatPlace, type Place } from '../model/place.js';
import type { Report } from '../yaml/problem-list.js';
import { childOf, entryOf, itemsOf, type YamlNode } from '../yaml/yaml-node.js';
import { checkShape } from './check-shape.js';
import type { NamedFile } from './find-suites.js';
import { mergeRequests } from './merge-requests.js';
import { emptyRequest, planRequest } from './plan-request.js';
import type { PlanContext } from './plan-value.js';
import type { CasePlan, RequestPlan } from './request-plan.js';
import type { CaseShape, DefaultsShape } from './suite-schema.js';

/** What the cases of a suite have in common. */
interface SuitePlan {
  readonly title: string;
  /** The file's name without folder and extension. */
  readonly name: string;
  readonly intent: CasePlan['intent'];
  readonly defaults: DefaultsShape;
  readonly request: RequestPlan;
}

/** Reads the cases of a suite file. What is wrong is reported, and what is not is planned all the same. */
export function planSuite(root: YamlNode, { path }: NamedFile, report: Report): readonly CasePlan[] {
  if (root.kind === 'sequence') report(problem('SUITE_INVALID', { message: corpusAdvice }, root.at));
  const head = root.kind === 'sequence' ? undefined : checkShape('a suite', root, report);
  const context = { folder: dirname(path), report };
  const defaultsNode = childOf(root, 'defaults');
  const defaults = defaultsNode && checkShape('defaults', defaultsNode, report);
  const suite: SuitePlan = {
    title: head?.suite ?? '',
    name: basename(path, extname(path)),
    intent: defaults?.intent ?? head?.intent ?? 'legitimate',
    defaults: defaults ?? {},
    request: defaultsNode && defaults ? planRequest(defaultsNode, context) : emptyRequest,
  };
  return itemsOf(childOf(root, 'cases')).flatMap((node) => planCase(node, suite, context));
}

const corpusAdvice =
  'a suite is a mapping with "suite" and "cases", not a list; if this is a corpus, keep it in a folder of its own';

function planCase(node: YamlNode, suite: SuitePlan, context: PlanContext): readonly CasePlan[] {
  const shape = checkShape('a case', node, context.report);
  if (shape === undefined) return [];
  const request = mergeRequests(suite.request, planRequest(node, context));
  const said = annotate(shape, suite);
  if (said.browser && said.from === undefined)
    context.report(problem('SUITE_INVALID', { message: needsForm }, placeOf(node, 'browser')));
  return [{ ...said, at: node.at, idAt: placeOf(node, 'id'), onlyAt: onlyPlace(shape, node), request }];
}

const needsForm = '"browser" needs "from": the page with the form that the case is entered into';

function annotate(shape: CaseShape, { title, name, intent, defaults }: SuitePlan) {
  return {
    id: `${name}/${shape.id}`,
    suite: title,
    title: shape.title,
    because: shape.because ?? defaults.because,
    endpoint: shape.endpoint,
    intent: shape.intent ?? intent,
    tags: [...new Set([...(defaults.tags ?? []), ...(shape.tags ?? [])])],
    expect: { ...defaults.expect, ...shape.expect },
    client: shape.client === undefined ? defaults.client : { ...defaults.client, ...shape.client },
    skip: shape.skip,
    from: shape.from ?? defaults.from,
    browser: shape.browser ?? defaults.browser,
  };
}

function onlyPlace(shape: CaseShape, node: YamlNode): Place | undefined {
  return shape.only === true ? entryOf(node, 'only')?.keyAt : undefined;
}

function placeOf(node: YamlNode, key: string): Place {
  return childOf(node, key)?.at ?? node.at;
}

/** Reports every id that is taken already, in whatever file. */
export function checkIds(cases: readonly CasePlan[], report: Report): void {
  const taken = new Map<string, Place>();
  for (const { id, idAt } of cases) {
    const first = taken.get(id);
    if (first === undefined) taken.set(id, idAt);
    else report(problem('SUITE_DUPLICATE_ID', { id, first: formatPlace(first) }, idAt));
  }
}
