import { type Endpoint, pathOf } from '../model/endpoint.js';
import { pathMatcher } from '../model/path-template.js';
import { hasPlaceholder } from '../model/placeholders.js';
import type { RequestSpec } from '../model/request.js';
import { pathParts } from './path-parts.js';
import { type Recognised, recogniser } from './recognise.js';

/** The endpoint that a request belongs to. */
export type EndpointOf = (request: Pick<RequestSpec, 'method' | 'path'>) => Endpoint;

/** What is generated in a path. */
export type PathRecogniser = (path: string) => Recognised;

/**
 * Tells endpoints from the requests that are known. Paths with ids in them are one endpoint where a template of the user
 * says so, or where they differ in nothing but numbers, UUIDs, hashes or dates: one path tells what is generated, or at
 * least three where it may be a name.
 * @param templates paths with placeholders, such as `/tickets/{number}/notes` or `/files/{name}`
 */
export function recogniseEndpoints(
  requests: readonly Pick<RequestSpec, 'method' | 'path'>[],
  templates: readonly string[] = [],
): EndpointOf {
  const recognise = recognisePaths(requests.map((request) => pathOf(request)));
  const said = templates.map((template) => ({ template, matches: pathMatcher(template) }));
  return ({ method, path }) => {
    const plain = pathOf({ path });
    const template = said.find(({ matches }) => matches(plain))?.template;
    return { method, path: template ?? recognise(plain).template };
  };
}

/** Tells what is generated in paths, without queries, of which others are known. */
export function recognisePaths(known: readonly string[]): PathRecogniser {
  const recognise = recogniser([...new Set(known)].map(pathParts));
  // A path that looks like a template stands for itself, as far as it can.
  return (path) => (hasPlaceholder(path) ? { template: path, isDoubtful: false } : recognise(pathParts(path)));
}

/** The endpoints that suites say their cases are of, each once. */
export function endpointsSaid(cases: Iterable<{ readonly endpoint?: string }>): readonly string[] {
  return [...new Set([...cases].flatMap(({ endpoint }) => endpoint ?? []))];
}
