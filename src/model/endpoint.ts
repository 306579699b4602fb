import type { RequestSpec } from './request.js';

/** What an application knows a request by. The path has no query; it may be a template, such as `/tickets/{number}`. */
export interface Endpoint {
  readonly method: string;
  readonly path: string;
}

/** The path of a request without its query. */
export function pathOf({ path }: Pick<RequestSpec, 'path'>): string {
  const question = path.indexOf('?');
  return question < 0 ? path : path.slice(0, question);
}
