import type { Case } from '../model/case.js';
import type { RequestSpec } from '../model/request.js';
import { fillerOf, fillRequest } from '../request/fill-request.js';
import type { World } from './world.js';

/** An environment in which every variable is set to its own name, except for what tells that this is CI. */
export function namesOnly(env: World['env']): World['env'] {
  return new Proxy<Record<string, string | undefined>>(
    {},
    { get: (_, name) => (name === 'CI' ? env['CI'] : `[${String(name)}]`) },
  );
}

/** Values of a session are not known; their names stand for them. */
export function withNames(request: RequestSpec, values: Case['sessionValues']): RequestSpec {
  if (values.length === 0) return request;
  return fillRequest(request, fillerOf(values.map(({ name, token }) => ({ token, value: `[${name}]` }))));
}
