import type { Case } from '../model/case.js';
import type { FormSource } from '../model/form-source.js';
import type { Place } from '../model/place.js';
import type { Pair } from '../model/request.js';
import type { Selection } from '../model/selection.js';
import { withHost } from '../request/complete-request.js';
import { encodeRequest } from '../request/encode-request.js';
import { defaultSeed, withRandomValues } from '../request/random-values.js';
import { loadSuites } from '../suite/load-suites.js';
import { namesOnly, withNames } from './names-for-values.js';
import type { World } from './world.js';

/** What is to be listed. */
export interface ListOptions {
  /** Files, folders or globs, relative to the world's `cwd`; `-`: standard input. */
  readonly suites: readonly string[];
  /** Default: every case. */
  readonly select?: Partial<Selection>;
  /** Where the values of `!random` come from. */
  readonly seed?: number;
}

/** A case, with the bytes that would go out. */
export interface ListedCase {
  readonly id: string;
  readonly suite: string;
  readonly title?: string;
  readonly intent: Case['intent'];
  readonly at: Place;
  /** A page makes the request from the form; `wire` has what the case itself fills in. */
  readonly browser?: true;
  /** `run` takes all other fields of this form from its page, in its order; `wire` has those that the case itself fills in. */
  readonly from?: FormSource;
  readonly wire: {
    readonly method: string;
    /** With its query. */
    readonly path: string;
    readonly headers: readonly Pair[];
    readonly bodyBase64: string;
  };
}

/**
 * The cases of suites as `check` evaluates them and `run` sends them, without the correlation header, and without sending
 * anything. No variable of the environment is looked at: where a secret goes, its name stands in brackets.
 * @throws WafproofError `SUITE_…` and its like when a suite is wrong
 */
export async function* listCases(
  options: ListOptions,
  { cwd, env }: Pick<World, 'cwd' | 'env'>,
): AsyncGenerator<ListedCase> {
  const { suites: patterns, select = {}, seed = defaultSeed } = options;
  const suites = await loadSuites({ patterns, select, cwd, env: namesOnly(env) });
  for await (const one of suites.cases()) yield listed(withRandomValues(one, { seed, turn: 0 }));
}

function listed({ id, suite, title, intent, at, browser, from, request, sessionValues }: Case): ListedCase {
  const { method, target, headers, body } = encodeRequest(withHost(withNames(request, sessionValues), 'localhost'));
  return {
    id,
    suite,
    ...(title !== undefined && { title }),
    intent,
    at,
    ...(browser && { browser }),
    ...(from && { from }),
    wire: { method, path: target, headers, bodyBase64: Buffer.from(body).toString('base64') },
  };
}
