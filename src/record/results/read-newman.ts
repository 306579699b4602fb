import { at, isTree, list, text } from '../../util/json-tree.js';
import { mostTests, type RunnerResult } from './runner-result.js';

/** The header in which Postman and newman give each request an id. */
export const postmanToken = 'postman-token';

/**
 * The report of newman's reporter `json`, which has the last request that was sent for each item, with the id in its header
 * `Postman-Token`. Nothing where it is none.
 */
export function readNewman(json: unknown): RunnerResult | undefined {
  const executions = at(json, 'run', 'executions');
  if (!Array.isArray(executions) || !isTree(at(json, 'collection'))) return undefined;
  const names = namesOf(at(json, 'collection'));
  const sent = new Map<string, string>();
  for (const execution of executions.slice(0, mostTests)) {
    const item = at(execution, 'item');
    const token = tokenOf(at(execution, 'request'));
    if (token !== undefined) sent.set(token, names.get(text(at(item, 'id'))) ?? text(at(item, 'name')));
  }
  return { runs: [], isAbout: false, sent, lacks: [] };
}

function tokenOf(request: unknown): string | undefined {
  const header = list(at(request, 'header')).find((one) => text(at(one, 'key')).toLowerCase() === postmanToken);
  const value = text(at(header, 'value'));
  return value === '' ? undefined : value;
}

/** Names of items with those of their folders, by their ids. */
function namesOf(collection: unknown): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const open = list(at(collection, 'item')).map((item) => ({ item, folder: '' }));
  for (let next = open.pop(); next !== undefined && names.size < mostTests; next = open.pop()) {
    const { item, folder } = next;
    const name = `${folder}${text(at(item, 'name'))}`;
    const inner = list(at(item, 'item'));
    if (inner.length === 0) names.set(text(at(item, 'id')), name);
    for (const one of inner) open.push({ item: one, folder: `${name.slice(-longestFolder)} › ` });
  }
  return names;
}

const longestFolder = 400;
