import { createHash } from 'node:crypto';
import type { Case, RandomValue, Secret, SessionValue } from '../model/case.js';
import { WafproofError } from '../model/error.js';
import type { FormSource } from '../model/form-source.js';
import type { Content } from '../model/request.js';
import type { RunnableCase } from './check-case.js';
import { corpusTexts } from './corpora.js';
import { fetchFile } from './fetch-content.js';
import { renderRequest } from './render-request.js';
import type { RequestPlan, ValueSource } from './request-plan.js';
import type { SourceUse } from './source-uses.js';

type Environment = Readonly<Record<string, string | undefined>>;
type Files = ReadonlyMap<ValueSource, Content>;

/** What the values of a request stand for in one of its cases. */
interface Values {
  readonly env: Environment;
  readonly files: Files;
  /** The value of the corpus whose turn it is. */
  readonly each: string;
}

/**
 * Turns a case of a suite into the cases that are sent, those that are wanted. Files are read when the first of them is
 * wanted; corpora are streamed.
 */
export async function* renderCases(
  one: RunnableCase,
  env: Environment,
  isWanted: (id: string) => boolean,
): AsyncGenerator<Case> {
  const { plan, corpus, tagged } = one;
  if (corpus === undefined) {
    if (isWanted(plan.id)) yield renderCase(one, plan.id, { env, files: await readFiles(tagged), each: '' });
    return;
  }
  let files: Files | undefined;
  let n = 0;
  for await (const each of corpusTexts(corpus)) {
    const id = `${plan.id}#${++n}`;
    if (!isWanted(id)) continue;
    files ??= await readFiles(tagged);
    yield renderCase(one, id, { env, files, each });
  }
}

/** The values of a case that come from the environment. */
export function secretsOf({ tagged }: RunnableCase, env: Environment): readonly Secret[] {
  return namesOf(tagged, 'env').map((name) => ({ name, value: env[name] ?? '' }));
}

function renderCase(one: RunnableCase, id: string, values: Values): Case {
  const { suite, title, because, endpoint, intent, tags, at, expect, client, from, browser, request } = one.plan;
  const randomValues = randomValuesOf(one, id);
  return {
    id,
    suite,
    ...(title !== undefined && { title }),
    ...(because !== undefined && { because }),
    ...(endpoint !== undefined && { endpoint }),
    intent,
    tags,
    at,
    request: renderRequest(from === undefined ? request : ofForm(from, request), (source) =>
      contentIn(source, id, values),
    ),
    ...(from !== undefined && { from }),
    ...(browser && { browser }),
    expect,
    ...(client !== undefined && { client }),
    secrets: secretsOf(one, values.env),
    sessionValues: namesOf(one.tagged, 'session').map((name) => sessionValue(name, id)),
    ...(randomValues.length > 0 && { randomValues }),
  };
}

/** Where nobody fetches the page, a form is taken to post to the page that it is on. */
function ofForm({ page, action }: FormSource, request: RequestPlan): RequestPlan {
  return { ...request, method: request.method ?? 'POST', path: action ?? page };
}

function contentIn(source: ValueSource, id: string, { env, files, each }: Values): Content {
  switch (source.kind) {
    case 'literal':
      return source.content;
    case 'each':
      return { text: each };
    case 'env':
      return { text: env[source.name] ?? '' };
    case 'session':
      return { text: sessionValue(source.name, id).token };
    case 'random':
      return { text: randomValue(source, id).token };
    case 'file':
      return files.get(source) ?? { text: '' };
  }
}

/** The token is the same in every run, and too long to be in a payload by chance. */
function sessionValue(name: string, caseId: string): SessionValue {
  const digest = createHash('sha256').update(`${caseId}\0${name}`).digest('hex').slice(0, 32);
  return { name, token: `WafproofSession${digest}` };
}

type RandomSource = Extract<ValueSource, { readonly kind: 'random' }>;

/** Each place has a value of its own; an alias shares the place, and so the value. */
function randomValue({ form, length, at }: RandomSource, caseId: string): RandomValue {
  const place = `${caseId}\0${at.line}:${at.column}`;
  return { form, length, token: `WafproofRandom${createHash('sha256').update(place).digest('hex').slice(0, 32)}` };
}

function randomValuesOf({ tagged }: RunnableCase, caseId: string): readonly RandomValue[] {
  if (tagged.length === 0) return [];
  const all = tagged.flatMap(({ source }) => (source.kind === 'random' ? [randomValue(source, caseId)] : []));
  return [...new Map(all.map((value) => [value.token, value])).values()];
}

/** Whether any value of a request is made at the time of sending. */
export function hasRandomValues({ tagged }: RunnableCase): boolean {
  return tagged.some(({ source }) => source.kind === 'random');
}

function namesOf(tagged: readonly SourceUse[], kind: 'env' | 'session'): readonly string[] {
  if (tagged.length === 0) return [];
  const names = tagged.flatMap(({ source }) => (source.kind === kind ? [source.name] : []));
  return [...new Set(names)];
}

async function readFiles(tagged: readonly SourceUse[]): Promise<Files> {
  const files = new Map<ValueSource, Content>();
  for (const { source } of tagged) {
    if (source.kind !== 'file') continue;
    const fetched = await fetchFile(source);
    if (fetched.kind === 'problem') throw new WafproofError([fetched.problem]);
    files.set(source, fetched.content);
  }
  return files;
}
