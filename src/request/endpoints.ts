import { type Endpoint, pathOf } from '../model/endpoint.js';
import { asTemplate, matchesPath } from '../model/path-template.js';
import type { RequestSpec } from '../model/request.js';
import { groupBy } from '../util/group-by.js';

/** The endpoint that a request belongs to. */
export type EndpointOf = (request: Pick<RequestSpec, 'method' | 'path'>) => Endpoint;

/** How many paths that differ in an id make one endpoint: two may be two pages by chance. */
const proof = 3;

/**
 * Tells endpoints from the requests that are known. Paths with ids in them are one endpoint where a template of the user
 * says so, or where at least three of them differ in nothing but numbers, UUIDs or long hexadecimal ids.
 * @param templates paths with placeholders, such as `/tickets/{number}/notes` or `/files/{name}`
 */
export function recogniseEndpoints(
  requests: readonly Pick<RequestSpec, 'method' | 'path'>[],
  templates: readonly string[] = [],
): EndpointOf {
  const proved = provedTemplates(requests);
  return ({ method, path }) => {
    const plain = pathOf({ path });
    const said = templates.find((template) => matchesPath(template, plain));
    const seen = asTemplate(plain);
    return { method, path: said ?? (proved.has(key(method, seen)) ? seen : plain) };
  };
}

function provedTemplates(requests: readonly Pick<RequestSpec, 'method' | 'path'>[]): ReadonlySet<string> {
  const groups = groupBy(requests, ({ method, path }) => key(method, asTemplate(pathOf({ path }))));
  return new Set(
    [...groups].filter(([, group]) => new Set(group.map((one) => pathOf(one))).size >= proof).map(([name]) => name),
  );
}

function key(method: string, template: string): string {
  return `${method} ${template}`;
}
